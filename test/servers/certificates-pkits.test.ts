import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { nodeOf } from '../../src/certificates/chain/node.ts';
import { type ChainPath, findPaths } from '../../src/certificates/chain/paths.ts';
import { type PolicyDemands, policyProblem } from '../../src/certificates/chain/policies.ts';
import { pemBundle } from '../../src/certificates/export/bundle.ts';
import { scan } from '../../src/certificates/inventory/inventory.ts';
import { findRevocations } from '../../src/certificates/inventory/revocations.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { nodeFiles } from '../../src/host/node-files.ts';
import { openssl, run, sample, temporaryFolder, vectors } from './certificates-tools.ts';

// NIST's Public Key Interoperability Test Suite, which python3-cryptography-vectors brings: 223 leaves and 181 CAs below
// one root. What they are about beside chains (revocation, policies) has tests of its own here.

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

/** OpenSSL processes policies only where it is told to, and without naming any it accepts none. */
const anyPolicyCounts = ['-policy_check', '-policy', '2.5.29.32.0'];

function opensslAccepts(
  leaf: Certificate,
  between: readonly Certificate[],
  policyOptions: readonly string[] = [],
): boolean {
  const file = (name: string, certificates: readonly Certificate[]): string => {
    writeFileSync(join(folder.path, name), pemBundle(certificates));
    return join(folder.path, name);
  };
  const chain = between.length === 0 ? [] : ['-untrusted', file('between.pem', between)];
  const options = ['-CAfile', file('root.pem', anchors), ...chain, '-no-CApath', '-no-CAstore'];
  const time = ['-attime', String(now.getTime() / 1000)];
  return (
    run('openssl', ['verify', ...options, ...anyPolicyCounts, ...policyOptions, ...time, file('leaf.pem', [leaf])])
      .status === 0
  );
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

interface PolicyCase {
  readonly name: string;
  readonly demands: PolicyDemands;
  /** The path that holds without demands; undefined where there is none. */
  readonly path: readonly Certificate[] | undefined;
  readonly accepted: boolean;
}

const policyDemands: readonly PolicyDemands[] = [
  {},
  { explicitPolicy: true },
  { explicitPolicy: true, inhibitMapping: true },
  { explicitPolicy: true, inhibitAnyPolicy: true },
];

function policyCases(): PolicyCase[] {
  const leaves = sample(
    names.filter((name) => isLeaf(name) && /polic|mapping/i.test(name)),
    60,
  );
  return leaves.flatMap((name) => {
    const [leaf] = read(name);
    assert.ok(leaf);
    const path = search(leaf).good?.certificates;
    const nodes = path?.slice(0, -1).map(nodeOf);
    return policyDemands.map((demands) => {
      return { name, demands, path, accepted: nodes !== undefined && policyProblem(nodes, demands) === undefined };
    });
  });
}

/** OpenSSL lets a policy through that is mapped and only there as anyPolicy, although that does not count; Java does not. */
const mappedFromAny = 'ValidPolicyMappingTest11EE.crt';

test('NIST’s test suite, policies demanded beforehand: openssl verify and we agree', () => {
  const cases = policyCases().filter(({ name, demands }) => name !== mappedFromAny || !demands.inhibitAnyPolicy);
  for (const { name, demands, path, accepted } of cases) {
    const { explicitPolicy = false, inhibitMapping = false, inhibitAnyPolicy = false } = demands;
    const options = [
      ...(explicitPolicy ? ['-explicit_policy'] : []),
      ...(inhibitMapping ? ['-inhibit_map'] : []),
      ...(inhibitAnyPolicy ? ['-inhibit_any'] : []),
    ];
    const [leaf] = read(name);
    assert.ok(leaf);
    const accepts = opensslAccepts(leaf, path?.slice(1, -1) ?? authorities, options);
    assert.equal(accepted, accepts, `${name} ${options.join(' ')}`);
  }
  assert.ok(cases.filter(({ path, accepted }) => path !== undefined && !accepted).length > 20);
});

const javaJudge = `
import java.io.*; import java.security.cert.*; import java.util.*;
class Judge {
  public static void main(String[] arguments) throws Exception {
    var factory = CertificateFactory.getInstance("X.509");
    var lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = lines.readLine()) != null; ) {
      var words = List.of(line.split(" "));
      var all = new ArrayList<X509Certificate>();
      for (var der : words.subList(1, words.size())) {
        var bytes = Base64.getDecoder().decode(der);
        all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
      }
      var anchor = all.remove(all.size() - 1);
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(new Date(${now.getTime()}L));
      parameters.setExplicitPolicyRequired(words.get(0).contains("explicitPolicy"));
      parameters.setPolicyMappingInhibited(words.get(0).contains("inhibitMapping"));
      parameters.setAnyPolicyInhibited(words.get(0).contains("inhibitAnyPolicy"));
      try {
        CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(all), parameters);
        System.out.println("accepted");
      } catch (CertPathValidatorException problem) {
        System.out.println("refused " + problem.getMessage());
      }
    }
  }
}`;

const hasJava = run('javac', ['-version']).status === 0;

test('NIST’s test suite, policies: Java, which always looks at them, and we agree', { skip: !hasJava }, () => {
  writeFileSync(join(folder.path, 'Judge.java'), javaJudge);
  const cases = policyCases().filter(({ path }) => path !== undefined);
  const input = cases
    .map(({ demands, path = [] }) => {
      const encoded = path.map(({ der }) => Buffer.from(der).toString('base64'));
      return [`-${Object.keys(demands).join('-')}`, ...encoded].join(' ');
    })
    .join('\n');
  const { stdout, stderr } = run('java', [join(folder.path, 'Judge.java')], input);
  const answers = stdout.trim().split('\n');
  assert.equal(answers.length, cases.length, stderr);
  for (const [index, { name, demands, accepted }] of cases.entries()) {
    const answer = answers[index] ?? '';
    assert.equal(accepted, answer === 'accepted', `${name} ${JSON.stringify(demands)}: ${answer}`);
  }
});

test('NIST’s test suite: what it is sure of without revocation and with no demands on policies', () => {
  const wrong =
    /^Invalid(?:.*requireExplicitPolicy|Mapping.*anyPolicy|CASignature|EESignature|DSASignature|CAnot|EEnot|pre2000UTC|NameChaining|Missingbasic|cAFalse|.*pathLen|.*nameConstraints|UnknownCriticalCert|keyUsage.*keyCertSign)/;
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

test('what a list is said to revoke is refused for that, and no list is said to revoke what is valid', async () => {
  const files = { files: nodeFiles, crypto: nodeCrypto };
  const lists = join(vectors, 'x509/PKITS_data/crls');
  const { revocations } = await findRevocations(await scan([place, lists], files), { ...files, now });
  const revoked = names.filter((name) => read(name).some(({ sha256 }) => revocations.has(sha256)));
  assert.deepEqual(
    revoked.filter((name) => name.startsWith('Valid')),
    [],
  );
  const pem = readdirSync(lists).map((name) => openssl(lists, 'crl', '-inform', 'DER', '-in', name));
  writeFileSync(join(folder.path, 'lists.pem'), pem.join(''));
  writeFileSync(join(folder.path, 'between.pem'), pemBundle(authorities));
  writeFileSync(join(folder.path, 'root.pem'), pemBundle(anchors));
  // Of a list with a critical extension that nobody knows OpenSSL says only that; it has the certificate all the same.
  const leaves = revoked.filter((name) => isLeaf(name) && !name.includes('UnknownCRL'));
  assert.ok(leaves.length >= 15, String(leaves));
  const options = ['-crl_check', '-extended_crl', '-use_deltas', '-attime', String(now.getTime() / 1000)];
  const given = ['-CAfile', 'root.pem', '-untrusted', 'between.pem', '-CRLfile', 'lists.pem'];
  for (const name of leaves) {
    const answer = run('openssl', ['verify', ...options, ...given, join(place, name)], undefined, folder.path);
    assert.match(answer.stdout + answer.stderr, /error 23 at 0/, `${name} ${answer.stderr}`);
  }
});
