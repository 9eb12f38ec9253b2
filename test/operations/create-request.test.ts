import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintRequest } from '../../src/certificates/lint/request.ts';
import { readPem } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { createRequest } from '../../src/operations/create-request.ts';

test('a new key and its request belong together, and pass the preflight', async () => {
  const subject = 'emailAddress=a@example.org,CN=example.org,L=K\u00f6ln+OU=a\\, b,O=Example Ltd,C=DE';
  for (const key of ['ecdsa-p256', 'rsa-2048'] as const) {
    const made = await createRequest({ names: ['example.org', '8.8.8.8'], key, subject });
    const [privateKey] = readPem(made.privateKey, nodeCrypto).objects;
    const [request] = readPem(made.request, nodeCrypto).objects;
    assert.ok(privateKey?.kind === 'privateKey' && request?.kind === 'request');
    assert.equal(privateKey.key.spkiSha256, request.request.spkiSha256);
    assert.equal(request.request.signature, 'good');
    assert.equal(request.request.subject, subject);
    assert.deepEqual(request.request.subjectAltNames, ['DNS:example.org', 'IP:8.8.8.8']);
    assert.deepEqual(lintRequest(request.request), []);
  }
});

test('the preflight says what a public CA will refuse', async () => {
  const made = await createRequest({ names: ['db.internal', '10.0.0.1'], key: 'ecdsa-p256', subject: '' });
  const [request] = readPem(made.request, nodeCrypto).objects;
  assert.ok(request?.kind === 'request');
  assert.deepEqual(
    lintRequest(request.request).map(({ rule }) => rule),
    ['certificate-internal-name', 'certificate-internal-name'],
  );
});

test('what is no name, and what is no part of a subject, is named', async () => {
  const made = (name: string, subject: string) => createRequest({ names: [name], key: 'ecdsa-p256', subject });
  await assert.rejects(made('a b', ''), /^Error: "a b" is no domain name\.$/);
  await assert.rejects(
    made('example.org', 'CN=example.org,X=y'),
    /A subject has no part named X\. Write pairs such as CN=/,
  );
});
