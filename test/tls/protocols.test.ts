import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveProtocols, protocolGaps, protocolName } from '../../src/tls/protocols.ts';

const all = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

test('TLS 1.0 and 1.1 need security level 0 since OpenSSL 3.0', () => {
  const offered = (openssl: string, securityLevel: number) =>
    effectiveProtocols(all, { openssl, securityLevel }).offered;
  assert.deepEqual(offered('3.5', 2), ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(offered('3.0', 0), ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(offered('1.1.1w', 2), ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(offered('1.1.1', 3), ['TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
});

test('what is refused comes with its reason, and only if it is listed', () => {
  const { refused } = effectiveProtocols(['TLSv1.1', 'TLSv1.2'], { openssl: '3.5', securityLevel: 2 });
  assert.deepEqual(refused, [{ protocol: 'TLSv1.1', reason: 'needs security level 0 since OpenSSL 3.0' }]);
});

test('a gap leaves out clients in the middle', () => {
  assert.deepEqual(protocolGaps(['TLSv1', 'TLSv1.3']), ['TLSv1.1', 'TLSv1.2']);
  assert.deepEqual(protocolGaps(['TLSv1.2', 'TLSv1.3']), []);
  assert.deepEqual(protocolGaps([]), []);
});

test('prose names', () => {
  assert.deepEqual(all.map(protocolName), ['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3']);
});
