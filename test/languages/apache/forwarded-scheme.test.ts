import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

const host = (lines: string) =>
  `<VirtualHost *:443>\nSSLEngine on\nProxyPass / http://127.0.0.1:8080/\n${lines}\n</VirtualHost>\n`;
const found = (text: string) =>
  analyseText(text, { language: 'apache' }).findings.filter(({ rule }) => rule === 'forwarded-scheme-wrong');

// Behind a real Apache 2.4.71 the backend saw no such header, and the visitor did.
test('Header tells the visitor of the scheme, and not the backend', () => {
  for (const [line, fixed] of [
    ['Header always set X-Forwarded-Proto "https"', 'RequestHeader set X-Forwarded-Proto "https"'],
    ['Header set X-Forwarded-Ssl: on', 'RequestHeader set X-Forwarded-Ssl: on'],
    ['Header onsuccess add X-Scheme https', 'RequestHeader add X-Scheme https'],
  ] as const) {
    const [finding, ...others] = found(host(line));
    assert.ok(finding && others.length === 0, line);
    assert.equal(applyEdits(host(line), finding.fixes[0]?.edits ?? []), host(fixed));
  }
});

// The backend saw "(null)", "httpse", and the same within quotes.
test('a scheme with more than its braces is another word, and the environment has none', () => {
  const right = 'RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}';
  for (const [value, told] of [
    ['"%{REQUEST_SCHEME}e"', '(null)'],
    ['expr="%{REQUEST_SCHEME}e"', '"httpse"'],
    ['expr="%{REQUEST_SCHEME}"', '"https"'],
    ["expr='%{REQUEST_SCHEME}'", "'https'"],
    ['"expr=%{REQUEST_SCHEME}e"', 'httpse'],
    ['expr=%{REQUEST_SCHEME}e', 'httpse'],
  ] as const) {
    const text = host(`RequestHeader set X-Forwarded-Proto ${value}`);
    const [finding, ...others] = found(text);
    assert.ok(finding && others.length === 0, value);
    assert.ok(finding.message.includes(` is told ${told}, as`), finding.message);
    assert.equal(
      applyEdits(text, finding.fixes[0]?.edits ?? []).replace('"expr=%{REQUEST_SCHEME}"', 'expr=%{REQUEST_SCHEME}'),
      host(right),
    );
  }
  for (const value of ['expr=%{REQUEST_SCHEME}', '"expr=%{REQUEST_SCHEME}"', '%{REQUEST_SCHEME}s', '%{HTTPS}e']) {
    assert.equal(found(host(`RequestHeader set X-Forwarded-Proto ${value}`)).length, 0, value);
  }
  const own = 'SetEnvIfExpr true REQUEST_SCHEME=https\nRequestHeader set X-Forwarded-Proto "%{REQUEST_SCHEME}e"';
  assert.equal(found(host(own)).length, 0);
});

test('nothing is said where the backend is told, or there is none, or no TLS', () => {
  const line = 'Header always set X-Forwarded-Proto "https"';
  for (const text of [
    host(`${line}\nRequestHeader set X-Forwarded-Proto https`),
    `RequestHeader set X-Forwarded-Ssl on\n${host(line)}`,
    host('Header unset X-Forwarded-Proto'),
    host('Header set X-Forwarded-For a'),
    host(line).replace(/ProxyPass.*\n/, ''),
    host(line).replace('SSLEngine on', 'SSLEngine off'),
    // HTTPS=on is among what these are told of a request.
    host(line).replace('http:', 'fcgi:'),
    host(line).replace('http:', 'ajp:'),
    host(line).replace('/ http:', '/static ! #'),
    host(`${line}\nInclude conf/proxy.conf`),
  ])
    assert.equal(found(text).length, 0, text);
});
