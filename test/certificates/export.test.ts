import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderedChain, pkcs7Bundle } from '../../src/certificates/export/bundle.ts';
import { type CopyKind, copyAs, copyKinds } from '../../src/certificates/export/copy-as.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
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
