import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRequestNames } from '../../../src/acme/client/client.ts';
import { createPrivateKeyPem } from '../../../src/acme/keys/keys.ts';
import { makeRequest } from '../../../src/acme/keys/make-request.ts';
import { encodePem } from '../../../src/certificates/pem/armour.ts';

test('acme-client reads the names and addresses of a request that is made here', async () => {
  const identifiers = [
    { type: 'dns', value: 'a.example' },
    { type: 'dns', value: '*.b.example' },
    { type: 'dns', value: 'xn--bcher-kva.example' },
    { type: 'ip', value: '192.0.2.1' },
    { type: 'ip', value: '2001:db8::1' },
  ] as const;
  const request = makeRequest(identifiers, await createPrivateKeyPem('ecdsa-p256'));
  const names = await readRequestNames(encodePem('CERTIFICATE REQUEST', request));
  assert.deepEqual(
    names,
    identifiers.map(({ value }) => value),
  );
});
