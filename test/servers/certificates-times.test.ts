import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { write } from '../../src/certificates/asn1/write.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { lintCertificate } from '../../src/certificates/lint/lint.ts';
import { encodePem } from '../../src/certificates/pem/armour.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { run, temporaryFolder } from './certificates-tools.ts';
import { basicConstraints, makeCertificate, makeKey, nameOf, subjectAltNames } from './chains/certificate.ts';

const folder = temporaryFolder();
after(() => folder.remove());

const [root, key] = [makeKey(), makeKey()];
const names = { root: nameOf('Times', 'Root'), leaf: nameOf('Times', 'a.example.org') };
const notBefore = new Date('2026-01-01T00:00:00Z');
const now = new Date('2026-11-01T00:00:00Z');

function make(notAfter: Date | Uint8Array, isRoot = false): Uint8Array {
  const extensions = isRoot ? [basicConstraints(true)] : [subjectAltNames(['DNS:a.example.org'])];
  const [subject, issuer] = [isRoot ? names.root : names.leaf, names.root];
  const contents = {
    serial: isRoot ? 1 : 2,
    subject,
    issuer,
    notBefore,
    notAfter,
    key: isRoot ? root : key,
    extensions,
  };
  return makeCertificate(contents, root);
}

const anchor = join(folder.path, 'root.pem');
writeFileSync(anchor, encodePem('CERTIFICATE', make(new Date('2036-01-01T00:00:00Z'), true)));

/** Kind, text, and when that is; undefined where it is never. */
const ends: readonly (readonly [tag: 0x17 | 0x18, text: string, end: string | undefined])[] = [
  [0x17, '270101000000Z', '2027-01-01T00:00:00.000Z'],
  [0x18, '20270101000000Z', '2027-01-01T00:00:00.000Z'],
  [0x18, '20500101000000Z', '2050-01-01T00:00:00.000Z'],
  [0x17, '280229000000Z', '2028-02-29T00:00:00.000Z'],
  [0x17, '2701010000Z', '2027-01-01T00:00:00.000Z'],
  [0x17, '270101000000+0200', '2026-12-31T22:00:00.000Z'],
  [0x17, '270101000000-0530', '2027-01-01T05:30:00.000Z'],
  [0x18, '20270101000000+0200', '2026-12-31T22:00:00.000Z'],
  [0x18, '20270101000000.5Z', '2027-01-01T00:00:00.500Z'],
  [0x17, '270229000000Z', undefined],
  ...['0131', '0331', '0430', '0531', '0630', '0731', '0831', '0930', '1031', '1130', '1231'].map(
    (day) => [0x17, `27${day}000000Z`, `2027-${day.slice(0, 2)}-${day.slice(2)}T00:00:00.000Z`] as const,
  ),
  ...['0132', '0431', '0631', '0931', '1131', '0100'].map((day) => [0x17, `27${day}000000Z`, undefined] as const),
  [0x18, '21000229000000Z', undefined],
  [0x17, '271301000000Z', undefined],
  [0x17, '270101240000Z', undefined],
  [0x17, '270101000060Z', undefined],
  [0x17, 'next summer', undefined],
];

for (const [tag, text, end] of ends) {
  test(`${tag === 0x17 ? 'UTCTime' : 'GeneralizedTime'} ${text}: read, and told about where OpenSSL refuses it`, () => {
    const der = make(write(tag, new TextEncoder().encode(text)));
    const certificate = decodeCertificate(der, nodeCrypto);
    assert.ok(!isUndecodable(certificate));
    const { notAfter } = certificate;
    assert.equal(Number.isNaN(notAfter.getTime()) ? undefined : notAfter.toISOString(), end);
    const leaf = join(folder.path, 'leaf.pem');
    writeFileSync(leaf, encodePem('CERTIFICATE', der));
    const time = ['-attime', String(now.getTime() / 1000)];
    const accepted =
      run('openssl', ['verify', '-CAfile', anchor, '-no-CApath', '-no-CAstore', ...time, leaf]).status === 0;
    const isTold = lintCertificate(certificate, { now }).some(({ rule }) => rule === 'certificate-time-encoding');
    assert.equal(isTold, !accepted, accepted ? 'OpenSSL accepts it' : 'OpenSSL refuses it');
  });
}
