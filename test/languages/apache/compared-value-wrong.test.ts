import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

const around = (lines: string) => `Listen 80\n<Location "/a">\n${lines}\n</Location>\n`;
const found = (lines: string) =>
  analyseText(around(lines), { language: 'apache' }).findings.filter(({ rule }) => rule === 'compared-value-wrong');
const fixed = (lines: string) => {
  const [edit] = found(lines)[0]?.fixes[0]?.edits ?? [];
  return edit && applyEdits(around(lines), [edit]);
};

// What a real Apache 2.4.71 never found to hold, or always, with the text that it did then.
test('values in other letters get those that there are', () => {
  for (const [wrong, right] of [
    [`Require expr "%{HTTPS} == 'On'"`, `Require expr "%{HTTPS} == 'on'"`],
    [`Require expr %{HTTPS} = "1"`, `Require expr %{HTTPS} = "on"`],
    [`Require expr %{REQUEST_SCHEME} != 'HTTP'`, `Require expr %{REQUEST_SCHEME} != 'http'`],
    [`Require expr %{SSL_CLIENT_VERIFY} =~ /^Success$/`, `Require expr %{SSL_CLIENT_VERIFY} =~ /^SUCCESS$/`],
    [`Require expr %{REQUEST_SCHEME} =~ /HTTP/`, `Require expr %{REQUEST_SCHEME} =~ /^http$/`],
    [`SSLRequire %{SSL_CLIENT_VERIFY} eq "success"`, `SSLRequire %{SSL_CLIENT_VERIFY} eq "SUCCESS"`],
    [`SSLRequire %{SSL_PROTOCOL} != "TLSv1.0"`, `SSLRequire %{SSL_PROTOCOL} != "TLSv1"`],
    ['RewriteCond %{HTTPS} Off', 'RewriteCond %{HTTPS} off'],
    ['RewriteCond "%{HTTPS}" "!=On" [OR]', 'RewriteCond "%{HTTPS}" "!=on" [OR]'],
    ['RewriteCond %{SSL:SSL_CLIENT_VERIFY} !^success$', 'RewriteCond %{SSL:SSL_CLIENT_VERIFY} !^SUCCESS$'],
    ['RewriteCond %{SSL:SSL_PROTOCOL} TLSv1.0', 'RewriteCond %{SSL:SSL_PROTOCOL} ^TLSv1$'],
    [`RewriteCond expr "%{HTTPS} != 'ON'"`, `RewriteCond expr "%{HTTPS} != 'on'"`],
  ] as const) {
    assert.equal(fixed(wrong), around(right), wrong);
    assert.deepEqual(found(right), []);
  }
});

test('it says whether the condition always holds, or never', () => {
  const [message] = found('RewriteCond %{HTTPS} !On').map((each) => each.message);
  assert.equal(message, 'HTTPS is "on" or "off" in just these letters, never "On": this always holds. Write "on".');
  assert.match(found('RewriteCond %{HTTPS} On')[0]?.message ?? '', /this never holds/);
});

test('it is grave where it decides about access, redirects or HSTS', () => {
  const severity = (lines: string) => found(lines).map((each) => each.severity);
  const inSection = (lines: string) => severity(`<If "%{HTTPS} != 'On'">\n${lines}\n</If>`);
  assert.deepEqual(inSection('Redirect permanent / https://a.example/'), ['warning']);
  assert.deepEqual(inSection('Header set X-A b'), ['information']);
  assert.deepEqual(severity(`Header set X-A b "expr=%{HTTPS} == 'On'"`), ['information']);
  assert.deepEqual(severity(`Header set Strict-Transport-Security max-age=1 "expr=%{HTTPS} == 'On'"`), ['warning']);
});

test('what may hold, or is meant otherwise, is left alone', () => {
  for (const line of [
    'RewriteCond %{HTTPS} On [NC]',
    'RewriteCond %{HTTPS} ^o',
    'RewriteCond %{HTTPS} (On|on)',
    'RewriteCond %{ENV:HTTPS} On',
    'RewriteCond %{HTTP:X-Forwarded-Proto} HTTPS',
    'RewriteCond %{HTTPS} \u0024{STATE}',
    'Require expr %{HTTPS} =~ /^On$/i',
    "Require expr %{HTTPS} eq 'On'",
    "Require expr %{SSL_CLIENT_VERIFY} == 'FAILED'",
    "Require expr %{SSL_CLIENT_S_DN_CN} == 'On'",
    "Require expr %{HTTPS}.'x' == 'On'",
    "Require expr %{HTTPS} == 'On",
  ])
    assert.deepEqual(found(line), [], line);
});

test('beside the right letters the others do no harm', () => {
  for (const lines of [
    `Require expr "%{HTTPS} == 'on' || %{HTTPS} == 'On'"`,
    `Require expr "%{HTTPS} != '1' && %{HTTPS} !~ /^on$/"`,
    'RewriteCond %{HTTPS} !=on\nRewriteCond %{HTTPS} !=1\nRewriteRule ^ - [F]',
    'RewriteCond %{HTTPS} Off [OR]\nRewriteCond %{HTTP:X} x [OR]\nRewriteCond %{HTTPS} ^off$\nRewriteRule ^ - [F]',
  ])
    assert.deepEqual(found(lines), [], lines);
  for (const lines of [
    `Require expr "%{HTTPS} == 'off' || %{HTTPS} == 'On'"`,
    'RewriteCond %{HTTPS} =on\nRewriteCond %{HTTPS} !=On\nRewriteRule ^ - [F]',
    'RewriteCond %{HTTPS} =on\nRewriteRule ^ - [F]\nRewriteCond %{HTTPS} =On\nRewriteRule ^ - [F]',
  ])
    assert.equal(found(lines).length, 1, lines);
});

test('names that mod_rewrite does not know are a finding of their own', () => {
  assert.deepEqual(found('RewriteCond %{SSL_CLIENT_VERIFY} !=success'), []);
});
