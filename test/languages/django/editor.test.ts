import assert from 'node:assert/strict';
import { test } from 'node:test';
import { django } from '../../../src/languages/django/index.ts';
import { projectOf, usual } from './project.ts';

const file = '/s/settings.py';

/** `|` marks the cursor. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  return { project: projectOf({ [file]: marked.replace('|', '') }), offset };
}

function labels(marked: string): readonly string[] {
  const { project, offset } = at(marked);
  return django.complete(project, file, offset).map(({ label }) => label);
}

test('a hover says what a setting does, its default, since when, and where that is written', () => {
  const { project, offset } = at('SECURE_HSTS_|SECONDS = 60\n');
  const { contents = '' } = django.hover(project, file, offset) ?? {};
  for (const part of [
    /Strict-Transport-Security/,
    /default: `0`/,
    /since Django 1\.8/,
    /en\/4\.2\/ref\/settings\/#secure-hsts-seconds/,
  ])
    assert.match(contents, part);
  const later = at('SECURE_C|SP = {}\n');
  assert.match(django.hover(later.project, file, later.offset)?.contents ?? '', /en\/6\.0\/ref\/settings\/#secure-csp/);
  const comment = at('# SECURE_HSTS_|SECONDS\n');
  assert.equal(django.hover(comment.project, file, comment.offset), undefined);
});

test('names are proposed where a statement begins, without those that the version does not have', () => {
  const names = labels(`${usual}SECURE_|`);
  assert.ok(names.includes('SECURE_HSTS_SECONDS'));
  assert.ok(!names.includes('SECURE_BROWSER_XSS_FILTER'));
  assert.ok(!names.includes('SECURE_CSP'));
  assert.deepEqual(labels('import o|'), []);
  assert.deepEqual(labels('X = SEC|'), []);
});

test('a value goes between quotes and brackets that the editor closes by itself, if it is of that kind', () => {
  assert.deepEqual(labels("SESSION_COOKIE_SAMESITE = '|'\n"), ['Lax', 'Strict', 'None']);
  assert.deepEqual(labels('SECURE_PROXY_SSL_HEADER = (|)\n'), ["'HTTP_X_FORWARDED_PROTO', 'https'"]);
  assert.deepEqual(labels('CSRF_TRUSTED_ORIGINS = [|]\n'), ["'https://example.com'"]);
  assert.deepEqual(labels('CSRF_TRUSTED_ORIGINS = (|)\n'), []);
  assert.deepEqual(labels('SECURE_SSL_REDIRECT = "|"\n'), []);
});

test('quotes that the editor closes within a bracket stay', () => {
  const complete = (marked: string) => {
    const { project, offset } = at(marked);
    const [first] = django.complete(project, file, offset);
    return first && marked.slice(0, first.range.start) + first.insertText + marked.slice(offset + 1);
  };
  const setting = 'SECURE_PROXY_SSL_HEADER =';
  for (const written of ['[|]', "['|']", "['ex|']", "['|]"])
    assert.equal(complete(`ALLOWED_HOSTS = ${written}`), "ALLOWED_HOSTS = ['example.com']", written);
  assert.equal(complete('ALLOWED_HOSTS = ["|"]'), 'ALLOWED_HOSTS = ["example.com"]');
  assert.equal(complete(`${setting} ('|')`), `${setting} ('HTTP_X_FORWARDED_PROTO', 'https')`);
  assert.equal(complete(`${setting} ("|")`), `${setting} ("HTTP_X_FORWARDED_PROTO", "https")`);
  assert.equal(complete("SESSION_COOKIE_SAMESITE = '|'"), "SESSION_COOKIE_SAMESITE = 'Lax'");
  assert.equal(complete("SESSION_COOKIE_SAMESITE = 'L|L'"), "SESSION_COOKIE_SAMESITE = 'LaxL'");
});

test('values are proposed behind a name', () => {
  assert.deepEqual(labels('SESSION_COOKIE_SECURE = |'), ['True', 'False']);
  assert.deepEqual(labels("SESSION_COOKIE_SAMESITE = '|"), ["'Lax'", "'Strict'", "'None'"]);
  assert.deepEqual(labels('SECURE_PROXY_SSL_HEADER = |'), ["('HTTP_X_FORWARDED_PROTO', 'https')"]);
  assert.deepEqual(labels('CSRF_TRUSTED_ORIGINS = [|'), ["['https://example.com']"]);
  assert.deepEqual(labels('STATIC_URL = |'), []);
});
