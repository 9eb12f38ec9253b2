// Fills `cache/` beside the bundle of the commands with V8's code for each kind of call, so that nothing need be compiled
// at the first one in a checkout. Each is made in a process of its own: what another call needs would only be more to read.
// usage: node scripts/build/code-cache.mjs BUNDLE [CACHE]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from '../load.mjs';

const state = mkdtempSync(join(tmpdir(), 'tls-workbench-build-'));
const lint = (...paths) => [
  ['lint', '--format', 'text', ...paths],
  ['lint', '--format', 'json', '--target', 'debian=12', '--paths', 'here', ...paths],
];
const endpoints = (...paths) => ['text', 'json'].map((format) => ['endpoints', '--format', format, ...paths]);
/** By the name of each cache calls, in `examples/`, that use most of its code. */
const calls = {
  help: [['--help']],
  lint: lint('nginx', 'apache'),
  'lint-nginx': lint('nginx'),
  'lint-apache': lint('apache'),
  endpoints: endpoints('nginx', 'apache'),
  'endpoints-nginx': endpoints('nginx'),
  'endpoints-apache': endpoints('apache'),
  ciphers: [['ciphers', 'HIGH']],
  inspect: [['inspect', '../test/fixtures/certificates/fullchain.pem']],
  certificates: [['certificates', '../test/fixtures/certificates']],
  issue: [['issue', '--dry-run', '--state', state]],
  renew: [['renew', '--dry-run', '--state', state]],
};

const [bundleFile, name] = process.argv.slice(2);
try {
  if (name === undefined) await fillCache();
  else await makeOne();
} finally {
  rmSync(state, { recursive: true, force: true });
}

async function fillCache() {
  mkdirSync(join(dirname(bundleFile), 'cache'), { mode: 0o755 });
  const codes = await Promise.all(Object.keys(calls).map((cache) => start(cache)));
  if (codes.some((code) => code !== 0)) process.exitCode = 1;
}

function start(cache) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), bundleFile, cache], { stdio: 'inherit' });
  return new Promise((done) => child.on('close', done));
}

async function makeOne() {
  const { readBundle, runBundle } = await load('src/cli/bundle.ts');
  const { findCodeCache } = await load('src/cli/code-cache.ts');
  const bundle = readBundle(resolve(bundleFile));
  const { exports, keep } = runBundle(bundle, findCodeCache(bundle, name, {}));
  process.chdir('examples');
  for (const args of calls[name]) {
    let errors = '';
    const code = await exports.runCommand(args, {
      stdout: () => {},
      stderr: (text) => {
        errors += text;
      },
      readStdin: async () => new Uint8Array(),
      showsColour: () => false,
      cwd: process.cwd(),
      env: process.env,
    });
    // An exit code of 1 tells of findings.
    if (code > 1) throw new Error(`tls-workbench ${args.join(' ')} could not run: ${errors}`);
  }
  keep();
}
