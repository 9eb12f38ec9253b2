import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { issuanceCommand } from '../../src/operations/cli-issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let folder: string;

before(async () => {
  pebble = await startPebble();
  folder = mkdtempSync(join(tmpdir(), 'issue-'));
});
after(async () => {
  await pebble.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const [command, ...rest] = args as ['issue', ...string[]];
  const code = await issuanceCommand(command, ['--state', join(folder, 'state'), ...rest], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    cwd: folder,
    env: {},
  });
  return { code, stdout, stderr };
}

function writePlan(certificate: string): void {
  writeFileSync(
    join(folder, 'tls-workbench.yaml'),
    `issuers:
  pebble: { directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true, contact: [ops@example.test] }
certificates:
${certificate}`,
  );
}

test('a certificate is issued through a real web server, kept while current, and its traces are removed', async () => {
  writePlan(`  example.test:
    names: [example.test, www.example.test]
    issuer: pebble
    challenge: { type: http-01, webroot: "${pebble.webroot}" }
    output: { certificate: tls/a.crt, key: tls/a.key, chain: tls/a.chain.pem, fullchain: tls/a.full.pem, combined: tls/a.pem }
`);
  const first = await run('issue', '--format', 'json', '-v');
  assert.equal(first.code, 0, first.stderr);
  const [row] = JSON.parse(first.stdout).certificates;
  assert.equal(row.status, 'issued');
  assert.equal(row.files.key, 'tls/a.key');
  const certificate = new X509Certificate(readFileSync(join(folder, 'tls/a.crt')));
  assert.equal(certificate.subjectAltName, 'DNS:example.test, DNS:www.example.test');
  assert.equal(statSync(join(folder, 'tls/a.key')).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, 'tls/a.pem')).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, 'state')).mode & 0o777, 0o700);
  assert.ok(!existsSync(join(pebble.webroot, '.well-known')), 'the challenge folder is gone');
  assert.match(pebble.webLog(), /GET \/\.well-known\/acme-challenge\/\S+ HTTP\/1\.1" 200/);
  assert.deepEqual(readdirSync(join(folder, 'state', 'orders')), []);
  assert.deepEqual(readdirSync(join(folder, 'tls')).sort(), ['a.chain.pem', 'a.crt', 'a.full.pem', 'a.key', 'a.pem']);

  const second = await run('renew', '--format', 'json');
  assert.equal(second.code, 0, second.stderr);
  assert.equal(JSON.parse(second.stdout).certificates[0].status, 'current');
});

test('a web root that does not exist is named before anything is validated', async () => {
  writePlan(`  lost.test:
    issuer: pebble
    challenge: { type: http-01, webroot: nowhere }
`);
  const { code, stderr } = await run('issue');
  assert.equal(code, 1);
  assert.match(stderr, /lost\.test: failed: The web root \S+\/nowhere does not exist\./);
});
