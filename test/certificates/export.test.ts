import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderedChain, pkcs7Bundle } from '../../src/certificates/export/bundle.ts';
import { type CopyKind, copyAs, copyKinds } from '../../src/certificates/export/copy-as.ts';
import { createRequest, loadSubjectCheck } from '../../src/certificates/export/request.ts';
import { lintRequest } from '../../src/certificates/lint/request.ts';
import { certificatesIn, readObjects, readPem } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { certificate, certificates, fixtureText, now } from './fixtures.ts';

const copy = (kind: CopyKind) =>
  copyAs(kind, certificate('leaf.pem'), { now, file: '/srv/tls/a b.pem', keyFile: '/k' });

test('PEM is the file’s own', () => {
  assert.equal(copy('pem'), fixtureText('leaf.pem'));
});

test('a TLSA record pins the key', () => {
  const { spkiSha256 } = certificate('leaf.pem');
  assert.equal(
    copy('tlsa'),
    ['example.com', 'www.example.com', 'api.example.com']
      .map((name) => `_443._tcp.${name}. IN TLSA 3 1 1 ${spkiSha256}\n`)
      .join(''),
  );
  const one = { ...certificate('leaf.pem'), subjectAltNames: ['DNS:*.example.com', 'DNS:example.com', 'IP:192.0.2.1'] };
  assert.equal(copyAs('tlsa', one, { now }), `_443._tcp.example.com. IN TLSA 3 1 1 ${spkiSha256}`);
  assert.match(copyAs('tlsa', certificate('root.pem'), { now }), /^_443\._tcp\.example\.com\. IN TLSA 2 1 1 /);
});

test('CAA allows wildcards only where the certificate has one', () => {
  assert.equal(
    copy('caa'),
    'example.com. IN CAA 0 issue "ca.example.net"\nexample.com. IN CAA 0 issuewild "ca.example.net"\n',
  );
});

test('CAA stands at each topmost name, and holds for those below', () => {
  const names = ['DNS:www.example.org', 'DNS:*.example.com', 'DNS:a.b.example.com', 'DNS:example.com', 'IP:192.0.2.1'];
  assert.equal(
    copyAs(
      'caa',
      { ...certificate('leaf.pem'), subjectAltNames: names, issuer: "CN=R10,O=Let's Encrypt,C=US" },
      { now },
    ),
    [
      'www.example.org. IN CAA 0 issue "letsencrypt.org"',
      'example.com. IN CAA 0 issue "letsencrypt.org"',
      'example.com. IN CAA 0 issuewild "letsencrypt.org"',
      '',
    ].join('\n'),
  );
});

test('paths are quoted as each server wants it', () => {
  assert.match(copy('nginx'), /ssl_certificate "\/srv\/tls\/a b\.pem";/);
  assert.match(copy('apache'), /SSLCertificateFile "\/srv\/tls\/a b\.pem"/);
  assert.equal(copy('openssl'), "openssl x509 -in '/srv/tls/a b.pem' -noout -text");
});

test('a Kubernetes Secret holds the certificate and no key', () => {
  const [, encoded = ''] = /tls\.crt: (\S+)/.exec(copy('kubernetes')) ?? [];
  assert.equal(Buffer.from(encoded, 'base64').toString(), fixtureText('leaf.pem'));
  assert.match(copy('kubernetes'), /tls\.key: ""/);
});

test('every kind gives something for every certificate', () => {
  for (const name of ['leaf.pem', 'empty-subject.pem', 'root.pem', 'hostile.pem']) {
    for (const kind of copyKinds) assert.ok(copyAs(kind, certificate(name), { now }).length > 10, `${kind} of ${name}`);
  }
});

test('a chain is put in order, without its root', () => {
  const pool = certificates('root.pem', 'intermediate.pem', 'leaf.pem');
  const leaf = pool[2] ?? certificate('leaf.pem');
  assert.deepEqual(
    orderedChain(leaf, pool, { crypto: nodeCrypto, now }).map((each) => each.subject.split(',')[0]),
    ['CN=example.com', 'CN=Example Intermediate'],
  );
});

test('PKCS #7 that is written is read again', () => {
  const chain = certificates('fullchain.pem');
  assert.deepEqual(
    certificatesIn(readObjects(pkcs7Bundle(chain), nodeCrypto)).map((each) => each.sha256),
    chain.map((each) => each.sha256),
  );
});

test('a new key and its request belong together, and pass the preflight', async () => {
  for (const key of ['ecdsa-p256', 'rsa-2048'] as const) {
    const made = await createRequest({ names: ['example.org', '8.8.8.8'], key, mustStaple: true });
    const [privateKey] = readPem(made.privateKey, nodeCrypto).objects;
    const [request] = readPem(made.request, nodeCrypto).objects;
    assert.ok(privateKey?.kind === 'privateKey' && request?.kind === 'request');
    assert.equal(privateKey.key.spkiSha256, request.request.spkiSha256);
    assert.equal(request.request.signature, 'good');
    assert.equal(request.request.subject, 'CN=example.org');
    assert.deepEqual(request.request.subjectAltNames, ['DNS:example.org', 'IP:8.8.8.8']);
    assert.deepEqual(
      lintRequest(request.request).map(({ rule, severity }) => `${severity} ${rule}`),
      ['information certificate-must-staple'],
    );
  }
});

test('a subject is written as RFC 4514 has it: the last part comes first', async () => {
  const isSubject = await loadSubjectCheck();
  for (const subject of ['CN=example.org,O=Müller\\, Söhne,C=DE', 'emailAddress=a@example.org,serialNumber=5']) {
    assert.ok(isSubject(subject), subject);
    const made = await createRequest({ names: ['example.org'], key: 'ecdsa-p256', subject });
    const [request] = readPem(made.request, nodeCrypto).objects;
    assert.equal(request?.kind === 'request' && request.request.subject, subject);
  }
  for (const text of ['CN', 'CN=', 'X=1', 'example.org']) assert.ok(!isSubject(text), text);
});

test('the preflight says what a public CA will refuse', async () => {
  const made = await createRequest({ names: ['db.internal', '10.0.0.1'], key: 'ecdsa-p256' });
  const [request] = readPem(made.request, nodeCrypto).objects;
  assert.ok(request?.kind === 'request');
  assert.deepEqual(
    lintRequest(request.request).map(({ rule }) => rule),
    ['certificate-internal-name', 'certificate-internal-name'],
  );
});
