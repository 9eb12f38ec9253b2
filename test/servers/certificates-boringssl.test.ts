import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { bun } from '../support/tools.ts';
import { filesBelow, openssl, run, sample, temporaryFolder, vectors } from './certificates-tools.ts';

// The extension host of desktop VS Code is Electron, whose cryptographic library is BoringSSL; Bun has the same one. What
// Node says with OpenSSL, it has to say too, or that it cannot judge: never the opposite.

const folder = temporaryFolder();
const program = join(folder.path, 'report.mjs');

before(async () => {
  await build({
    entryPoints: ['test/servers/certificates-report.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { yaml: resolve('node_modules/yaml/browser/index.js') },
    logLevel: 'warning',
  });
});
after(() => folder.remove());

type Report = Readonly<Record<string, unknown>> & { readonly objects: readonly Fields[] };
type Fields = Readonly<Record<string, unknown>>;

function reports(runtime: string, files: readonly string[]): Report[] {
  const list = join(folder.path, 'files.txt');
  writeFileSync(list, files.join('\n'));
  const { status, stdout, stderr } = run(runtime, [program, list, 'password', 'cryptography']);
  assert.equal(status, 0, `${runtime}: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Report);
}

/** A key of a kind that the library does not know keeps its public half to itself, and then nothing can be said of it. */
function isUnknownKey({ kind, problem }: Fields): boolean {
  return kind === 'privateKey' && typeof problem === 'string' && problem.startsWith('This host');
}

/** The report without what only one of the two libraries can tell. */
function judgedByBoth(report: Report, other: Report): unknown {
  const objects = report.objects.map((object, index) => {
    const counterpart = other.objects[index] ?? {};
    if (isUnknownKey(object) || isUnknownKey(counterpart)) {
      const { kind, format, encrypted, encryption } = object;
      return { kind, format, encrypted, encryption };
    }
    const unjudged = object['signature'] === 'cannot-judge' || counterpart['signature'] === 'cannot-judge';
    return unjudged ? { ...object, signature: undefined, findings: undefined } : object;
  });
  const unknown = [...report.objects, ...other.objects].some(isUnknownKey);
  return { ...report, objects, ...(unknown ? { findings: undefined } : {}) };
}

function compare(files: readonly string[]): void {
  assert.ok(files.length > 0, 'there are files to compare');
  const [ours, theirs] = [reports(process.execPath, files), reports(bun(), files)];
  assert.equal(theirs.length, files.length);
  for (const [index, report] of ours.entries()) {
    const other = theirs[index] as Report;
    assert.deepEqual(judgedByBoth(other, report), judgedByBoth(report, other), files[index]);
  }
}

test('BoringSSL and OpenSSL read the fixtures alike', () => {
  const place = 'test/fixtures/certificates';
  compare(readdirSync(place).map((name) => join(place, name)));
});

test('BoringSSL and OpenSSL read certificates, lists, requests, keys and PKCS #12 of all kinds alike', () => {
  const known = /\.(?:pem|der|crt|p12|pfx|p7b|key)$/;
  compare(
    sample(
      filesBelow(vectors).filter((file) => known.test(file)),
      250,
    ),
  );
});

/** Of these, BoringSSL knows the first two, and not all versions of OpenSSL know the last two. */
const algorithms: Readonly<Record<string, readonly string[]>> = {
  'P-256': ['EC', 'ec_paramgen_curve:P-256'],
  Ed25519: ['ED25519'],
  Ed448: ['ED448'],
  secp256k1: ['EC', 'ec_paramgen_curve:secp256k1'],
  brainpoolP256r1: ['EC', 'ec_paramgen_curve:brainpoolP256r1'],
  'RSA-PSS': ['RSA-PSS', 'rsa_keygen_bits:2048'],
  'ML-DSA-44': ['ML-DSA-44'],
  'SLH-DSA': ['SLH-DSA-SHA2-128f'],
};

test('a chain whose signatures the library does not know is not called broken', () => {
  const files = Object.entries(algorithms).map(([name, [algorithm = '', option]]) => {
    const key = ['-algorithm', algorithm, ...(option === undefined ? [] : ['-pkeyopt', option])];
    openssl(folder.path, 'genpkey', ...key, '-out', `${name}.key`);
    const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:example.org'];
    openssl(folder.path, 'req', '-x509', '-new', '-key', `${name}.key`, ...subject, '-out', `${name}.crt`);
    return join(folder.path, `${name}.crt`);
  });
  compare(files);
  for (const { file, chain } of reports(bun(), files)) {
    const { problems } = chain as { problems: readonly string[] };
    assert.ok(!problems.some((problem) => problem.includes('signature')), `${file}: ${problems.join(' ')}`);
  }
});
