import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectOf } from '../languages/apache/project.ts';
import { analyseText } from '../support/analyse.ts';

/** What is told of redirects in a `.htaccess` by itself. */
function told(...lines: readonly string[]): readonly string[] {
  const text = `RewriteEngine On\n${lines.join('\n')}\n`;
  const { findings } = analyseText(text, { language: 'apache', file: '/work/.htaccess' });
  return findings.map(({ rule, severity, message }) => `${rule} ${severity}: ${message}`);
}

const off = 'RewriteCond %{HTTPS} off';
const on = 'RewriteCond %{HTTPS} on';
const sameHost = 'RewriteRule ^(.*)$ https://%{HTTP_HOST}%{REQUEST_URI} [L,R=301]';
const withWww = 'RewriteRule ^ https://www.%{HTTP_HOST}%{REQUEST_URI} [L,R=301]';

test('a redirect of everything to the same address over HTTPS goes round', () => {
  for (const lines of [[sameHost], [on, sameHost], [off, sameHost, on, sameHost]]) {
    const [message, ...others] = told(...lines);
    assert.match(
      message ?? '',
      /^redirect-loop warning: .* https:\/\/example\.com\/ \(for example\) to https:\/\/example\.com\/, and/,
    );
    assert.deepEqual(others, []);
  }
});

test('so do rules that undo each other, and those for one name', () => {
  const [there] = told(off, sameHost, on, 'RewriteRule ^(.*)$ http://%{HTTP_HOST}/$1 [R=301,L]');
  assert.match(there ?? '', /to http:\/\/example\.com\/, which leads to https:\/\/example\.com\//);
  const [named] = told('RewriteCond %{HTTP_HOST} ^(www\\.)?site\\.test$ [NC]', 'Redirect 301 /x /y');
  assert.equal(named, undefined);
  const [one] = told(
    'RewriteCond %{HTTP_HOST} ^(www\\.)?site\\.test$ [NC]',
    'RewriteRule ^(.*)$ https://www.site.test/$1 [R=301,L]',
  );
  assert.match(one ?? '', /^redirect-loop warning: These rules redirect https:\/\/www\.site\.test\/ to https/);
});

test('redirects to another site are nothing that goes round, nor those of plain HTTP or by what nobody knows', () => {
  const elsewhere = 'RewriteRule ^(.*)$ https://www.site.test/$1 [R=301,L]';
  assert.deepEqual(told(elsewhere), []);
  assert.deepEqual(told('RewriteCond %{SERVER_PORT} 443', elsewhere), []);
  assert.deepEqual(told('Redirect 301 / https://www.site.test/'), []);
  assert.deepEqual(told(off, sameHost), []);
  assert.deepEqual(told('RewriteCond %{HTTP:X-Forwarded-Proto} !https', sameHost), []);
  assert.deepEqual(told('RewriteCond %{HTTP_HOST} !^www\\. [NC]', withWww), []);
  assert.deepEqual(told('RewriteCond %{HTTP_HOST} !^www\\.site\\.test$', elsewhere), []);
});

test('www. is put before a name that has it', () => {
  for (const lines of [
    [off, withWww],
    ['RewriteCond %{HTTPS} off [OR]', 'RewriteCond %{HTTP_HOST} !^www\\.', withWww],
  ]) {
    const [message, ...others] = told(...lines);
    assert.match(message ?? '', /^redirect-wrong-host information: .* to https:\/\/www\.www\.example\.com\//);
    assert.deepEqual(others, []);
  }
});

test('visitors over HTTPS are sent to plain HTTP of a name that has HTTPS', () => {
  const bare = ['RewriteCond %{HTTP_HOST} ^www\\.(.*)$ [NC]', 'RewriteRule ^(.*)$ http://%1/$1 [R=301,L]'];
  for (const lines of [
    [off, sameHost, ...bare],
    [...bare, off, sameHost],
  ]) {
    const [message, ...others] = told(...lines);
    assert.match(message ?? '', /^redirect-to-plain warning: .* plain HTTP \(http:\/\/example\.com\/\), although/);
    assert.deepEqual(others, []);
  }
  const [kept] = told(off, sameHost, ...bare, 'Header always set Strict-Transport-Security "max-age=63072000"');
  assert.match(kept ?? '', /^redirect-to-plain information: /);
  const named = ['RewriteCond %{HTTP_HOST} !^www\\.', 'RewriteRule ^(.*)$ http://www.site.test/$1 [R=301,L]'];
  assert.equal(told(...named, off, 'RewriteRule ^(.*)$ https://www.site.test/$1 [R,L]').length, 1);
  assert.deepEqual(told(...bare), []);
  assert.deepEqual(told(off, sameHost, 'RewriteRule ^(.*)$ http://www.site.test/$1 [R=301,L]'), []);
});

test('what lies where a server at hand serves from is judged with that server alone', () => {
  const judged = (root: string) => {
    const server = projectOf({ '/etc/apache2/apache2.conf': `Listen 80\nDocumentRoot ${root}\n` }, { complete: true });
    const project = projectOf({ '/work/site/.htaccess': `RewriteEngine On\n${sameHost}\n` });
    return apache.lower({ ...project, readBy: { server, files: ['/var/www/site/.htaccess'] } }).folder !== undefined;
  };
  assert.equal(judged('/var/www'), false);
  assert.equal(judged('/var/www/site/'), false);
  assert.equal(judged('/var/www/other'), true);
});

test('a redirect of each host to itself over HTTPS gets the condition that it lacks, before its own ones', () => {
  const fixed = (text: string) => {
    const { findings } = analyseText(text, { language: 'apache', file: '/work/.htaccess' });
    const fixes = findings.flatMap(({ rule, fixes }) => (rule === 'redirect-loop' ? fixes : []));
    return fixes.map(({ edits, safe }) => [applyEdits(text, edits), safe]);
  };
  const rule = 'RewriteRule ^(.*)$ https://%{HTTP_HOST}/$1 [R=301,L]\n';
  const own = 'RewriteCond %{HTTP_HOST} ^(.+)$ [OR]\nRewriteCond %{REQUEST_URI} ^/\n';
  const engine = 'RewriteEngine On\n';
  const plain = 'RewriteCond %{HTTPS} !=on\n';
  assert.deepEqual(fixed(engine + rule), [[engine + plain + rule, false]]);
  assert.deepEqual(fixed(engine + own + rule), [[engine + plain + own + rule, false]]);
  assert.deepEqual(fixed(`${engine}RewriteCond %{HTTPS} on\n${rule}`), []);
  assert.deepEqual(fixed(`${engine}RewriteRule ^ https://www.example.com/ [R=301,L]\n`), []);
});
