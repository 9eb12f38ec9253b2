import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evaluateGroups } from '../../src/tls/groups.ts';
import { findGroup, groupNames } from '../../src/tls/named-groups.ts';

const names = (text: string, openssl = '3.5', securityLevel = 2) =>
  evaluateGroups(text, { openssl, securityLevel }).groups.map(({ name }) => name);
const accepted = (text: string, openssl: string) =>
  evaluateGroups(text, { openssl, securityLevel: 0 }).error === undefined;

test('each release takes the lists that it really takes', () => {
  const rows = readFileSync('test/fixtures/tls/group-lists.tsv', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  for (const row of rows) {
    const [openssl = '', verdict, text = ''] = row.split('\t');
    assert.equal(accepted(text, openssl), verdict === 'ok', row);
  }
  assert.ok(rows.length > 80);
});

test('the default is the release’s own', () => {
  assert.deepEqual(names('auto', '1.1.1'), ['x25519', 'secp256r1', 'x448', 'secp521r1', 'secp384r1']);
  assert.equal(names('auto', '3.0')[5], 'ffdhe2048');
  assert.deepEqual(names('DEFAULT'), [
    ...['X25519MLKEM768', 'x25519', 'secp256r1', 'x448', 'secp384r1', 'secp521r1', 'ffdhe2048', 'ffdhe3072'],
  ]);
  assert.ok(evaluateGroups('auto', { openssl: '3.5', securityLevel: 2 }).isDefault);
  assert.deepEqual(names('auto', '3.5', 4), ['X25519MLKEM768', 'x448', 'secp384r1', 'secp521r1']);
});

test('lists of 3.5 take groups away and name each once', () => {
  assert.deepEqual(names('DEFAULT:-X25519:-X25519MLKEM768').slice(0, 2), ['secp256r1', 'x448']);
  assert.deepEqual(names('P-256:DEFAULT').slice(0, 2), ['secp256r1', 'X25519MLKEM768']);
  assert.deepEqual(names('X25519 :?foo / *P-256'), ['x25519', 'secp256r1']);
  assert.deepEqual(names('X25519:-X25519'), []);
  assert.deepEqual(names(''), []);
});

test('an unknown group says why', () => {
  const unknown = (text: string, openssl = '3.5') => {
    const { unknown: found } = evaluateGroups(text, { openssl, securityLevel: 2 });
    return found.map(({ word, fatal, since, suggestion }) => [word, fatal, since, suggestion]);
  };
  assert.deepEqual(unknown('X25519MLKEM768:X25519', '3.0'), [['X25519MLKEM768', true, '3.5', undefined]]);
  assert.deepEqual(unknown('p-256', '3.0'), [['p-256', true, undefined, 'secp256r1']]);
  assert.deepEqual(unknown('secp256r1', '1.1.1'), [['secp256r1', true, undefined, 'prime256v1']]);
  assert.deepEqual(unknown('X25591'), [['X25591', true, undefined, 'X25519']]);
  assert.deepEqual(unknown('X25519Kyber768Draft00'), [['X25519Kyber768Draft00', true, undefined, 'X25519MLKEM768']]);
  assert.deepEqual(unknown('p256_kyber768'), [['p256_kyber768', true, undefined, 'SecP256r1MLKEM768']]);
  assert.equal(unknown('X25519Kyber768', '3.0')[0]?.[3], undefined);
  assert.deepEqual(unknown('?secp256r2:X25519'), [['secp256r2', false, undefined, 'secp256r1']]);
});

test('what stands before a name is part of the list too', () => {
  const reason = (text: string) => evaluateGroups(text, { openssl: '3.5', securityLevel: 2 }).error?.reason;
  assert.equal(reason('X25519:-DEFAULT'), '"-" before DEFAULT');
  assert.equal(reason('X25519:**P-256'), '"**" before a name');
  assert.equal(reason('*X448:*P-256:*P-384:DEFAULT'), '"*" before more than 4 groups');
  // What takes a place away needs none.
  assert.equal(reason('*X25519:*P-256:*P-384:*P-521:-P-521:*X448'), undefined);
  assert.equal(reason('P-256:*P-256:*X448:*P-384:DEFAULT'), undefined);
});

test('post-quantum groups are marked, and are for TLS 1.3 alone', () => {
  const group = findGroup('x25519mlkem768', '3.5');
  assert.deepEqual([group?.postQuantum, group?.tls12, group?.tls13], [true, false, true]);
  assert.ok(!groupNames('3.0').includes('MLKEM768'));
  assert.ok(groupNames('1.1.1').includes('prime256v1'));
});

test('a list of names behind "?" alone that are not known is refused before 3.5, which offers no group then', () => {
  assert.ok(!accepted('?X25519MLKEM768', '3.3'));
  assert.ok(!accepted('?X25519MLKEM768', '3.4'));
  assert.ok(accepted('?X25519MLKEM768:X25519', '3.4'));
  assert.ok(accepted('?X25519Kyber768Draft00', '3.5'));
  assert.deepEqual(names('?X25519Kyber768Draft00', '3.5'), []);
});

test('curves that came before a release are told from those that came with it', () => {
  const names = ['X448', 'X25519', 'P-256', 'prime256v1', 'secp384r1'];
  const unknown = (openssl: string) =>
    names.filter((name) => evaluateGroups(name, { openssl, securityLevel: 1 }).unknown.length > 0);
  assert.deepEqual(unknown('1.0.2'), ['X448', 'X25519']);
  assert.deepEqual(unknown('1.1.0'), ['X448']);
  assert.deepEqual(unknown('1.1.1'), []);
});
