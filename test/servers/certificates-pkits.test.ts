import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { type ChainPath, findPaths } from '../../src/certificates/chain/paths.ts';
import { pemBundle } from '../../src/certificates/export/bundle.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { run, sample, temporaryFolder, vectors } from './certificates-tools.ts';

// NIST's Public Key Interoperability Test Suite, which python3-cryptography-vectors brings: 223 leaves and 181 CAs below
// one root. What they are about beside chains (revocation, policies) neither of the two programs is asked for here.

const folder = temporaryFolder();
after(() => folder.remove());

const place = join(vectors, 'x509/PKITS_data/certs');
const now = new Date('2026-11-25T00:00:00Z');
const root = 'TrustAnchorRootCertificate.crt';
const isLeaf = (name: string): boolean => name.endsWith('EE.crt');
const read = (name: string) => certificatesIn(readObjects(readFileSync(join(place, name)), nodeCrypto));
const names = readdirSync(place);
const anchors = read(root);
const authorities = names.filter((name) => !isLeaf(name) && name !== root).flatMap(read);

function search(leaf: Certificate): { readonly good: ChainPath | undefined; readonly said: string } {
  const stores = [{ name: 'root', certificates: anchors }];
  const { paths } = findPaths(leaf, authorities, { crypto: nodeCrypto, now, stores });
  return {
    good: paths.find(({ end, problems }) => end === 'trusted' && problems.length === 0),
    said: paths.map((path) => [path.end, ...path.problems].join(' ')).join('\n'),
  };
}

function opensslAccepts(leaf: Certificate, between: readonly Certificate[]): boolean {
  const file = (name: string, certificates: readonly Certificate[]): string => {
    writeFileSync(join(folder.path, name), pemBundle(certificates));
    return join(folder.path, name);
  };
  const chain = between.length === 0 ? [] : ['-untrusted', file('between.pem', between)];
  const options = ['-CAfile', file('root.pem', anchors), ...chain, '-no-CApath', '-no-CAstore'];
  const time = ['-attime', String(now.getTime() / 1000)];
  return run('openssl', ['verify', ...options, ...time, file('leaf.pem', [leaf])]).status === 0;
}

/** OpenSSL cannot read a DSA key that takes its parameters from its issuer, so it refuses; we cannot judge, and say that. */
const unjudged = 'ValidDSAParameterInheritanceTest5EE.crt';

test('NIST’s test suite: openssl verify and we agree', () => {
  const leaves = sample(names.filter(isLeaf), 110);
  assert.ok(leaves.length > 100, 'the vectors are installed (python3-cryptography-vectors)');
  for (const name of leaves.filter((each) => each !== unjudged)) {
    const [leaf] = read(name);
    assert.ok(leaf);
    const { good, said } = search(leaf);
    assert.equal(
      good !== undefined,
      opensslAccepts(leaf, good?.certificates.slice(1, -1) ?? authorities),
      `${name}\n${said}`,
    );
  }
});

test('NIST’s test suite: what it is sure of without revocation and policies', () => {
  const wrong =
    /^Invalid(?:CASignature|EESignature|DSASignature|CAnot|EEnot|pre2000UTC|NameChaining|Missingbasic|cAFalse|.*pathLen|.*nameConstraints|UnknownCriticalCert|keyUsage.*keyCertSign)/;
  const right = /^Valid/;
  let judged = 0;
  for (const name of names.filter((each) => isLeaf(each) && (wrong.test(each) || right.test(each)))) {
    const [leaf] = read(name);
    assert.ok(leaf);
    const { good, said } = search(leaf);
    assert.equal(good !== undefined, right.test(name), `${name}\n${said}`);
    judged++;
  }
  assert.ok(judged > 130, String(judged));
});

test('a signature that cannot be checked is no broken one', () => {
  const [leaf] = read(unjudged);
  assert.ok(leaf);
  const signatures = search(leaf).good?.edges.map(({ signature }) => signature);
  assert.deepEqual(signatures, ['cannot-judge', 'good', 'good']);
});
