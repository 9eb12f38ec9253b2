import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { createServer, type Server } from 'node:tls';
import { makeCertificates } from '../support/openssl-certificates.ts';

// The types of docs/json.md, compiled with what the commands really print: a field that the page lacks fails, and so does
// one that the page promises.
const page = readFileSync('docs/json.md', 'utf8');
const types = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');
const cli = resolve('dist/cli.js');
const compiler = resolve('node_modules/typescript/bin/tsc');

let folder: string;
let server: Server;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-workbench-json-'));
  for (const name of ['nginx', 'apache', 'django'])
    cpSync(join('examples', name), join(folder, name), { recursive: true });
  cpSync('test/fixtures/certificates', join(folder, 'fixtures'), { recursive: true });
  const made = join(folder, 'made');
  makeCertificates(made, [{ name: 'site', subject: '/CN=localhost', names: 'DNS:localhost', days: 60 }]);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: made, stdio: 'pipe' });
  openssl('pkey', '-in', 'site.key', '-aes256', '-passout', 'pass:secret', '-out', 'locked.key');
  openssl('ecparam', '-name', 'prime256v1', '-out', 'curve.pem');
  openssl('dhparam', '-dsaparam', '-out', 'dh.pem', '1024');
  openssl('pkcs12', '-export', '-in', 'site.pem', '-inkey', 'site.key', '-passout', 'pass:secret', '-out', 'site.p12');
  openssl('ocsp', '-issuer', 'root.crt', '-cert', 'site.pem', '-reqout', 'request.der');
  writeFileSync(join(made, 'index.txt'), '');
  const root = join(made, 'responder');
  makeCertificates(root, [{ name: 'signer', subject: '/CN=signer', names: 'DNS:signer', days: 60 }]);
  const signer = ['-CA', 'root.crt', '-rsigner', 'responder/signer.pem', '-rkey', 'responder/signer.key'];
  openssl('ocsp', '-index', 'index.txt', ...signer, '-reqin', 'request.der', '-respout', 'response.der', '-ndays', '3');
  writeFileSync(join(made, 'other.pem'), '-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----\n');
  writeFileSync(join(folder, 'snippet.conf'), 'ssl_protocols TLSv1.2;\nssl_ciphers $list;\n');
  writeFileSync(
    join(folder, 'tls-workbench.yaml'),
    `issuers: { local: { type: local, permitted: ["*.test"] } }
certificates:
  a.test: { names: [a.test], issuer: local, output: { key: tls/a.key, fullchain: tls/a.pem } }
`,
  );
  mkdirSync(join(folder, 'tls'));
  const [cert, key] = ['site.pem', 'site.key'].map((name) => readFileSync(join(made, name)));
  server = createServer({ cert, key }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
});
after(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a command prints; the last word is for the format. */
async function run(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [cli, ...args, '--format', 'json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  for await (const part of child.stdout) printed += String(part);
  JSON.parse(printed);
  return printed;
}

/** The names of types, each with commands whose output is of that type. */
const commands = (port: number): Readonly<Record<string, readonly (readonly string[])[]>> => ({
  Lint: [
    ['lint', '--paths', 'here', 'nginx/mistakes', 'apache/mistakes', 'django/mistakes'],
    ['lint', '--target', 'ubuntu=24.04', 'snippet.conf'],
  ],
  Endpoints: [
    ['endpoints', 'nginx', 'apache', 'snippet.conf'],
    ['endpoints', '--clients', 'nginx/mistakes'],
  ],
  Comparison: [['compare', 'nginx/good']],
  Ciphers: [
    ['ciphers', 'HIGH:TYPO'],
    ['ciphers', '--max-tls', '1.3', 'ECDHE+AESGCM'],
    ['ciphers', 'HIGH:@TYPO'],
  ],
  Inspection: [
    ...['hostile', 'fullchain', 'public-key', 'request', 'revocation-list', 'timestamps'].map((name) => [
      'inspect',
      `fixtures/${name}.pem`,
    ]),
    ...['site.pem', 'site.key', 'locked.key', 'curve.pem', 'dh.pem', 'site.p12', 'response.der', 'other.pem'].map(
      (name) => ['inspect', `made/${name}`],
    ),
    ['inspect', `tls://localhost:${port}`],
  ],
  Inventory: [['certificates', 'fixtures', 'made']],
  Issuance: [
    ['issue', '--state', 'state'],
    ['renew', '--state', 'state'],
  ],
  Revocation: [['revoke', '--state', 'state', 'a.test']],
});

test('what commands print is of the types that the page has', { timeout: 120_000 }, async () => {
  const { port } = server.address() as AddressInfo;
  const values: string[] = [];
  for (const [type, calls] of Object.entries(commands(port))) {
    for (const args of calls)
      values.push(`// ${args.join(' ')}\nexport const value${values.length}: ${type} = ${await run(...args)};`);
  }
  const file = join(folder, 'printed.ts');
  writeFileSync(file, `${types}\n${values.join('\n')}\n`);
  assert.equal(compile(file), '');
});

test('a field that the page lacks, or promises, would be seen', () => {
  const file = join(folder, 'wrong.ts');
  const target = '"nginx": "1", "apache": "2", "django": "5", "openssl": "3", "securityLevel": 2, "label": "x"';
  writeFileSync(file, `${types}\nexport const more: Target = { ${target}, "assumed": true, "further": 1 };\n`);
  assert.match(compile(file), /further"?' does not exist in type 'Target'/);
  writeFileSync(file, `${types}\nexport const fewer: Target = { ${target} };\n`);
  assert.match(compile(file), /'assumed' is missing/);
});

/** What the compiler says, nothing where all is well. */
function compile(file: string): string {
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--types', '', '--ignoreConfig'];
  try {
    execFileSync(process.execPath, [compiler, ...options, file], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { readonly stdout?: string }).stdout);
  }
}
