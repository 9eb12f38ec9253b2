import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { nullValue, octetString } from '../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import type { Verifier } from '../../src/certificates/chain/edge.ts';
import { type ChainOptions, createEffort } from '../../src/certificates/chain/paths.ts';
import { examineServed } from '../../src/certificates/chain/served.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import {
  basicConstraints,
  type Contents,
  extendedKeyUsage,
  extension,
  type Key,
  keyIdentifiers,
  keyUsage,
  makeCertificate,
  makeKey,
  nameConstraints,
  nameOf,
  subjectAltNames,
} from '../servers/chains/certificate.ts';

// What each list of certificates is told as a chain, word by word. UPDATE_GOLDEN=1 writes it anew: read the difference.
const expected = 'test/fixtures/expected/certificates/chains.txt';

const now = new Date('2026-09-30T12:00:00Z');
const day = (count: number) => new Date(now.getTime() + count * 86_400_000);
const keys = new Map<string, Key>();

function keyOf(name: string): Key {
  const key = keys.get(name) ?? makeKey();
  keys.set(name, key);
  return key;
}

interface Given {
  readonly extensions?: readonly Uint8Array[];
  readonly fields?: Partial<Contents>;
  /** Whose keys, where they are others than those of the names. */
  readonly key?: string;
  readonly signer?: string;
}

function make(
  name: string,
  issuer: string,
  { extensions, fields = {}, key = name, signer = issuer }: Given,
): Certificate {
  const contents = {
    serial: 77,
    subject: nameOf('Made', name),
    issuer: nameOf('Made', issuer),
    notBefore: day(-29),
    notAfter: day(61),
    key: keyOf(key),
    extensions: [...(extensions ?? []), ...keyIdentifiers(keyOf(key), keyOf(signer))],
    ...fields,
  };
  const certificate = decodeCertificate(makeCertificate(contents, keyOf(signer)), nodeCrypto);
  if (isUndecodable(certificate)) throw new Error(certificate.reason);
  return certificate;
}

const ca = (name: string, issuer: string, given: Given = {}) =>
  make(name, issuer, { extensions: [basicConstraints(true), keyUsage(true)], ...given });
const leafOf = (issuer: string, given: Given = {}) =>
  make('a.example.org', issuer, {
    extensions: [extendedKeyUsage('serverAuth'), subjectAltNames(['DNS:a.example.org'])],
    ...given,
  });
const limited = (...more: readonly Uint8Array[]) => ({ extensions: [basicConstraints(true), keyUsage(true), ...more] });
const upTo = (length: number) => ({ extensions: [basicConstraints(true, length), keyUsage(true)] });

const [root, second, leaf] = [ca('Root', 'Root'), ca('Second', 'Root'), leafOf('Second')];
const other = leafOf('Other', { key: 'b' });

const samples: Readonly<Record<string, readonly Certificate[]>> = {
  'in order': [leaf, second],
  'with its root': [leaf, second, root],
  'the leaf last': [second, leaf],
  'the root before its issuer': [leaf, root, second],
  'the leaf twice': [leaf, leaf, second],
  'the intermediate twice, at the end': [leaf, second, second],
  'a stranger in between': [leaf, other, second],
  'a stranger at the end': [leaf, second, other],
  'a stranger first': [ca('Stranger', 'Elsewhere'), leaf, second],
  'a root of the same name with another key': [
    leaf,
    second,
    ca('Root', 'Root', { key: 'new root', signer: 'new root' }),
  ],
  'an intermediate of the same name with another key': [leaf, ca('Second', 'Root', { key: 'new second' })],
  'the intermediate issued by two': [leaf, second, ca('Second', 'Old Root'), root],
  'the leaf alone': [leaf],
  'a leaf of a leaf': [leafOf('a.example.org', { key: 'below', signer: 'a.example.org' }), second, leaf],
  'roots to trust': [root, ca('Another Root', 'Another Root')],
  'a CA and its root': [second, root],
  'a CA alone': [second],

  'an expired intermediate': [leaf, ca('Second', 'Root', { fields: { notAfter: day(-1) } }), root],
  'an expired intermediate, and its successor': [
    leaf,
    ca('Second', 'Root', { fields: { notAfter: day(-1) } }),
    second,
    root,
  ],
  'an intermediate of tomorrow': [leaf, ca('Second', 'Root', { fields: { notBefore: day(1) } }), root],
  'one CA too many': [leafOf('Third'), ca('Third', 'Second'), ca('Second', 'Root', upTo(0)), root],
  'as many CAs as allowed': [leafOf('Third'), ca('Third', 'Second'), ca('Second', 'Root', upTo(1)), root],
  'two CAs where one is allowed': [
    leafOf('Fourth'),
    ca('Fourth', 'Third'),
    ca('Third', 'Second'),
    ca('Second', 'Root', upTo(1)),
    root,
  ],
  'three CAs where two are allowed': [
    leafOf('Fifth'),
    ca('Fifth', 'Fourth'),
    ca('Fourth', 'Third'),
    ca('Third', 'Second'),
    ca('Second', 'Root', upTo(2)),
    root,
  ],
  'a CA that changed its key, of which none is allowed below': [
    leafOf('Second', { signer: 'Second anew' }),
    ca('Second', 'Second', { key: 'Second anew', signer: 'Second' }),
    ca('Second', 'Root', upTo(0)),
    root,
  ],
  'a leaf for nothing in particular, of an issuer for clients': [
    leafOf('Second', { extensions: [subjectAltNames(['DNS:a.example.org'])] }),
    ca('Second', 'Root', limited(extendedKeyUsage('clientAuth'))),
    root,
  ],
  'CAs without a leaf, the upper one first': [ca('Third', 'Second'), second, root].reverse(),
  'CAs that certify each other': [leafOf('Second'), ca('Second', 'Third'), ca('Third', 'Second')],
  'an issuer that is no CA': [
    leaf,
    make('Second', 'Root', { extensions: [subjectAltNames(['DNS:b.example.org'])] }),
    root,
  ],
  'an issuer that may not sign': [
    leaf,
    ca('Second', 'Root', { extensions: [basicConstraints(true), keyUsage(false)] }),
    root,
  ],
  'an issuer of version 1': [leaf, ca('Second', 'Root', { fields: { extensions: [] } }), root],
  'a root of version 1': [leaf, second, ca('Root', 'Root', { fields: { extensions: [] } })],
  'an issuer for clients': [leaf, ca('Second', 'Root', limited(extendedKeyUsage('clientAuth'))), root],
  'an issuer for servers': [leaf, ca('Second', 'Root', limited(extendedKeyUsage('serverAuth'))), root],
  'an issuer for other names': [leaf, ca('Second', 'Root', limited(nameConstraints(['DNS:example.net'], []))), root],
  'an issuer for these names': [leaf, ca('Second', 'Root', limited(nameConstraints(['DNS:example.org'], []))), root],
  'an issuer that excludes them': [leaf, ca('Second', 'Root', limited(nameConstraints([], ['DNS:example.org']))), root],
  'an issuer for another organisation': [leaf, ca('Second', 'Root', limited(nameConstraints(['O:Others'], []))), root],
  'an issuer for addresses': [leaf, ca('Second', 'Root', limited(nameConstraints(['IP:0a000000ff000000'], []))), root],
  'a leaf with an unknown critical extension': [
    leafOf('Second', { extensions: [extension('1.2.3.4', true, octetString())] }),
    second,
    root,
  ],
  'a precertificate': [
    leafOf('Second', { extensions: [extension('1.3.6.1.4.1.11129.2.4.3', true, nullValue())] }),
    second,
    root,
  ],
  'a root with an unknown critical extension': [
    leaf,
    second,
    ca('Root', 'Root', limited(extension('1.2.3.4', true, octetString()))),
  ],
  'an expired intermediate without its root': [leaf, ca('Second', 'Root', { fields: { notAfter: day(-1) } })],
  'an issuer for other names without its root': [
    leaf,
    ca('Second', 'Root', limited(nameConstraints(['DNS:example.net'], []))),
  ],
  'an expired leaf alone': [leafOf('Second', { fields: { notAfter: day(-1) } })],
};

const options: ChainOptions = { crypto: nodeCrypto, now };

test('what lists of certificates are told was read once', () => {
  const told = Object.entries(samples).map(([title, certificates]) => {
    const { complete, ordered, problems, wanted } = examineServed(certificates, options);
    const places = wanted.map((certificate) => certificates.indexOf(certificate) + 1);
    return [
      `${title}: ${complete ? '' : 'not '}complete, ${ordered ? '' : 'not '}in order; wanted ${places.join(' ') || 'none'}`,
      ...problems.map(
        ({ id, index, message }) => `  ${id}${index === undefined ? '' : ` ${index + 1}`}\n    ${message}`,
      ),
    ].join('\n');
  });
  const all = `${told.join('\n\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(expected, all);
  assert.equal(all, readFileSync(expected, 'utf8'));
});

test('an expired cross-certificate of a root that clients know is to be taken out', () => {
  const cross = ca('Root', 'Old Root', { fields: { notAfter: day(-1) } });
  const stores = [{ name: 'Made', certificates: [root] }];
  const said = (...list: readonly Certificate[]) =>
    examineServed(list, { ...options, stores }).problems.map(({ id, index, message }) => `${id} ${index}: ${message}`);
  assert.deepEqual(said(leaf, second, cross), [
    'expired 2: “Root” (number 3) expired on 2026-09-29, and clients that know its key as that of a root do without it; old ones (OpenSSL 1.0.2, GnuTLS before 3.6.14) stop at it. Remove it.',
  ]);
  assert.deepEqual(said(leaf, second, ca('Root', 'Old Root')), []);
  // Each is told once: what is on no path, what is on the only one, and of two versions the expired one.
  const ids = (...list: readonly Certificate[]) => said(...list).map((each) => each.split(':')[0]);
  const elsewhere = ca('Elsewhere', 'Old Root', { fields: { notAfter: day(-1) } });
  assert.deepEqual(ids(leaf, second, elsewhere), ['unrelated 2']);
  assert.deepEqual(ids(leaf, ca('Second', 'Root', { fields: { notAfter: day(-1) } })), ['path undefined']);
  assert.deepEqual(said(leaf, ca('Second', 'Root', { fields: { notAfter: day(-1) } }), second), [
    'expired 1: “Second” (number 2) expired on 2026-09-29, and number 3 is its valid version. Remove number 2.',
  ]);
});

test('a store of roots behind a certificate is one mistake, and each of a few strangers one', () => {
  const strangers = Array.from({ length: 40 }, (_, index) => ca(`Stranger ${index}`, `Stranger ${index}`));
  const said = (list: readonly Certificate[]) =>
    examineServed(list, options).problems.map(({ id, index, message }) => `${id} ${index}: ${message}`);
  assert.deepEqual(said([leaf, second, ...strangers]), [
    'unrelated 2: 40 certificates are on no path from “a.example.org” to a root, the first of them number 3. Remove them: a server sends its own certificate and the intermediates, and clients have roots of their own.',
  ]);
  assert.deepEqual(
    said([leaf, second, ...strangers.slice(0, 2)]).map((each) => each.split(':')[0]),
    ['unrelated 2', 'unrelated 3'],
  );
});

test('a chain with two versions of a CA is in order, as the rule for servers has it', () => {
  const [byOne, byOther] = [ca('Second', 'Root'), ca('Second', 'Old Root')];
  for (const list of [
    [leaf, byOne, byOther],
    [leaf, byOther, byOne],
  ]) {
    const { ordered, problems } = examineServed(list, options);
    assert.deepEqual([ordered, problems], [true, []]);
  }
  assert.deepEqual(
    examineServed([leaf, root, byOne, byOther], options).problems.map(({ id, index }) => `${id} ${index}`),
    ['wrong-order 1', 'root-sent 1'],
  );
});

test('two CAs that signed each other hundreds of times are not compared each with each', () => {
  const list = Array.from({ length: 300 }, (_, serial) => {
    const fields = { fields: { serial: 1000 + serial } };
    return [ca('One', 'Other', fields), ca('Other', 'One', fields)];
  }).flat();
  const effort = createEffort(options);
  let questions = 0;
  const verify: Verifier['verify'] = (...pair) => {
    questions++;
    return effort.verifier.verify(...pair);
  };
  examineServed(list, { ...options, effort: { ...effort, verifier: { checks: 0, exhausted: false, verify } } });
  assert.ok(questions < 50_000, `${questions} of 90,000 pairs`);
});
