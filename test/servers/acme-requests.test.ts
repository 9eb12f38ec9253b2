import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { createPrivateKeyPem } from '../../src/acme/keys/keys.ts';
import { makeRequest } from '../../src/acme/keys/make-request.ts';
import { keyTypes } from '../../src/acme/plan/plan.ts';
import { encodePem } from '../../src/certificates/pem/armour.ts';

test('a signing request asks for OCSP Must-Staple where the plan wants it', async () => {
  const identifiers = [{ type: 'dns', value: 'a.test' }] as const;
  const key = await createPrivateKeyPem('ecdsa-p256');
  const text = (mustStaple: boolean): string =>
    execFileSync('openssl', ['req', '-verify', '-noout', '-text'], {
      input: encodePem('CERTIFICATE REQUEST', makeRequest(identifiers, key, mustStaple)),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  assert.match(text(true), /TLS Feature:\s+status_request/);
  assert.doesNotMatch(text(false), /TLS Feature/);
});

for (const type of keyTypes) {
  test(`OpenSSL verifies a signing request by a key of type ${type}`, async () => {
    const identifiers = [
      { type: 'dns', value: '*.example.test' },
      { type: 'ip', value: '2001:db8::1' },
    ] as const;
    const request = encodePem('CERTIFICATE REQUEST', makeRequest(identifiers, await createPrivateKeyPem(type)));
    const text = execFileSync('openssl', ['req', '-verify', '-noout', '-text'], {
      input: request,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    assert.match(text, /Subject Alternative Name: critical\s+DNS:\*\.example\.test, IP Address:2001:DB8:0:0:0:0:0:1/);
  });
}
