import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { type ConfiguredFile, emptyFile, readConfiguredFile } from '../../src/certificates/configured-file.ts';
import { describeCertificateFile } from '../../src/editor/configurations/navigation/certificate-words.ts';
import { nodeHost } from '../../src/host/node.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';

const read = readConfiguredFile(readFileSync('test/fixtures/certificates/leaf.pem'), nodeHost.crypto);
const leaf = read.certificates[0] as Certificate;

function fileOf(file: string, content: Partial<ConfiguredFile>): CertificateFile {
  return { ...emptyFile, ...content, file, state: { kind: 'found', mode: 0o600 } };
}

function linesOf(
  file: CertificateFile,
  pairs: Parameters<typeof describeCertificateFile>[1] = [],
  now = leaf.notBefore,
) {
  return describeCertificateFile(file, pairs, now, (path) => path.slice(1))?.split('  \n');
}

test('a path of a certificate is told by its names, its time, its key and who signed it', () => {
  const now = new Date(leaf.notAfter.getTime() - 63.5 * 86_400_000);
  const [names, time, key, issuer, others] = linesOf(fileOf('/a.pem', { certificates: [leaf, leaf] }), [], now) ?? [];
  assert.equal(names, leaf.subjectAltNames.map((name) => `\`${name.replace('DNS:', '')}\``).join(', '));
  assert.match(time ?? '', /^Valid from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d: 63 days left$/);
  assert.match(key ?? '', /^Key: \S+ \S+$/);
  assert.equal(issuer, `Issuer: \`${leaf.issuer}\``);
  assert.equal(others, '1 more certificate in the file');
});

test('many names are counted, and what the certificate says is no markup', () => {
  const subjectAltNames = Array.from({ length: 12 }, (_, index) => `DNS:\`*.n${index}.example`);
  const [names] = linesOf(fileOf('/a.pem', { certificates: [{ ...leaf, subjectAltNames }] })) ?? [];
  assert.match(names ?? '', /^`'\*\.n0\.example`, .*`'\*\.n7\.example` and 4 more$/);
});

test('a certificate and the key beside it say whether they belong together', () => {
  const certificate = fileOf('/a.pem', { certificates: [leaf] });
  const own = fileOf('/a.key', { keyPins: [leaf.spkiSha256], keyKinds: ['EC P-256'] });
  const other = fileOf('/b.key', { keyPins: ['00'], keyKinds: ['RSA 2048'] });
  const pairs = [own, other, own].map((key) => ({ certificate, key }));
  assert.deepEqual(linesOf(certificate, pairs)?.slice(4), [
    'Private key: in `a.key`',
    "**The private key in `b.key` is another's**",
  ]);
  assert.deepEqual(linesOf(own, pairs)?.[0], 'Private key: EC P-256');
  assert.match(linesOf(own, pairs)?.[1] ?? '', /^Belongs to `a\.pem`: `[^`]+`.*, \d+ \S+ left$/);
  assert.deepEqual(linesOf(other, pairs), [
    'Private key: RSA 2048',
    '**It is not the key of the certificate in `a.pem`**',
  ]);
});

test('nothing is said of keys that cannot be compared, nor of files that hold neither', () => {
  const certificate = fileOf('/a.pem', { certificates: [leaf] });
  const locked = fileOf('/a.key', { keyKinds: ['encrypted'] });
  const pairs = [{ certificate, key: locked }];
  assert.equal(linesOf(certificate, pairs)?.length, 4);
  assert.deepEqual(linesOf(locked, pairs), ['Private key: encrypted']);
  assert.deepEqual(linesOf(fileOf('/dh.pem', { dhBits: 2048 })), ['Diffie-Hellman parameters: 2048 bits']);
  assert.equal(linesOf(fileOf('/none.pem', {})), undefined);
});
