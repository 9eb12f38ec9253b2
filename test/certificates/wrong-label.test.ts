import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { readConfiguredFile } from '../../src/certificates/configured-file.ts';
import { writePkcs12 } from '../../src/certificates/export/pkcs12.ts';
import { inspectObjects } from '../../src/certificates/inspect.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { encodePem } from '../../src/certificates/pem/armour.ts';
import { scanPem } from '../../src/certificates/pem/pem.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { inspectText } from '../../src/report/inspect-text.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { certificates, fixture, fixtureText, now } from './fixtures.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;
const cipher = { cipher: 'aes-256-cbc', passphrase: 'secret' };
const contents: Readonly<Record<string, Uint8Array>> = {
  'PKCS #1': rsa.export({ format: 'der', type: 'pkcs1' }),
  'SEC 1': ec.export({ format: 'der', type: 'sec1' }),
  'PKCS #8 with RSA': rsa.export({ format: 'der', type: 'pkcs8' }),
  'PKCS #8 with EC': ec.export({ format: 'der', type: 'pkcs8' }),
  'PKCS #8 with Ed25519': ed.export({ format: 'der', type: 'pkcs8' }),
  'encrypted PKCS #8': rsa.export({ format: 'der', type: 'pkcs8', ...cipher }),
};

/** What OpenSSL 3.5 takes under each label (PEM_read_bio_PrivateKey); it refuses all else. */
const taken: Readonly<Record<string, readonly string[]>> = {
  'RSA PRIVATE KEY': ['PKCS #1', 'PKCS #8 with RSA'],
  'EC PRIVATE KEY': ['SEC 1', 'PKCS #8 with EC'],
  'ED25519 PRIVATE KEY': [],
  'PRIVATE KEY': ['PKCS #8 with RSA', 'PKCS #8 with EC', 'PKCS #8 with Ed25519', 'encrypted PKCS #8'],
  'ENCRYPTED PRIVATE KEY': ['PKCS #8 with RSA', 'PKCS #8 with EC', 'PKCS #8 with Ed25519', 'encrypted PKCS #8'],
};

for (const [label, accepted] of Object.entries(taken)) {
  test(`a key called ${label} is read by what it is, and refused where OpenSSL refuses it`, () => {
    for (const [name, der] of Object.entries(contents)) {
      const { problems, keyPins, keyKinds } = readConfiguredFile(Buffer.from(encodePem(label, der)), nodeCrypto);
      assert.equal(problems.length === 0, accepted.includes(name), `${name}: ${problems.join(' ')}`);
      const isOpen = name !== 'encrypted PKCS #8';
      assert.deepEqual([keyPins.length, keyKinds[0] === 'encrypted'], [isOpen ? 1 : 0, !isOpen], name);
    }
  });
}

test('a key of OpenSSH is refused, and not taken for that of another certificate', () => {
  const vector = (bytes: string | Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, Buffer.from(bytes)]);
  };
  const point = createPublicKey(ed).export({ format: 'der', type: 'spki' }).subarray(-32);
  const publicKey = Buffer.concat([vector('ssh-ed25519'), vector(point)]);
  const none = [vector('none'), vector('none'), vector('')];
  const one = Buffer.from([0, 0, 0, 1]);
  const der = Buffer.concat([Buffer.from('openssh-key-v1\0'), ...none, one, vector(publicKey), vector('private')]);
  const text = encodePem('OPENSSH PRIVATE KEY', der);
  const { problems, keyPins, keyKinds } = readConfiguredFile(Buffer.from(text), nodeCrypto);
  assert.deepEqual([keyPins, keyKinds], [[], ['Ed25519']]);
  assert.match(problems.join(), /^The key is in the format of OpenSSH/);
  // Beside a certificate the server may have its key from elsewhere.
  assert.deepEqual(readConfiguredFile(Buffer.from(fixtureText('leaf.pem') + text), nodeCrypto).problems, []);
  assert.deepEqual(readObjects(Buffer.from(text), nodeCrypto).problems, []);
});

test('whatever the label says, the key is that of its certificate', () => {
  const pins = (label: string, name: string) =>
    readConfiguredFile(Buffer.from(encodePem(label, contents[name] ?? new Uint8Array())), nodeCrypto).keyPins;
  assert.deepEqual(pins('RSA PRIVATE KEY', 'PKCS #8 with RSA'), pins('RSA PRIVATE KEY', 'PKCS #1'));
  assert.deepEqual(pins('EC PRIVATE KEY', 'PKCS #8 with EC'), pins('PRIVATE KEY', 'PKCS #8 with EC'));
});

test('a block that holds something else than it says is read as that, and the fix names it', () => {
  const [certificate, request] = [fixtureText('leaf.pem'), fixtureText('request.pem')].map(
    (text) => scanPem(text).blocks[0]?.bytes,
  );
  const cases = [
    ['CERTIFICATE', request, 'CERTIFICATE REQUEST', 'request'],
    ['PUBLIC KEY', certificate, 'CERTIFICATE', 'certificate'],
    ['PRIVATE KEY', certificate, 'CERTIFICATE', 'certificate'],
    ['CERTIFICATE', contents['PKCS #1'], 'RSA PRIVATE KEY', 'privateKey'],
    ['PRIVATE KEY', contents['SEC 1'], 'EC PRIVATE KEY', 'privateKey'],
  ] as const;
  for (const [label, der = new Uint8Array(), held, kind] of cases) {
    const text = encodePem(label, der);
    const { objects, problems } = readObjects(Buffer.from(text), nodeCrypto);
    assert.deepEqual([objects.map((object) => object.kind), problems.map(({ id }) => id)], [[kind], ['wrong-label']]);
    assert.match(
      problems[0]?.message ?? '',
      new RegExp(`^The block is called “${label}” and holds .*, which OpenSSL reads as “${held}” alone\\.$`),
    );
    assert.equal(
      applyEdits(
        text,
        problems.flatMap(({ fix }) => fix ?? []),
      ),
      encodePem(held, der),
    );
  }
});

test('base64 without its lines gets those of what it is', () => {
  const [bare = ''] = encodePem('', contents['PKCS #8 with EC'] ?? new Uint8Array()).match(/(?<=-\n)[^-]+/) ?? [];
  const { objects, problems } = readObjects(Buffer.from(bare), nodeCrypto);
  assert.deepEqual([objects[0]?.kind, problems.map(({ id }) => id)], ['privateKey', ['no-armour']]);
  assert.match(
    applyEdits(
      bare,
      problems.flatMap(({ fix }) => fix ?? []),
    ),
    /^-----BEGIN PRIVATE KEY-----\n/,
  );
});

test('a key that is cut off is not called encrypted', () => {
  const der = contents['PKCS #8 with RSA'] ?? new Uint8Array();
  const content = readObjects(Buffer.from(encodePem('PRIVATE KEY', der.subarray(0, 300))), nodeCrypto);
  const text = inspectText(inspectObjects(content, { crypto: nodeCrypto, now }), now);
  assert.doesNotMatch(text, /not known while it is encrypted/);
  assert.match(text, /Problem +An element says it has/);
});

test('PKCS #12 in base64 is opened, with armour of Windows or none', () => {
  const privateKey = contents['PKCS #8 with EC'] ?? new Uint8Array();
  const input = { privateKey, certificates: certificates('leaf.pem'), password: 'secret' };
  const armoured = encodePem('CERTIFICATE', writePkcs12(input, nodeCrypto));
  for (const text of [armoured, armoured.replace(/-----.*-----\n/g, '')]) {
    const { format, objects, problems } = readObjects(Buffer.from(text), nodeCrypto, { passwords: ['secret'] });
    assert.deepEqual([format, objects.map(({ kind }) => kind)], ['pkcs12', ['privateKey', 'certificate']]);
    assert.match(problems[0]?.message ?? '', /^This is a PKCS #12 file in base64\. Decode it/);
  }
});

test('a certificate in another container is left alone', () => {
  assert.deepEqual(readObjects(fixture('bundle.p7b'), nodeCrypto).problems, []);
});
