import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPart } from '../../src/rules/support/tls/value-parts.ts';
import { analyseText } from '../support/analyse.ts';

test('a word goes with one separator, and ranks of groups stay apart', () => {
  const without = (text: string, word = 'foo') => {
    const start = text.indexOf(word);
    return withoutPart(text, { start, end: start + word.length });
  };
  assert.equal(without('a:foo:b'), 'a:b');
  assert.equal(without('foo:a'), 'a');
  assert.equal(without('a:!foo'), 'a');
  assert.equal(without('a !foo b'), 'a b');
  assert.equal(without('foo'), '');
  assert.equal(without('a/foo:b'), 'a/b');
  assert.equal(without('a:foo/b'), 'a/b');
  assert.equal(without('a/?*foo/b'), 'a/b');
  assert.equal(without('*foo/b'), 'b');
  assert.equal(without('a / foo:b'), 'a / b');
  assert.equal(without('a : foo : b'), 'a : b');
  assert.equal(without('a : foo'), 'a');
  assert.equal(without('a/foo'), 'a');
});

test('what is said of a word of a list stands at the word, in quotes or not', () => {
  const marked = (text: string) =>
    analyseText(text)
      .findings.filter(({ rule }) => rule === 'cipher-unknown')
      .map(({ location: { range } }) => text.slice(range.start, range.end));
  const nginx = (ciphers: string) =>
    marked(`server {\n listen 443 ssl;\n ssl_certificate a;\n ssl_certificate_key a;\n ssl_ciphers ${ciphers};\n}\n`);
  const apache = (ciphers: string) =>
    marked(`<VirtualHost *:443>\nSSLEngine on\nSSLCipherSuite ${ciphers}\n</VirtualHost>\n`);
  for (const found of [nginx, apache]) {
    assert.deepEqual(found('HIGH:QQQQQQ:!aNULL'), ['QQQQQQ']);
    assert.deepEqual(found('"HIGH:!aNULL:!QQQQQQ"'), ['QQQQQQ']);
    assert.deepEqual(found("'HIGH:!aNULL:-kRSA+QQQQQQ'"), ['QQQQQQ']);
  }
});
