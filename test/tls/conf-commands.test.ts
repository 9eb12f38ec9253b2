import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confValueProblem } from '../../src/tls/conf-commands.ts';
import { refused, taken } from './support/conf-values.ts';

test('values of configuration commands are judged as OpenSSL 3.5 does', () => {
  for (const [command, values] of Object.entries(taken)) {
    for (const value of values) assert.equal(confValueProblem(command, value, '3.5.9', 'apache'), undefined, value);
  }
  for (const [command, values] of Object.entries(refused)) {
    for (const value of values) assert.ok(confValueProblem(command, value, '3.5.9', 'apache'), `${command} ${value}`);
  }
});

test('what a later OpenSSL brought is refused before', () => {
  assert.ok(confValueProblem('SignatureAlgorithms', 'ed25519:mldsa65', '3.0.17', 'nginx'));
  assert.ok(confValueProblem('SignatureAlgorithms', '?nosuch:ed25519', '3.0.17', 'nginx'));
});

test('nginx tells OpenSSL that it is a client too', () => {
  for (const value of ['Peer', '-PEER', 'Once, Peer']) {
    assert.equal(confValueProblem('VerifyMode', value, '3.5.9', 'nginx'), undefined);
    assert.ok(confValueProblem('VerifyMode', value, '3.5.9', 'apache'));
  }
});
