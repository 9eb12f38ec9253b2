import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

function found(locations: string) {
  const text = `events {}\nhttp { server { listen 80; ${locations} } }\n`;
  const { findings } = analyseText(text, { language: 'nginx' });
  return findings.flatMap((finding) => (finding.rule === 'target-slash-missing' ? [{ finding, text }] : []));
}

test('what follows a location is joined to the path of its backend', () => {
  for (const target of ['http://127.0.0.1/v1', '"http://127.0.0.1:8080/a/b"']) {
    const [{ finding, text } = assert.fail(target), ...others] = found(`location /api/ { proxy_pass ${target}; }`);
    assert.deepEqual([finding.severity, others.length], ['information', 0]);
    const fixed = applyEdits(text, finding.fixes[0]?.edits ?? []);
    assert.ok(fixed.includes(target.replace(/"?$/, '/$&')), fixed);
  }
  for (const location of [
    'location /api/ { proxy_pass http://127.0.0.1/v1/; }',
    'location /api/ { proxy_pass http://127.0.0.1; }',
    'location /api { proxy_pass http://127.0.0.1/v1; }',
    'location /api { proxy_pass http://127.0.0.1; }',
    'location / { proxy_pass http://127.0.0.1/; }',
    'location = /api { proxy_pass http://127.0.0.1/v1/; }',
    'location /{{ name }} { proxy_pass http://127.0.0.1/v1/; }',
    'location /robots.txt { proxy_pass http://127.0.0.1/v1/; }',
    'location /api { rewrite ^ /x break; proxy_pass http://127.0.0.1/v1/; }',
    'location = /api/ { proxy_pass http://127.0.0.1/v1; }',
    'location /feed/ { proxy_pass http://127.0.0.1/feed.xml; }',
    'location /api/ { proxy_pass http://127.0.0.1/v1?q=; }',
    'location /api/ { proxy_pass http://127.0.0.1/v1-; }',
    'location /api/ { rewrite ^ /x break; proxy_pass http://127.0.0.1/v1; }',
    'location ~ ^/api/ { proxy_pass http://127.0.0.1; }',
    'location /api/ { proxy_pass http://unix:/run/app.socket; }',
    'location /api/ { proxy_pass http://unix:/run/app/http; }',
    'location /api/ { proxy_pass http://unix:/run/app/http:/v1/; }',
  ])
    assert.deepEqual(found(location), [], location);
});

test('the path of a socket is none that a backend is asked for', () => {
  const [{ finding } = assert.fail()] = found('location /api/ { proxy_pass http://unix:/run/app.socket:/v1; }');
  assert.match(finding.message, /appended directly to "\/v1": \/api\/page is requested from the backend as \/v1page\./);
});

test('a slash that the location lacks is doubled before the rest of the path', () => {
  const fixes = (text: string) => {
    const [{ finding, text: whole } = assert.fail(text), ...others] = found(text);
    assert.deepEqual([finding.severity, others.length], ['information', 0]);
    return finding.fixes.map(({ edits }) => applyEdits(whole, edits).split('\n')[1]?.slice(27, -4));
  };
  assert.deepEqual(fixes('location ^~ /api { proxy_pass http://127.0.0.1/v1/; }'), [
    'location ^~ /api/ { proxy_pass http://127.0.0.1/v1/; }',
    'location ^~ /api { proxy_pass http://127.0.0.1/v1; }',
  ]);
  assert.deepEqual(fixes('location "/api" { proxy_pass "http://127.0.0.1/"; }'), [
    'location "/api/" { proxy_pass "http://127.0.0.1/"; }',
  ]);
});

test('a group behind a name is to begin with a slash', () => {
  for (const [lines, mended] of [
    ['rewrite ^/old(.*)$ https://a.example$1;', 'rewrite ^/old(/.*)?$ https://a.example$1;'],
    ['rewrite "^/old(?<rest>.+)" https://a.example$rest;', 'rewrite "^/old(?<rest>/.*)$" https://a.example$rest;'],
    [
      'location ~^/old(.*)$ { return 301 https://a.example$1; }',
      'location ~^/old(/.*)?$ { return 301 https://a.example$1; }',
    ],
  ] as const) {
    const [{ finding, text } = assert.fail(lines), ...others] = found(lines);
    assert.deepEqual([finding.severity, finding.fixes[0]?.safe, others.length], ['warning', false, 0]);
    const fixed = applyEdits(text, finding.fixes[0]?.edits ?? []);
    assert.ok(fixed.includes(mended), fixed);
    assert.deepEqual(found(mended), [], mended);
  }
  const [{ finding } = assert.fail()] = found('rewrite ^/old(.*)$ https://a.example:8443$1;');
  assert.match(finding.message, /\/old@evil\.example leads to https:\/\/a\.example:8443@evil\.example,/);
});

test('a slash before $request_uri is one too many', () => {
  for (const [directive, mended] of [
    ['return 301 https://$host/$request_uri;', 'return 301 https://$host$request_uri;'],
    [`return "https://example.com/\${request_uri}";`, `return "https://example.com\${request_uri}";`],
    ['rewrite ^ $scheme://a.example/$request_uri? permanent;', 'rewrite ^ $scheme://a.example$request_uri? permanent;'],
    ['proxy_pass http://127.0.0.1:8080/$request_uri;', 'proxy_pass http://127.0.0.1:8080$request_uri;'],
  ] as const) {
    const [{ finding, text } = assert.fail(directive), ...others] = found(`location / { ${directive} }`);
    assert.deepEqual([finding.severity, others.length], ['information', 0]);
    assert.ok(applyEdits(text, finding.fixes[0]?.edits ?? []).includes(`{ ${mended} }`), directive);
  }
  for (const directive of [
    'return 301 https://$host$request_uri;',
    'return 301 https://$host/app$request_uri;',
    'return 301 https://$host/?from=/$request_uri;',
    'return 301 https://$host/$request_uri_lower;',
    'return 200 https://$host/$request_uri;',
  ])
    assert.deepEqual(found(`location / { ${directive} }`), [], directive);
});
