import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readConfiguredFile } from '../../../src/certificates/configured-file.ts';
import { readObjects } from '../../../src/certificates/objects.ts';
import { readStrictly } from '../../../src/certificates/pem/strict.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { pemShapes } from '../pem-shapes.ts';

const pem = readFileSync('test/fixtures/certificates/leaf.pem', 'utf8');
const other = readFileSync('test/fixtures/certificates/root.pem', 'utf8');
const key = '-----BEGIN PRIVATE KEY-----\nTWFu\n-----END PRIVATE KEY-----\n';

for (const { name, text, accepted } of pemShapes(pem, other)) {
  test(`${name}: ${accepted ? 'taken' : 'refused, or something is passed over'}`, () => {
    const { taken, stops } = readStrictly(text);
    const { certificates, problems, skipped } = readConfiguredFile(new TextEncoder().encode(text), nodeHost.crypto);
    assert.equal(!stops && taken.size > 0 && problems.length + skipped.length === 0, accepted);
    if (accepted) assert.equal(certificates.length, taken.size);
  });
}

function read(text: string) {
  return readConfiguredFile(new TextEncoder().encode(text), nodeHost.crypto);
}

test('a block whose BEGIN line is none for OpenSSL is passed over, and the others are read', () => {
  const { certificates, problems, skipped } = read(`  ${pem}${other}`);
  assert.deepEqual(
    certificates.map(({ subject }) => subject),
    read(other).certificates.map(({ subject }) => subject),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(skipped, ['There is something before the BEGIN line: spaces.']);
});

test('a mark of UTF-8 may stand before each block, as in files put together', () => {
  const { certificates, problems, skipped } = read(`\ufeff${pem}\ufeff${other}`);
  assert.equal(certificates.length, 2);
  assert.deepEqual([problems, skipped], [[], []]);
});

test('a block that begins and does not end as it should stops the reading', () => {
  const { problems, skipped } = read(`${other}${pem.replace('END CERTIFICATE', 'END X509 CRL')}`);
  assert.deepEqual(problems, ['The block begins as CERTIFICATE and ends as X509 CRL.']);
  assert.deepEqual(skipped, []);
});

test('one without an END line swallows the next one', () => {
  const { certificates, skipped } = read(`${pem.slice(0, pem.indexOf('-----END'))}${other}`);
  assert.equal(certificates.length, 1);
  assert.equal(skipped.length, 1);
});

test('words before the content stop at a certificate alone', () => {
  const words = (text: string) => readStrictly(text.replace('-----\n', '-----\nName: value\n\n')).stops;
  assert.deepEqual([words(pem), words(key)], [true, false]);
});

test('behind them, no line is long, and a short one is the last', () => {
  const stops = (content: string) => readStrictly(key.replace('TWFu', `Name: value\n\n${content}`)).stops;
  const line = 'TWFu'.repeat(16);
  assert.deepEqual([stops(`${line}\nTWFu`), stops(`TWFu\n${line}`), stops(`${line}TWFu`)], [false, true, true]);
});

test('blocks of other kinds may hold whatever they like', () => {
  const request = '-----BEGIN CERTIFICATE REQUEST-----\nTWFu\n-----END CERTIFICATE REQUEST-----\n';
  assert.deepEqual(read(`${request}${pem}`).problems, []);
  assert.deepEqual(
    read(`${pem}-----BEGIN ATTRIBUTE CERTIFICATE-----\nTWFu\n-----END ATTRIBUTE CERTIFICATE-----\n`).problems,
    [],
  );
  assert.match(
    read(pem.replace(/\n[\s\S]*\n(?=-----END)/, '\nTWFu\n')).problems[0] ?? '',
    /^A CERTIFICATE block cannot be read: /,
  );
});

test('PKCS #7 is no PEM that servers look into, whatever its armour', () => {
  const text = readFileSync('test/fixtures/certificates/bundle.p7b', 'utf8');
  for (const label of ['PKCS7', 'CERTIFICATE']) {
    const bytes = Buffer.from(text.replaceAll('PKCS7', label));
    const { problems, isConvertible } = readConfiguredFile(bytes, nodeHost.crypto);
    assert.deepEqual(problems, ['The file is PKCS #7; servers built on OpenSSL read PEM here.']);
    assert.ok(isConvertible);
    const told = readObjects(bytes, nodeHost.crypto).problems.map(({ message }) => message);
    assert.equal(told.length, label === 'PKCS7' ? 0 : 1);
    assert.match(told.join(), label === 'PKCS7' ? /^$/ : /“CERTIFICATE” and holds PKCS #7, .* -print_certs/);
  }
});
