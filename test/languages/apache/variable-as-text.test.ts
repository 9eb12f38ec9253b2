import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

function found(text: string) {
  return analyseText(text, { language: 'apache' }).findings.filter(({ rule }) => rule === 'variable-as-text');
}

test('what was meant as a variable and is sent as text is reported, and mended where it can be', () => {
  const cases = [
    ['RewriteRule ^ https://%SERVER_NAME%{REQUEST_URI} [R]', 'RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R]'],
    ['RewriteRule ^ "https://%HTTP_HOST/" [R]', 'RewriteRule ^ "https://%{HTTP_HOST}/" [R]'],
    ['RewriteRule ^ https://$host$request_uri [R]', 'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R]'],
    ['RedirectMatch ^ https://$host/', undefined],
    ['Redirect / https://example.com/$1', 'Redirect / https://example.com/'],
    ['Redirect 301 "/" "https://example.com/$1"', 'Redirect 301 "/" "https://example.com/"'],
    ['Redirect / https://%{HTTP_HOST}/', undefined],
    ['RedirectMatch ^/(.*)$ https://%{SERVER_NAME}/$1', undefined],
    ['RedirectPermanent /a https://example.com/b$1', undefined],
  ] as const;
  for (const [text, expected] of cases) {
    const [finding, ...others] = found(text);
    assert.equal(finding?.severity, 'warning', text);
    assert.equal(others.length, 0, text);
    const fix = finding?.fixes[0];
    assert.equal(fix && applyEdits(text, fix.edits), expected);
  }
  const condition = 'RewriteCond %HTTPS !=on\nRewriteRule ^ - [F]';
  assert.deepEqual(
    found(condition).map(({ severity }) => severity),
    ['information'],
  );
});

test('variables that have their value, and other signs, are left alone', () => {
  for (const text of [
    'RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R]',
    'RewriteRule ^/(.*)$ https://example.com/%20$1 [R]',
    'RewriteRule ^ https://%1/%HTTPSERVER [R]',
    'RedirectMatch ^/(.*)$ https://example.com/$1',
    'Redirect / https://example.com/%20a',
    'Redirect gone /a$1',
    '<Location /a>\nRedirect permanent https://%{HTTP_HOST}/b\n</Location>',
    'Redirect / https://%DOMAIN%/',
    'ServerName $server_name\nRewriteRule ^ https://$server_name/ [R]',
    'RewriteRule ^ https://example.com/$hosts [R]',
    '<Macro Site $host>\nRewriteRule ^ https://$host/ [R]\n</Macro>\nUse Site a.example',
  ]) {
    assert.deepEqual(found(text), [], text);
  }
});

test('a variable of requests that is written as one of the configuration is worth knowing', () => {
  const mended = (text: string) => {
    const [finding] = found(text);
    return finding && [finding.severity, applyEdits(text, finding.fixes[0]?.edits ?? [])].join(': ');
  };
  const rule = '\nRewriteRule ^ - [F]';
  for (const [condition, right] of [
    [`RewriteCond \${HTTP:Upgrade} websocket [NC]`, 'RewriteCond %{HTTP:Upgrade} websocket [NC]'],
    [`RewriteCond \${HTTPS} off`, 'RewriteCond %{HTTPS} off'],
    [`RewriteCond "\${REQUEST_URI}" ^/a`, 'RewriteCond "%{REQUEST_URI}" ^/a'],
  ] as const)
    assert.equal(mended(condition + rule), `information: ${right}${rule}`);
  assert.equal(
    mended(`RewriteRule ^ https://%{HTTP_HOST}\${REQUEST_URI} [R]`),
    'information: RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R]',
  );
  for (const text of [
    `Define HTTPS on\nRewriteCond \${HTTPS} off${rule}`,
    `RewriteMap HTTP txt:/etc/map\nRewriteCond \${HTTP:a} b${rule}`,
    `RewriteRule ^ https://\${SERVER_NAME}%{REQUEST_URI} [R]`,
    `RewriteRule ^ https://example.com/\${map:$1} [R]`,
    `RewriteCond \${SITE_HTTPS} off${rule}`,
  ])
    assert.deepEqual(found(text), [], text);
});
