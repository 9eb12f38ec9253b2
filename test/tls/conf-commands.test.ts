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
  const problem = (command: string, value: string, openssl: string) => {
    const found = confValueProblem(command, value, openssl, 'nginx');
    return found && `${found.reason}; ${found.instead ?? '-'}`;
  };
  assert.equal(
    problem('SignatureAlgorithms', 'ed25519:mldsa65', '3.0.17'),
    'mldsa65 is no signature algorithm before OpenSSL 3.5; -',
  );
  assert.ok(problem('SignatureAlgorithms', '?nosuch:ed25519', '3.0.17'));
  assert.equal(problem('Options', 'ServerPreference,ktls', '1.1.1w'), 'KTLS is no option of OpenSSL before 3.0; -');
  assert.equal(problem('Options', 'ServerPreference,ktls', '3.0.17'), undefined);
  assert.equal(problem('Options', 'PreferNoDHEKEX', '3.2.1'), 'PreferNoDHEKEX is no option of OpenSSL before 3.3; -');
});

test('OpenSSL 1.1.1 and 3.0 mind case, spelling and repetition in lists of signature algorithms', () => {
  const instead = (value: string) => confValueProblem('SignatureAlgorithms', value, '3.0.17', 'nginx')?.instead;
  // As `sigalgs` of Node 16 and 18 takes them.
  for (const value of ['RSA+SHA256', 'RSA+sha256', 'PSS+SHA256', 'rsa_pss_rsae_sha256', 'rsa_pkcs1_sha224', ' ed448'])
    assert.equal(confValueProblem('SignatureAlgorithms', value, '1.1.1w', 'nginx'), undefined, value);
  assert.equal(instead('rsa+sha256'), 'RSA+SHA256');
  assert.equal(instead('RSA_PSS_RSAE_SHA256'), 'rsa_pss_rsae_sha256');
  assert.equal(instead('dsa_sha256'), 'DSA+SHA256');
  assert.equal(instead('ecdsa_sha224'), 'ECDSA+SHA224');
  assert.equal(instead('RSA+SHA256:ed25519:RSA+SHA256'), 'RSA+SHA256:ed25519');
  assert.equal(instead('RSA-PSS+SHA256:rsa_pss_rsae_sha256'), 'RSA-PSS+SHA256');
  assert.ok(confValueProblem('SignatureAlgorithms', 'ecdsa_brainpoolP256r1_sha256', '3.0.17', 'nginx'));
  assert.equal(confValueProblem('SignatureAlgorithms', 'rsa+sha256:rsa+sha256', '3.2.0', 'nginx'), undefined);
  assert.equal(confValueProblem('SignatureAlgorithms', 'gostr34102012_256', '3.0.17', 'nginx'), undefined);
});

test('nginx tells OpenSSL that it is a client too', () => {
  for (const value of ['Peer', '-PEER', 'Once, Peer']) {
    assert.equal(confValueProblem('VerifyMode', value, '3.5.9', 'nginx'), undefined);
    assert.ok(confValueProblem('VerifyMode', value, '3.5.9', 'apache'));
  }
});
