import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { concatBytes, encodingOf } from '../../src/certificates/asn1/der.ts';
import {
  bitString,
  context,
  implicit,
  integer,
  isTrue,
  octetString,
  oid,
  sequence,
  time,
  write,
} from '../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { scan, scanFully } from '../../src/certificates/inventory/inventory.ts';
import { findRevocations } from '../../src/certificates/inventory/revocations.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { readParts } from '../../src/certificates/parts.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { nodeFiles } from '../../src/host/node-files.ts';
import { baseName } from '../../src/text/path.ts';
import { openssl, run, temporaryFolder } from './certificates-tools.ts';

/** Which certificates lists revoke, `openssl verify -crl_check` being the judge. */
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const day = 86_400_000;
const now = new Date();

interface Entry {
  readonly serial: number;
  /** CRLReason. */
  readonly reason?: number;
  /** DER of the name of the certificate's issuer, in an indirect list. */
  readonly issuer?: Uint8Array;
}

interface List {
  readonly by?: string;
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
  readonly number?: number;
  /** Number of the list that it changes. */
  readonly base?: number;
  /** Fields of the issuing distribution point that are true. */
  readonly only?: readonly number[];
  readonly entries: readonly Entry[];
}

const extension = (name: string, critical: boolean, value: Uint8Array) =>
  sequence(oid(name), ...(critical ? [isTrue()] : []), octetString(value));

function authorityOf(name: string): Certificate {
  const [certificate] = certificatesIn(readObjects(readFileSync(at(`${name}.crt`)), nodeCrypto));
  assert.ok(certificate);
  return certificate;
}

const nameOf = (authority: string) => encodingOf(readParts(authorityOf(authority).der).subject);

function makeList({ by = 'ca', from = -1, to = 5, number = 1, base, only = [], entries }: List): Uint8Array {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const when = (days: number) => time(new Date(now.getTime() + days * day));
  const revoked = entries.map(({ serial, reason, issuer }) => {
    const extensions = [
      ...(reason === undefined ? [] : [extension('2.5.29.21', false, write(0x0a, Uint8Array.of(reason)))]),
      ...(issuer === undefined ? [] : [extension('2.5.29.29', true, sequence(context(4, issuer)))]),
    ];
    return sequence(integer(serial), when(-2), ...(extensions.length === 0 ? [] : [sequence(...extensions)]));
  });
  const point = sequence(...only.map((field) => write(0x80 | field, Uint8Array.of(0xff))));
  const keyIdentifier = Buffer.from(authorityOf(by).subjectKeyIdentifier ?? '', 'hex');
  const extensions = [
    extension('2.5.29.35', false, sequence(implicit(0, keyIdentifier))),
    extension('2.5.29.20', false, integer(number)),
    ...(base === undefined ? [] : [extension('2.5.29.27', true, integer(base))]),
    ...(only.length === 0 ? [] : [extension('2.5.29.28', true, point)]),
  ];
  const list = revoked.length === 0 ? [] : [sequence(concatBytes(revoked))];
  const tbs = sequence(
    integer(1),
    algorithm,
    nameOf(by),
    when(from),
    when(to),
    ...list,
    context(0, sequence(...extensions)),
  );
  const key = createPrivateKey(readFileSync(at(`${by}.key`)));
  return sequence(tbs, algorithm, bitString(sign('sha256', tbs, key)));
}

const pem = (der: Uint8Array) =>
  `-----BEGIN X509 CRL-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END X509 CRL-----\n`;

before(() => {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90'];
  const usage = (value: string) => ['-addext', `keyUsage=critical,${value}`];
  const ca = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'subjectKeyIdentifier=hash'];
  const root = (name: string, subject: string, use: string) =>
    openssl(
      folder.path,
      ...['req', '-x509', '-config', 'empty.cnf', ...key, '-keyout', `${name}.key`, '-subj', subject, ...ca],
      ...[...usage(use), '-out', `${name}.crt`],
    );
  writeFileSync(at('empty.cnf'), '[req]\ndistinguished_name=name\n[name]\n');
  root('ca', '/O=Example/CN=CA', 'keyCertSign,cRLSign');
  root('twin', '/O=Example/CN=CA', 'keyCertSign,cRLSign');
  for (let other = 0; other < 12; other++) root(`0${other}`, '/O=Example/CN=CA', 'keyCertSign,cRLSign');
  root('mute', '/O=Example/CN=Mute', 'keyCertSign');
  for (const [name, authority, serial] of [
    ['a', 'ca', 1],
    ['b', 'ca', 2],
    ['m', 'mute', 1],
  ] as const) {
    const request = ['req', '-x509', '-config', 'empty.cnf', ...key, '-CA', `${authority}.crt`, '-CAkey'];
    const freshest = ['-addext', 'freshestCRL=URI:http://ca.example/delta'];
    openssl(
      folder.path,
      ...[...request, `${authority}.key`, '-keyout', `${name}.key`, '-subj', `/CN=${name}`, '-set_serial', `${serial}`],
      ...['-addext', 'basicConstraints=CA:FALSE', ...freshest, '-out', `${name}.crt`],
    );
  }
});

after(() => folder.remove());

/** Names of the certificates that the inventory calls revoked, which is the same with summaries and with whole ones. */
async function revoked(files: Readonly<Record<string, string | Uint8Array>>, certificates: readonly string[]) {
  const place = at('place');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(place, name), content);
  for (const name of certificates) writeFileSync(join(place, `${name}.crt`), readFileSync(at(`${name}.crt`)));
  const answers = [];
  for (const look of [scan, scanFully]) {
    const inventory = await look([place], { files: nodeFiles, crypto: nodeCrypto });
    const { revocations } = await findRevocations(inventory, { files: nodeFiles, crypto: nodeCrypto, now });
    const told = inventory.certificates.filter(({ certificate }) => revocations.has(certificate.sha256));
    answers.push(told.map(({ file }) => baseName(file).replace('.crt', '')));
  }
  assert.deepEqual(answers[0], answers[1]);
  return answers[0];
}

/** The same by OpenSSL: those that it refuses with error 23. */
function refused(lists: readonly Uint8Array[], authority: string, names: readonly string[], flags: readonly string[]) {
  writeFileSync(at('lists.pem'), lists.map(pem).join(''));
  return names.filter((name) => {
    const given = ['-CAfile', `${authority}.crt`, '-CRLfile', 'lists.pem', `${name}.crt`];
    const { stdout, stderr } = run('openssl', ['verify', '-crl_check', ...flags, ...given], undefined, folder.path);
    return /error 23 at 0/.test(stdout + stderr);
  });
}

interface Case {
  readonly name: string;
  readonly lists: readonly List[];
  readonly revoked: readonly string[];
  readonly authority?: string;
  readonly flags?: readonly string[];
}

const hold = 6;
const takenBack = 8;
const cases: readonly Case[] = [
  { name: 'one is listed', lists: [{ entries: [{ serial: 1, reason: 1 }] }], revoked: ['a'] },
  { name: 'none is', lists: [{ entries: [{ serial: 3 }] }], revoked: [] },
  { name: 'an empty list', lists: [{ entries: [] }], revoked: [] },
  { name: 'on hold', lists: [{ entries: [{ serial: 2, reason: hold }] }], revoked: ['b'] },
  { name: 'taken back', lists: [{ entries: [{ serial: 2, reason: takenBack }] }], revoked: [] },
  { name: 'a CA of the same name', lists: [{ by: 'twin', entries: [{ serial: 1 }] }], revoked: [] },
  { name: 'a list that is over', lists: [{ from: -9, to: -3, entries: [{ serial: 1 }] }], revoked: ['a'] },
  {
    name: 'an older list beside a newer one',
    lists: [
      { from: -4, number: 1, entries: [{ serial: 1 }, { serial: 2, reason: hold }] },
      { from: -1, number: 2, entries: [{ serial: 1 }] },
    ],
    revoked: ['a'],
  },
  {
    name: 'a newer list of another CA of the name',
    lists: [
      { from: -4, entries: [{ serial: 1 }] },
      { by: 'twin', from: -1, number: 2, entries: [] },
    ],
    revoked: ['a'],
  },
  {
    name: 'a CA that may sign no lists',
    lists: [{ by: 'mute', entries: [{ serial: 1 }] }],
    revoked: [],
    authority: 'mute',
  },
  { name: 'only of users', lists: [{ only: [1], entries: [{ serial: 1 }] }], revoked: ['a'] },
  { name: 'only of CAs', lists: [{ only: [2], entries: [{ serial: 1 }] }], revoked: [] },
  { name: 'only of attributes', lists: [{ only: [5], entries: [{ serial: 1 }] }], revoked: [] },
  {
    name: 'a change adds one, and takes another back',
    lists: [
      { from: -4, number: 1, entries: [{ serial: 2, reason: hold }] },
      {
        from: -1,
        number: 2,
        base: 1,
        entries: [
          { serial: 1, reason: 1 },
          { serial: 2, reason: takenBack },
        ],
      },
    ],
    revoked: ['a'],
    flags: ['-use_deltas'],
  },
  {
    name: 'a change that says nothing',
    lists: [
      { from: -4, number: 1, entries: [{ serial: 2 }] },
      { from: -1, number: 2, base: 1, entries: [] },
    ],
    revoked: ['b'],
    flags: ['-use_deltas'],
  },
  {
    name: 'a change that a whole list followed',
    lists: [
      { from: -4, number: 2, base: 1, entries: [{ serial: 1, reason: hold }] },
      { from: -1, number: 3, entries: [{ serial: 2 }] },
    ],
    revoked: ['b'],
    flags: ['-use_deltas'],
  },
];

test('what a list revokes is what OpenSSL refuses', async (t) => {
  for (const { name, lists, revoked: expected, authority = 'ca', flags = [] } of cases) {
    await t.test(name, async () => {
      const made = lists.map(makeList);
      const leaves = authority === 'ca' ? ['a', 'b'] : ['m'];
      assert.deepEqual(refused(made, authority, leaves, flags), expected, 'OpenSSL');
      const all = [authority, 'twin', ...leaves];
      assert.deepEqual(await revoked({ 'lists.pem': made.map(pem).join('') }, all), expected, 'PEM');
      const binary = made.map((list, index) => [`${index}.crl`, list]);
      assert.deepEqual(await revoked(Object.fromEntries(binary), all), expected, 'DER');
      assert.deepEqual(await revoked(Object.fromEntries(binary.reverse()), all), expected, 'DER');
    });
  }
});

test('of an indirect list only entries of its own issuer are told', async () => {
  const other = nameOf('mute');
  const list = makeList({ only: [4], entries: [{ serial: 1 }, { serial: 3, issuer: other }, { serial: 2 }] });
  assert.deepEqual(refused([list], 'ca', ['a', 'b'], ['-extended_crl']), ['a']);
  assert.deepEqual(await revoked({ 'l.crl': list }, ['ca', 'mute', 'a', 'b', 'm']), ['a']);
});

test('nothing is said without the certificate of the CA, of what is to come, and of a hold that is out of date', async () => {
  const list = makeList({ entries: [{ serial: 1 }] });
  assert.deepEqual(await revoked({ 'l.crl': list }, ['a', 'twin']), []);
  const old = makeList({ from: -9, to: -3, entries: [{ serial: 1, reason: hold }] });
  assert.deepEqual(await revoked({ 'l.crl': old }, ['ca', 'a']), []);
  const later = makeList({ from: 1, entries: [{ serial: 1 }] });
  assert.deepEqual(await revoked({ 'l.crl': later }, ['ca', 'a']), []);
});

test('of many CAs of one name the one is found whose key the list names', async () => {
  const others = Array.from({ length: 12 }, (_, index) => `0${index}`);
  const list = makeList({ entries: [{ serial: 1 }] });
  assert.deepEqual(await revoked({ 'l.crl': list }, [...others, 'ca', 'a']), ['a']);
});

test('of many lists of one CA the newest counts', async () => {
  const days = Array.from({ length: 60 }, (_, index) => index + 1);
  const lists = days.map((day) => makeList({ from: -day, entries: day === 1 ? [{ serial: 2 }] : [{ serial: 1 }] }));
  const files = Object.fromEntries(lists.map((list, index) => [`${index}.crl`, list]));
  assert.deepEqual(await revoked(files, ['ca', 'a', 'b']), ['b']);
});

test('a file of lists that nobody signed does not ask for checks without end', async () => {
  const list = pem(makeList({ entries: [] }));
  await revoked({ 'l.pem': list }, ['ca']);
  writeFileSync(join(at('place'), 'l.pem'), list.repeat(3000));
  const inventory = await scan([at('place')], { files: nodeFiles, crypto: nodeCrypto });
  let asked = 0;
  const verify = () => {
    asked++;
    return 'bad' as const;
  };
  await findRevocations(inventory, { files: nodeFiles, crypto: { ...nodeCrypto, verify }, now });
  assert.equal(asked, 1000);
});

test('a list that is over is told where its CA is valid and no newer one is there', async () => {
  const told = async (lists: readonly List[]) => {
    await revoked(Object.fromEntries(lists.map((list, index) => [`${index}.crl`, makeList(list)])), ['ca', 'a']);
    const inventory = await scan([at('place')], { files: nodeFiles, crypto: nodeCrypto });
    const { findings } = await findRevocations(inventory, { files: nodeFiles, crypto: nodeCrypto, now });
    return findings.map(({ rule, files }) => [rule, ...files.map(baseName)].join(' '));
  };
  const [oldest, old, fresh] = [
    { from: -9, to: -7, entries: [] },
    { from: -6, to: -3, entries: [] },
    { from: -1, entries: [] },
  ];
  assert.deepEqual(await told([oldest, old]), ['crl-expired 1.crl']);
  assert.deepEqual(await told([old, oldest]), ['crl-expired 0.crl']);
  assert.deepEqual(await told([old, fresh]), []);
  assert.deepEqual(await told([{ ...old, by: 'twin' }]), []);
});

test('a list of a hundred thousand entries is looked through in less than a second', async () => {
  const entries = Array.from({ length: 100_000 }, (_, index) => ({ serial: index + 2 }));
  const place = { 'l.crl': makeList({ entries }) };
  assert.deepEqual(await revoked(place, ['ca', 'a', 'b']), ['b']);
  const started = performance.now();
  const inventory = await scanFully([at('place')], { files: nodeFiles, crypto: nodeCrypto });
  await findRevocations(inventory, { files: nodeFiles, crypto: nodeCrypto, now });
  assert.ok(performance.now() - started < 1000);
});
