import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ciphersReport } from '../../../src/tls/suites/ciphers-report.ts';

const openssl35 = { openssl: '3.5', securityLevel: 2 };

test('a string becomes rows and the words that match nothing', () => {
  assert.deepEqual(ciphersReport('ECDHE-ECDSA-AES128-GCM-SHA256:TYPO:!aNULL:!EXPORT', openssl35), {
    exitCode: 0,
    json: {
      cipherSuites: [
        {
          name: 'ECDHE-ECDSA-AES128-GCM-SHA256',
          iana: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
          id: '0xC02B',
          protocol: 'TLSv1.2',
          keyExchange: 'ECDH',
          authentication: 'ECDSA',
          encryption: 'AESGCM(128)',
          mac: 'AEAD',
        },
      ],
      unmatched: ['TYPO'],
    },
    notes: ['TYPO matches nothing.'],
  });
});

test('what OpenSSL refuses and what leaves nothing are told apart', () => {
  assert.deepEqual(ciphersReport('TYPO', openssl35), {
    exitCode: 2,
    json: { error: 'no cipher match' },
    notes: ['TYPO matches nothing.'],
  });
  assert.deepEqual(ciphersReport('HIGH:@STRENGHT', openssl35), {
    exitCode: 2,
    json: { error: 'invalid command' },
    notes: ['The commands that it knows are @STRENGTH and @SECLEVEL=0 to @SECLEVEL=5.'],
  });
  assert.deepEqual(ciphersReport('eNULL', openssl35), {
    exitCode: 1,
    json: { cipherSuites: [], unmatched: [] },
    notes: [],
  });
});

test('a protocol range leaves out what others need', () => {
  const { json } = ciphersReport('AES128-SHA:AES128-SHA256', { ...openssl35, maximum: 'TLSv1.1' });
  assert.deepEqual('error' in json ? [] : json.cipherSuites.map(({ name }) => name), ['AES128-SHA']);
});

test('TLS 1.3 suites stand apart, where they were asked for', () => {
  const { json } = ciphersReport('AES128-SHA256', { ...openssl35, maximum: 'TLSv1.3' });
  assert.deepEqual('error' in json ? [] : json.cipherSuites.map(({ name }) => name), ['AES128-SHA256']);
  assert.equal('error' in json ? 0 : json.tls13CipherSuites?.length, 3);
});
