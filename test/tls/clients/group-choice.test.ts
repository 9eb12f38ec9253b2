import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, knownClients } from '../../../src/tls/clients/clients.ts';
import { newerGroup, olderGroup } from '../../../src/tls/clients/group-choice.ts';
import { evaluateGroups } from '../../../src/tls/groups.ts';

const client = (name: string) => knownClients().find((one) => one.name === name) as Client;
const server = (list: string, openssl: string, byServer = false) => ({
  ranks: evaluateGroups(list, { openssl, securityLevel: 2 }).ranks,
  byServer,
  openssl,
});

test('since OpenSSL 3.5 a better rank is worth a second hello, before that a key that is there is taken', () => {
  const chrome = client('Chrome 101 / Win 10');
  const list = 'P-384:X25519';
  assert.equal(newerGroup(chrome, server(list, '3.0'))?.name, 'x25519');
  assert.equal(newerGroup(chrome, server(list, '3.5'))?.name, 'x25519');
  assert.equal(newerGroup(chrome, server('P-384/X25519', '3.5'))?.name, 'secp384r1');
  assert.equal(newerGroup(chrome, server('P-384:P-521', '3.0'))?.name, 'secp384r1');
});

test('post-quantum exchange is for those who have it', () => {
  assert.equal(newerGroup(client('Chrome 137 / Win 11'), server('auto', '3.5'))?.name, 'X25519MLKEM768');
  assert.equal(newerGroup(client('Java 21'), server('auto', '3.5'))?.name, 'x25519');
  assert.equal(newerGroup(client('Chrome 137 / Win 11'), server('X25519:P-256', '3.5'))?.name, 'x25519');
  assert.equal(newerGroup(client('Java 21'), server('X25519MLKEM768', '3.5')), undefined);
});

test('up to TLS 1.2 one side’s order counts', () => {
  const old = client('OpenSSL 1.0.2e');
  assert.equal(olderGroup(old, server('P-384:P-256', '3.5', true))?.name, 'secp384r1');
  assert.equal(olderGroup(old, server('P-384:P-256', '3.5'))?.name, 'secp256r1');
  assert.equal(olderGroup(client('IE 8 / XP'), server('auto', '3.5')), undefined);
});
