import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownClients } from '../../../src/tls/clients/clients.ts';
import { cipherSuites } from '../../../src/tls/suites/cipher-suites.ts';

test('every client says hello as the protocol wants it', () => {
  const clients = knownClients();
  assert.ok(clients.length > 60);
  assert.equal(new Set(clients.map(({ name }) => name)).size, clients.length);
  for (const { name, protocols, cipherSuites: suites, groups, signatureAlgorithms, keyShares } of clients) {
    assert.ok(protocols.length > 0 && suites.length > 0, name);
    assert.equal(new Set(suites).size, suites.length, name);
    for (const list of [suites, groups ?? [], signatureAlgorithms ?? [], keyShares]) {
      assert.ok(
        list.every((point) => Number.isInteger(point) && point > 0 && point < 0xffff),
        name,
      );
    }
    assert.equal(keyShares.length > 0, protocols.includes('TLSv1.3'), name);
    assert.ok(
      keyShares.every((share) => groups?.includes(share)),
      name,
    );
    assert.equal(signatureAlgorithms !== undefined, protocols.includes('TLSv1.2'), name);
  }
});

test('nearly all suites that clients name have a row of their own', () => {
  const known = new Set(cipherSuites.map(({ id }) => id));
  const others = new Set(
    knownClients()
      .flatMap((client) => client.cipherSuites)
      .filter((id) => !known.has(id)),
  );
  // Drafts of ChaCha20, LibreSSL's Camellia and GOST suites, Microsoft's suites of SSL 2.0 and of export.
  assert.deepEqual([...others].map((id) => id.toString(16)).sort(), [
    '62',
    '63',
    '64',
    '81',
    'cc13',
    'cc14',
    'cc15',
    'ff85',
  ]);
});
