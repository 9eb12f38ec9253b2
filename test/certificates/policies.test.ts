import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid, sequence, write } from '../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { findPaths } from '../../src/certificates/chain/paths.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { basicConstraints, extension, makeCertificate, makeKey, nameOf } from '../servers/chains/certificate.ts';

const now = new Date('2026-06-01T00:00:00Z');
const keys = { Root: makeKey(), Middle: makeKey(), Leaf: makeKey() };
type Name = keyof typeof keys;

function make(name: Name, issuer: Name, ...extensions: readonly Uint8Array[]): Certificate {
  const der = makeCertificate(
    {
      serial: 5,
      subject: nameOf('Policies', name),
      issuer: nameOf('Policies', issuer),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      key: keys[name],
      extensions: [basicConstraints(name !== 'Leaf'), ...extensions],
    },
    keys[issuer],
  );
  const certificate = decodeCertificate(der, nodeCrypto);
  assert.ok(!isUndecodable(certificate));
  return certificate;
}

const policies = (...ids: readonly string[]) =>
  extension('2.5.29.32', false, sequence(...ids.map((id) => sequence(oid(id)))));
const demand = (skip: number) => extension('2.5.29.36', true, sequence(write(0x80, Uint8Array.of(skip))));
const mappings = (...pairs: readonly (readonly [string, string])[]) =>
  extension('2.5.29.33', true, sequence(...pairs.map(([from, to]) => sequence(oid(from), oid(to)))));

const root = make('Root', 'Root');

function problems(middle: Certificate, leaf: Certificate): readonly string[] {
  const stores = [{ name: 'mine', certificates: [root] }];
  const [path] = findPaths(leaf, [middle], { crypto: nodeCrypto, now, stores }).paths;
  assert.equal(path?.end, 'trusted');
  return path.problems;
}

test('a policy that an authority demands has to be in the certificate', () => {
  const middle = make('Middle', 'Root', policies('1.2.3.4'), demand(0));
  assert.deepEqual(problems(middle, make('Leaf', 'Middle', policies('1.2.3.4'))), []);
  assert.deepEqual(problems(middle, make('Leaf', 'Middle')), [
    '“Middle” demands a certificate policy that all certificates of the path share, and “Leaf” names none instead of 1.2.3.4. Java refuses the path; OpenSSL only looks where it is told to. Ask that CA for a certificate with such a policy.',
  ]);
  assert.match(problems(middle, make('Leaf', 'Middle', policies('1.2.3.5')))[0] ?? '', /names 1\.2\.3\.5 instead of/);
  // Later than this path is long.
  assert.deepEqual(problems(make('Middle', 'Root', policies('1.2.3.4'), demand(5)), make('Leaf', 'Middle')), []);
  assert.deepEqual(problems(make('Middle', 'Root'), make('Leaf', 'Middle')), []);
});

test('constraints of policies are said in words', () => {
  const values = [0, 1].map((skip) => make('Middle', 'Root', demand(skip)).extensions.at(-1)?.value);
  assert.deepEqual(values, [
    'an explicit policy is required after 0 certificates',
    'an explicit policy is required after 1 certificate',
  ]);
});

test('a mapped policy is called as the authority below calls it', () => {
  const middle = make('Middle', 'Root', policies('1.2.3.4'), mappings(['1.2.3.4', '1.2.9.9']), demand(0));
  assert.deepEqual(problems(middle, make('Leaf', 'Middle', policies('1.2.9.9'))), []);
  assert.equal(problems(middle, make('Leaf', 'Middle', policies('1.2.3.4'))).length, 1);
  const any = make('Middle', 'Root', policies('1.2.3.4'), mappings(['2.5.29.32.0', '1.2.9.9']));
  assert.match(problems(any, make('Leaf', 'Middle'))[0] ?? '', /maps anyPolicy/);
});

test('of thousands of policies, each mapped to many, all are followed', () => {
  const ids = Array.from({ length: 2000 }, (_, index) => `1.2.3.${index}`);
  const pairs = ids.flatMap((id, index) =>
    [1, 7, 501].map((step) => [id, ids[(index + step) % 2000] as string] as const),
  );
  const middle = make('Middle', 'Root', policies(...ids), mappings(...pairs), demand(0));
  assert.deepEqual(problems(middle, make('Leaf', 'Middle', policies(...ids))), []);
  const strange = make('Leaf', 'Middle', policies('1.2.3.2000'));
  assert.equal(problems(middle, strange).length, 1);
});
