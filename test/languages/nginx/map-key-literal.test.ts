import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const around = (map: string) => `events {}\nhttp {\n  map ${map}\n}\n`;
const found = (map: string) => checkText(around(map)).filter(({ rule }) => rule === 'map-key-literal');

test('names with wildcards need hostnames', () => {
  for (const key of ['*.a.example', '.a.example', 'www.a.*']) {
    assert.match(found(`$host $to { default 0; ${key} 1; }`)[0]?.message ?? '', /^".+" stands for no other names/, key);
    assert.deepEqual(found(`$host $to { hostnames; default 0; ${key} 1; }`), [], key);
    assert.deepEqual(found(`$http_referer $to { default 0; ${key} 1; }`), [], key);
    assert.deepEqual(found(`$host $to { include unseen.map; ${key} 1; }`), [], key);
  }
});

test('expressions need a tilde', () => {
  for (const key of ['a\\.example', '^/a', '/a/.*', '.*bot.*', '"a \\d+"', 'text/.*']) {
    assert.match(found(`$uri $to { ${key} 1; }`)[0]?.message ?? '', / is compared as it stands/, key);
    assert.deepEqual(found(`$uri $to { ${key.replace(/^"?/, '$&~')} 1; }`), [], key);
  }
});

test('what may well be a text is left alone', () => {
  for (const key of [
    'a.example',
    '/a.b',
    '*',
    '"*/*"',
    '\\default',
    '^',
    'application/vnd.a+json',
    '"a (b|c)"',
    "''",
    '"A\\\\dora"',
  ])
    assert.deepEqual(found(`$http_a $to { ${key} 1; default 0; }`), [], key);
});

test('several keys are one finding, and the fix mends all of its kind', () => {
  const fixed = (map: string) => {
    const [report, ...others] = found(map);
    assert.deepEqual(others, []);
    return applyEdits(around(map), report?.fixes?.[0]?.edits ?? []);
  };
  assert.equal(
    fixed(`$uri $to {\n    ^/a   1;\n    "^/b c" 2;\n    /d    3;\n  }`),
    around(`$uri $to {\n    ~^/a   1;\n    "~^/b c" 2;\n    /d    3;\n  }`),
  );
  // Of all of the text, as it is compared now: elsewhere a.example.evil.example would be one of them.
  assert.equal(
    fixed(`$http_origin $to { 'https://.*\\.a\\.example' 1; /a\\.b$ 2; a\\.b|c 3; .*x.*y 4; }`),
    around(`$http_origin $to { '~^https://.*\\.a\\.example$' 1; ~^/a\\.b$ 2; ~^(?:a\\.b|c)$ 3; ~.*x.*y 4; }`),
  );
  assert.equal(
    fixed(`$host $to {\n    *.a.example 1;\n    *.b.example 2;\n  }`),
    around(`$host $to {\n    hostnames;\n    *.a.example 1;\n    *.b.example 2;\n  }`),
  );
  assert.equal(found(`$host $to { *.a.example 1; *.b.example 2; c\\.example 3; }`)[0]?.related?.length, 2);
  // What PCRE refuses stays as it is, and names that would be there twice.
  assert.deepEqual(found('$host $to { .a.example 1; a.example 2; }')[0]?.fixes, []);
  assert.deepEqual(found('$host $to { .a.example 1; a*b 2; }')[0]?.fixes, []);
  assert.deepEqual(found('$uri $to { ^/(a 1; }')[0]?.fixes, []);
});
