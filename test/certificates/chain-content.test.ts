import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, integer, oid, sequence } from '../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { examineContent } from '../../src/certificates/chain/content.ts';
import { readContainer } from '../../src/certificates/container.ts';
import { writePkcs12 } from '../../src/certificates/export/pkcs12.ts';
import { createRequest } from '../../src/certificates/export/request.ts';
import { inspectObjects } from '../../src/certificates/inspect.ts';
import { recordsIn } from '../../src/certificates/inventory/file.ts';
import { examineInventory } from '../../src/certificates/inventory/findings.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import type { Crypto } from '../../src/host/host.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { certificates, fixtureText, now } from './fixtures.ts';

const options = { crypto: nodeCrypto, now };

const encoded = (...names: readonly string[]) => Buffer.from(names.map(fixtureText).join('')).toString('base64');

async function yaml(...lines: readonly string[]) {
  return readContainer('secret.yaml', new TextEncoder().encode(lines.join('\n')), nodeCrypto);
}

const problems = (chain: { readonly problems: readonly { readonly id: string; readonly message: string }[] }) =>
  chain.problems.map(({ id, message }) => `${id} ${message}`);

test('each key of a Secret is a chain of its own', async () => {
  const good = await yaml(
    'kind: Secret',
    'data:',
    `  ca.crt: ${encoded('root.pem')}`,
    `  tls.crt: ${encoded('fullchain.pem')}`,
    `  other.crt: ${encoded('leaf.pem', 'intermediate.pem')}`,
  );
  const chain = examineContent(good, options);
  assert.deepEqual(problems(chain), []);
  assert.equal(chain.leaf?.isCa, false);
  assert.ok(chain.complete && chain.ordered);

  const bad = await yaml(
    'kind: Secret',
    'data:',
    `  tls.crt: ${encoded('intermediate.pem', 'leaf.pem')}`,
    '---',
    'data:',
    `  tls.crt: ${encoded('fullchain.pem')}`,
  );
  const { ordered, complete, problems: found } = examineContent(bad, options);
  assert.deepEqual([ordered, complete], [false, true]);
  assert.deepEqual(found, [
    {
      id: 'wrong-order',
      index: 1,
      message:
        'document 1: data.tls.crt: “example.com” has to come first; it is number 2. Put it at the top, and after each certificate its issuer.',
    },
  ]);
});

test('an issuer that another key of the file has is to be appended from there', async () => {
  const split = await yaml('AWS:', `  Certificate: ${encoded('leaf.pem')}`, `  Chain: ${encoded('intermediate.pem')}`);
  assert.match(
    problems(examineContent(split, options)).join(),
    /^missing-intermediate The certificate of the issuer, .* refuse the connection\. It is in AWS\.Chain; append it\.$/,
  );
});

test('JSON is read as YAML is', async () => {
  const text = JSON.stringify({ Certificates: [{ certificate: encoded('fullchain.pem') }] });
  const { objects, problems } = await readContainer('acme.json', new TextEncoder().encode(text), nodeCrypto);
  assert.deepEqual(
    objects.map(({ kind, source }) => [kind, source.entry]),
    Array(2).fill(['certificate', 'Certificates[0].certificate']),
  );
  assert.deepEqual(problems, []);
});

test('binary containers in YAML are known by their content, whatever their key is called', async () => {
  const [leaf] = certificates('leaf.pem') as [Certificate];
  const store = javaKeyStore([{ alias: 'web', chain: [leaf] }]);
  const { objects } = await yaml(
    'data:',
    `  one: ${Buffer.from(leaf.der).toString('base64')}`,
    `  two: ${Buffer.from(store).toString('base64')}`,
    // DER, and nothing that is known.
    `  three: ${Buffer.from([0x30, 60, ...Array(60).fill(0)]).toString('base64')}`,
  );
  assert.deepEqual(
    objects.map(({ kind, source }) => [kind, source.entry]),
    [
      ['certificate', 'data.one'],
      ['privateKey', 'data.two web'],
      ['certificate', 'data.two web'],
    ],
  );
});

test('a key of a Secret that is not its certificate’s is told about', async () => {
  const { privateKey } = await createRequest({ names: ['example.com'], key: 'ecdsa-p256' });
  const content = await yaml(
    'data:',
    `  tls.key: ${Buffer.from(privateKey).toString('base64')}`,
    `  tls.crt: ${encoded('leaf.pem')}`,
  );
  const [finding, ...more] = inspectObjects(content, options).findings;
  assert.equal(finding?.rule, 'certificate-key-mismatch');
  assert.match(finding?.message ?? '', /^data\.tls\.key is not the key of data\.tls\.crt \(“example\.com”\)/);
  assert.deepEqual(more, []);
  const keys = recordsIn(content).keys.map((key) => ({ ...key, file: 'secret.yaml', mode: undefined }));
  assert.deepEqual(
    examineInventory({ certificates: [], keys }).map(({ rule, files }) => [rule, ...files]),
    [['certificate-key-mismatch', 'secret.yaml']],
  );
});

test('aliases of a key store are chains of their own, and what it trusts is in none', () => {
  const [leaf, intermediate] = certificates('fullchain.pem') as [Certificate, Certificate];
  const [root] = certificates('root.pem') as [Certificate];
  const chainOf = (...entries: readonly StoreEntry[]) =>
    examineContent(readObjects(javaKeyStore(entries), nodeCrypto), options);
  assert.deepEqual(
    problems(chainOf({ alias: 'ca', trusted: root }, { alias: 'web', chain: [leaf, intermediate] })),
    [],
  );
  assert.deepEqual(problems(chainOf({ alias: 'peer', trusted: leaf }, { alias: 'ca', trusted: root })), []);
  assert.deepEqual(
    chainOf({ alias: 'a', chain: [leaf, intermediate] }, { alias: 'b', chain: [leaf] }).problems.map(
      ({ id, message }) => `${id} ${message.slice(0, 2)}`,
    ),
    ['missing-intermediate b:'],
  );
});

test('the order in a PKCS #12 file is no matter', async () => {
  const { privateKey } = await createRequest({ names: ['example.com'], key: 'ecdsa-p256' });
  const der = Buffer.from(privateKey.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  const chainOf = (...names: readonly string[]) => {
    const input = { privateKey: der, certificates: certificates(...names), password: 'secret' };
    return examineContent(readObjects(writePkcs12(input, nodeCrypto), nodeCrypto, { passwords: ['secret'] }), options);
  };
  assert.deepEqual(problems(chainOf('root.pem', 'intermediate.pem', 'leaf.pem', 'self-signed.pem')), []);
  assert.deepEqual(
    chainOf('leaf.pem').problems.map(({ id }) => id),
    ['missing-intermediate'],
  );
});

test('who signed is not claimed where that cannot be checked', () => {
  const blind: Crypto = { ...nodeCrypto, verify: () => 'cannot-judge' };
  const stores = [{ name: 'mine', certificates: certificates('root.pem') }];
  const content = readObjects(new TextEncoder().encode(fixtureText('fullchain.pem')), nodeCrypto);
  assert.deepEqual(inspectObjects(content, { ...options, stores }).chain.trustedBy, ['mine']);
  const { trustedBy, problems } = inspectObjects(content, { ...options, crypto: blind, stores }).chain;
  assert.deepEqual(trustedBy, []);
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? '', /^Whether “Example Intermediate” signed “example\.com” cannot be checked here/);
});

type StoreEntry =
  | { readonly alias: string; readonly chain: readonly Certificate[] }
  | { readonly alias: string; readonly trusted: Certificate };

/** A JKS file without a proof of integrity, which nobody asks for without a password. */
function javaKeyStore(entries: readonly StoreEntry[]): Uint8Array {
  const number = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
  const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
  const certificate = ({ der }: Certificate) => Buffer.concat([text('X.509'), number(der.length), der]);
  const parts = entries.map((entry) =>
    'trusted' in entry
      ? [number(2), text(entry.alias), Buffer.alloc(8), certificate(entry.trusted)]
      : [
          number(1),
          text(entry.alias),
          Buffer.alloc(8),
          number(0),
          number(entry.chain.length),
          ...entry.chain.map(certificate),
        ],
  );
  return Buffer.concat([number(0xfeedfeed), number(2), number(entries.length), ...parts.flat(), Buffer.alloc(20)]);
}

test('what an OpenVPN file has between <ca> and </ca> is trusted and sent to nobody', () => {
  const content = (cert: string, indent = '') => {
    const staticKey = `-----BEGIN OpenVPN Static key V1-----\n${'0123456789abcdef'.repeat(2)}\n-----END OpenVPN Static key V1-----`;
    const text = `client\n${indent}<ca>\n${fixtureText('root.pem')}${indent}</ca>\n${indent}<cert>\n${cert}</cert>\n<tls-auth>\n${staticKey}\n</tls-auth>\n`;
    return readObjects(new TextEncoder().encode(text), nodeCrypto);
  };
  const whole = content(fixtureText('fullchain.pem'));
  assert.deepEqual(whole.problems, []);
  assert.deepEqual(
    whole.objects.map(({ kind, source }) => `${kind} ${source.trusted ?? false}`),
    ['certificate true', 'certificate false', 'certificate false', 'unreadable false'],
  );
  const chain = examineContent(whole, options);
  assert.deepEqual([chain.complete, chain.ordered, problems(chain)], [true, true, []]);
  assert.deepEqual(problems(examineContent(content(fixtureText('fullchain.pem'), '\t '), options)), []);
  assert.match(problems(examineContent(content(fixtureText('leaf.pem')), options)).join(), /^missing-intermediate /);
  // Its CA is a root of its own: nothing is missing.
  const own = examineContent(content(fixtureText('intermediate.pem')), options);
  assert.deepEqual([own.complete, problems(own)], [true, []]);
});

test('encrypted content in DER is told as what it is', () => {
  const enveloped = sequence(oid('1.2.840.113549.1.7.3'), context(0, sequence(integer(0))));
  const [object] = readObjects(enveloped, nodeCrypto).objects;
  assert.ok(object?.kind === 'unreadable' && object.isForeign === true);
  assert.match(object.reason, /CMS without signed data/);
});
