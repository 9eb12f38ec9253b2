import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeKey } from '../../src/certificates/asn1/public-key.ts';
import { context, oid, sequence } from '../../src/certificates/asn1/write.ts';
import { readContainer } from '../../src/certificates/container.ts';
import { fieldAt, fieldsOf } from '../../src/certificates/fields.ts';
import { inspectObjects, keyFields } from '../../src/certificates/inspect.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { encodePem } from '../../src/certificates/pem/armour.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { inspectText } from '../../src/report/inspect-text.ts';
import { certificate, fixture, fixtureText, now } from './fixtures.ts';

const options = { crypto: nodeCrypto, now };

const kinds = (name: string) => readObjects(fixture(name), nodeCrypto).objects.map((object) => object.kind);

test('every fixture is what its name says', () => {
  assert.deepEqual(kinds('request.pem'), ['request']);
  assert.deepEqual(kinds('revocation-list.pem'), ['crl']);
  assert.deepEqual(kinds('public-key.pem'), ['publicKey']);
  assert.deepEqual(kinds('bundle.p7b'), ['certificate', 'certificate']);
});

test('CMS of another type than signed data, as in an encrypted mail, is no mistake; half of one is', () => {
  const enveloped = sequence(oid('1.2.840.113549.1.7.3'), context(0, sequence()));
  for (const label of ['CMS', 'PKCS7']) {
    const read = (der: Uint8Array) => readObjects(Buffer.from(encodePem(label, der)), nodeCrypto).objects[0];
    const whole = read(enveloped);
    assert.equal(whole?.kind === 'unreadable' && whole.isForeign, true);
    const half = read(enveloped.subarray(0, -1));
    assert.equal(half?.kind === 'unreadable' && half.isForeign, undefined);
  }
});

test('a certificate is revoked where a list is at hand, and the CA that proves it', () => {
  const at = new Date('2026-11-26T00:00:00Z');
  const report = (names: readonly string[]) => {
    const content = readObjects(Buffer.from(names.map(fixtureText).join('')), nodeCrypto);
    return inspectObjects(content, { crypto: nodeCrypto, now: at, file: 'all.pem' });
  };
  const whole = report(['revocation-list.pem', 'leaf.pem', 'intermediate.pem']);
  assert.deepEqual(whole.objects[1]?.['revocation'], {
    date: '2026-09-15T00:00:00Z',
    reason: 'keyCompromise',
    thisUpdate: '2026-11-25T01:56:04Z',
    file: 'all.pem',
  });
  const told = inspectText(whole, at);
  assert.match(told, /^Valid for 4 more days, .* Revoked on 2026-09-15 00:00 UTC \(keyCompromise\)\.$/m);
  assert.match(
    told,
    /warning: Revoked on .*, says the list of its CA of 2026-11-25 01:56 UTC: .* \[certificate-revoked\]$/m,
  );
  assert.equal(report(['revocation-list.pem', 'leaf.pem']).objects[1]?.['revocation'], undefined);
});

test('DER needs no armour to be known', () => {
  for (const name of ['leaf.pem', 'request.pem', 'revocation-list.pem', 'public-key.pem', 'bundle.p7b']) {
    const der = Buffer.from(fixtureText(name).replace(/-----[A-Z0-9 ]+-----|\s/g, ''), 'base64');
    assert.deepEqual(
      readObjects(der, nodeCrypto).objects.map((object) => object.kind),
      kinds(name),
    );
  }
});

test('the report of inspect has the promised fields', () => {
  const report = inspectObjects(readObjects(fixture('fullchain.pem'), nodeCrypto), options);
  assert.deepEqual(report.chain, { complete: true, ordered: true, refused: false, problems: [], trustedBy: [] });
  const [leaf] = report.objects;
  assert.ok(leaf);
  assert.equal(leaf['kind'], 'certificate');
  assert.equal(leaf['notAfter'], '2026-11-30T23:59:59Z');
  assert.equal(leaf['daysLeft'], 61);
  assert.deepEqual(leaf['publicKey'], { algorithm: 'EC', bits: 256, curve: 'P-256' });
  assert.deepEqual(leaf['findings'], []);
  for (const field of ['subject', 'issuer', 'serialNumber', 'notBefore', 'subjectAltNames', 'signatureAlgorithm']) {
    assert.ok(field in leaf, field);
  }
  for (const field of ['sha256', 'sha1', 'isCa', 'keyUsage', 'extendedKeyUsage', 'extensions', 'spkiPin']) {
    assert.ok(field in leaf, field);
  }
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report, 'nothing in it is lost as JSON');
});

test('a key has its size or its curve, also where the algorithm names the curve', () => {
  assert.deepEqual(keyFields({ algorithm: 'RSA', bits: 2048 }), { algorithm: 'RSA', bits: 2048 });
  assert.deepEqual(keyFields({ algorithm: 'Ed25519' }), { algorithm: 'Ed25519', curve: 'Ed25519' });
});

test('nothing of a private key is in a report', async () => {
  const { privateKey } = await import('../../src/certificates/export/request.ts').then(({ createRequest }) =>
    createRequest({ names: ['example.com'], key: 'ecdsa-p256' }),
  );
  const content = readObjects(new TextEncoder().encode(privateKey), nodeCrypto);
  const [line = ''] = privateKey.split('\n').slice(1);
  const hex = Buffer.from(line, 'base64').subarray(38).toString('hex');
  const report = inspectObjects(content, options);
  for (const text of [JSON.stringify(report), inspectText(report, now)]) {
    assert.ok(!text.includes(line) && !text.includes(hex));
  }
});

test('whose rules a certificate is judged by is said', () => {
  const stores = [{ name: 'browsers', isPublic: true, certificates: [certificate('root.pem')] }];
  const textOf = (name: string, more: object = {}) =>
    inspectText(inspectObjects(readObjects(fixture(name), nodeCrypto), { ...options, ...more }), now);
  assert.match(textOf('fullchain.pem'), /^ {3}Judged as +of a private CA$/m);
  assert.match(textOf('fullchain.pem', { stores }), /^ {3}Judged as +public, so the rules of public CAs apply$/m);
  assert.doesNotMatch(textOf('root.pem'), /Judged as/);
});

test('before that it says that a certificate of the file is damaged, which servers refuse for it', () => {
  const whole = fixtureText('fullchain.pem');
  const damaged = new TextEncoder().encode(whole.replace(/(?<=BEGIN CERTIFICATE-----\n(?:.*\n){3}).*\n/, ''));
  const text = inspectText(inspectObjects(readObjects(damaged, nodeCrypto), options), now);
  assert.match(
    text,
    /^A certificate in it cannot be read, as is told below\. Beside it, Example Intermediate: Valid for /,
  );
  const other = fixtureText('leaf.pem').replaceAll('CERTIFICATE', 'ATTRIBUTE CERTIFICATE');
  const attributes = new TextEncoder().encode(other + whole);
  assert.match(inspectText(inspectObjects(readObjects(attributes, nodeCrypto), options), now), /^Valid for /);
});

test('the text starts with how long the certificate is valid', () => {
  const text = inspectText(inspectObjects(readObjects(fixture('leaf.pem'), nodeCrypto), options), now);
  assert.match(text, /^Valid for 61 more days, until 2026-11-30 23:59 UTC\.\n\n1\. Certificate\n/);
  assert.match(text, /\nChain: not complete, in order\.\n/);
});

test('a key whose algorithm has one curve is called by one name', () => {
  assert.equal(describeKey({ algorithm: 'Ed25519', curve: 'Ed25519' }), 'Ed25519');
  assert.equal(describeKey({ algorithm: 'EC', curve: 'P-256', bits: 256 }), 'EC P-256');
});

test('what is called by characters that a terminal acts on is shown without them', async () => {
  const secret = `kind: Secret\ndata: { "a\\e[31m.crt": ${Buffer.from(fixtureText('leaf.pem')).toString('base64')} }\n`;
  const content = await readContainer('secret.yaml', new TextEncoder().encode(secret), nodeCrypto);
  const stores = [{ name: 'a\u001b[31m.pem', isPublic: false, certificates: [certificate('root.pem')] }];
  const text = inspectText(inspectObjects(content, { ...options, stores }), now);
  assert.match(text, /a␛\[31m\.crt/);
  assert.ok(!text.includes('\u001b'));
});

test('of certificates that are only badly written is said how to get them right', () => {
  const text = (pem: string) =>
    inspectText(inspectObjects(readObjects(new TextEncoder().encode(pem), nodeCrypto), options), now);
  const pem = fixtureText('leaf.pem');
  assert.match(text(pem.replace(/\n/g, ' ')), /^error: Armour and content stand on one line\.$/m);
  assert.match(text(pem.replace(/\n/g, ' ')), /"tls-workbench convert" writes the certificates/);
  assert.doesNotMatch(text(pem), /convert/);
  assert.doesNotMatch(text(pem.slice(0, 400)), /convert/);
});

test('a Secret of Kubernetes shows every key, with the path of each', async () => {
  const encoded = Buffer.from(fixtureText('fullchain.pem')).toString('base64');
  const yaml = [
    'kind: List',
    'items:',
    '  - kind: Secret',
    `    data: { ca.crt: ${Buffer.from(fixtureText('root.pem')).toString('base64')}, tls.crt: ${encoded} }`,
    '    stringData:',
    '      extra: |',
    fixtureText('leaf.pem').replace(/^(?=.)/gm, '        '),
  ].join('\n');
  const content = await readContainer('secret.yaml', new TextEncoder().encode(yaml), nodeCrypto);
  assert.deepEqual(
    content.objects.map((object) => [object.kind, object.source.entry]),
    [
      ['certificate', 'items[0].data.ca.crt'],
      ['certificate', 'items[0].data.tls.crt'],
      ['certificate', 'items[0].data.tls.crt'],
      ['certificate', 'items[0].stringData.extra'],
    ],
  );
  assert.deepEqual(content.problems, []);
});

test('each byte of a certificate leads to its field', () => {
  const { der } = certificate('leaf.pem');
  const names = fieldsOf(der).map((field) => field.name);
  assert.deepEqual(names.slice(0, 8), [
    'Version',
    'Serial number',
    'Signature algorithm',
    'Issuer',
    'Not before',
    'Not after',
    'Subject',
    'Public key',
  ]);
  const usage = fieldsOf(der).find((field) => field.name === 'keyUsage');
  assert.ok(usage);
  assert.equal(fieldAt(der, usage.range.end - 1)?.value, 'critical; signatures (digitalSignature)');
  assert.equal(fieldAt(der, 0), undefined);
});

test('an empty file and a binary one get one clear message', () => {
  const messages = (bytes: Uint8Array) => readObjects(bytes, nodeCrypto).problems.map((problem) => problem.message);
  assert.deepEqual(messages(new Uint8Array(0)), ['The file is empty.']);
  assert.deepEqual(messages(Uint8Array.from({ length: 300 }, (_, index) => index * 7)), [
    'The file holds no certificate, key or other object that is known here. If it should, get it again, as PEM or copied byte for byte.',
  ]);
});
