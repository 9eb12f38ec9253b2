import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAllowedAtLevel } from '../../../src/tls/security-level.ts';
import {
  cipherSuites,
  describeCipherSuite,
  findCipherSuite,
  releaseLine,
  weaknesses,
} from '../../../src/tls/suites/cipher-suites.ts';

function suite(name: string) {
  const found = findCipherSuite(name);
  assert.ok(found, name);
  return found;
}

test('the table has every suite once, and finds both names', () => {
  assert.equal(new Set(cipherSuites.map(({ id }) => id)).size, cipherSuites.length);
  assert.equal(cipherSuites.filter(({ lastOpenssl }) => lastOpenssl === undefined).length, 162);
  assert.equal(suite('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'), suite('ECDHE-RSA-AES128-GCM-SHA256'));
  assert.equal(suite('DHE-RSA-DES-CBC3-SHA'), suite('EDH-RSA-DES-CBC3-SHA'));
  for (const { bits, encryption } of cipherSuites) assert.ok(bits > 0 || encryption === 'None');
});

test('weaknesses come gravest first', () => {
  assert.deepEqual(weaknesses(suite('ECDHE-ECDSA-AES128-GCM-SHA256')), []);
  assert.deepEqual(weaknesses(suite('AES128-GCM-SHA256')), ['no-forward-secrecy']);
  assert.deepEqual(weaknesses(suite('AES128-SHA')), ['no-forward-secrecy', 'cbc']);
  assert.deepEqual(weaknesses(suite('RC4-MD5')), ['rc4', 'md5', 'no-forward-secrecy']);
  assert.deepEqual(weaknesses(suite('ADH-AES128-SHA')), ['anonymous', 'cbc']);
  assert.deepEqual(weaknesses(suite('DES-CBC3-SHA')), ['3des', 'no-forward-secrecy', 'cbc']);
  assert.deepEqual(weaknesses(suite('EXP-EDH-RSA-DES-CBC-SHA')), ['export', 'des', 'cbc']);
});

test('security levels', () => {
  assert.ok(isAllowedAtLevel(suite('AES128-SHA'), 2, '3.5'));
  assert.ok(!isAllowedAtLevel(suite('AES128-SHA'), 3, '3.5'));
  assert.ok(isAllowedAtLevel(suite('AES128-CCM8'), 2, '3.0'));
  assert.ok(!isAllowedAtLevel(suite('AES128-CCM8'), 1, '3.2'));
  assert.ok(!isAllowedAtLevel(suite('ECDHE-RSA-AES256-SHA'), 4, '3.5'));
});

test('descriptions name the parts as people do', () => {
  assert.equal(
    describeCipherSuite(suite('ECDHE-RSA-AES128-GCM-SHA256')),
    'TLS 1.2, ECDHE key exchange, RSA certificate, AESGCM 128 bits',
  );
  assert.equal(
    describeCipherSuite(suite('AES128-SHA')),
    'SSL 3.0 and later, static RSA key exchange, RSA certificate, AES 128 bits, SHA1 MAC',
  );
});

test('release lines', () => {
  assert.deepEqual(['1.1.1w', '3.0.15', '3.5', '1.0.2k'].map(releaseLine), ['1.1.1', '3.0', '3.5', '1.0.2']);
});
