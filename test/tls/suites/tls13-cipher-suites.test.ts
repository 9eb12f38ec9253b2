import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateTls13CipherSuites } from '../../../src/tls/suites/tls13-cipher-suites.ts';

const evaluate = (text: string, openssl = '3.5', securityLevel = 2) => {
  const { suites, error } = evaluateTls13CipherSuites(text, { openssl, securityLevel });
  return error ?? suites.map(({ name }) => name).join(':');
};

test('unknown names are fatal in 1.1.1, and ignored since 3.0 beside known ones', () => {
  assert.equal(evaluate('TLS_AES_128_GCM_SHA256:TLS_FOO'), 'TLS_AES_128_GCM_SHA256');
  assert.equal(evaluate('TLS_AES_128_GCM_SHA256:TLS_FOO', '1.1.1'), 'no cipher match');
  assert.equal(evaluate('tls_aes_128_gcm_sha256'), 'no cipher match');
  assert.equal(evaluate('TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384'), 'no cipher match');
  assert.equal(evaluate(''), '');
});

test('IANA’s names of older suites are taken where the release has these, though for nothing in TLS 1.3', () => {
  const older = (text: string, openssl: string) => {
    const found = evaluateTls13CipherSuites(text, { openssl, securityLevel: 2 });
    return found.error ?? found.older.map(({ suite }) => suite.name).join(':');
  };
  // As `openssl ciphers -ciphersuites` of 3.5.9 and Node 16 and 18 answer.
  for (const openssl of ['1.1.1', '3.0', '3.5']) {
    assert.equal(older('TLS_RSA_WITH_AES_128_CBC_SHA:TLS_AES_128_GCM_SHA256', openssl), 'AES128-SHA');
    assert.equal(older('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', openssl), 'ECDHE-RSA-AES128-GCM-SHA256');
    assert.equal(older('AES128-SHA', openssl), 'no cipher match');
    assert.equal(older('TLS_RSA_WITH_RC4_128_SHA', openssl), 'no cipher match');
  }
  assert.equal(older('TLS_RSA_WITH_AES_128_CBC_SHA:TLS_FOO', '1.1.1'), 'no cipher match');
  assert.equal(older('TLS_RSA_WITH_AES_128_CBC_SHA:TLS_FOO', '3.0'), 'AES128-SHA');
});

test('the level applies', () => {
  assert.equal(evaluate('TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384', '3.5', 4), 'TLS_AES_256_GCM_SHA384');
  assert.equal(evaluate('TLS_AES_128_CCM_8_SHA256:TLS_AES_128_CCM_SHA256'), 'TLS_AES_128_CCM_SHA256');
});

test('suites without encryption (RFC 9150) are known since 3.4, and refused by every level but 0', () => {
  // As `openssl ciphers -s -tls1_3 -ciphersuites … 'ALL:@SECLEVEL=…'` of 3.5.9 answers.
  assert.equal(evaluate('TLS_SHA256_SHA256:TLS_SHA384_SHA384', '3.5', 0), 'TLS_SHA256_SHA256:TLS_SHA384_SHA384');
  assert.equal(evaluate('TLS_SHA256_SHA256', '3.5', 1), '');
  assert.equal(evaluate('TLS_SHA256_SHA256', '3.0', 0), 'no cipher match');
});

test('a misspelling comes with what was meant', () => {
  const { unknown } = evaluateTls13CipherSuites('TLS_AES_128_GCM_SHA265', { openssl: '3.5', securityLevel: 2 });
  assert.deepEqual(unknown, [
    { word: 'TLS_AES_128_GCM_SHA265', range: { start: 0, end: 22 }, suggestion: 'TLS_AES_128_GCM_SHA256' },
  ]);
});
