// Fills `cache/` beside the bundle of the commands with V8's code for each of them, so that nothing need be compiled at the
// first call in a checkout. Each is made in a process of its own: what another command needs would only be more to read.
// usage: node scripts/build/code-cache.mjs BUNDLE [COMMAND]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from '../load.mjs';

const state = mkdtempSync(join(tmpdir(), 'tls-workbench-build-'));
/** Calls of each command, in `examples/`, that use most of its code. */
const calls = {
  help: [['--help']],
  lint: [
    ['--format', 'text', 'nginx', 'apache'],
    ['--format', 'json', '--target', 'debian=12', '--paths', 'here', 'nginx/mistakes/nginx.conf'],
  ],
  endpoints: [
    ['--format', 'text', 'nginx'],
    ['--format', 'json', 'apache'],
  ],
  ciphers: [['HIGH']],
  inspect: [['../test/fixtures/certificates/fullchain.pem']],
  certificates: [['../test/fixtures/certificates']],
  issue: [['--dry-run', '--state', state]],
  renew: [['--dry-run', '--state', state]],
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
  const codes = await Promise.all(Object.keys(calls).map((command) => start(command)));
  if (codes.some((code) => code !== 0)) process.exitCode = 1;
}

function start(command) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), bundleFile, command], { stdio: 'inherit' });
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
    const code = await exports.runCommand(name === 'help' ? args : [name, ...args], {
      stdout: () => {},
      stderr: (text) => {
        errors += text;
      },
      readStdin: async () => new Uint8Array(),
      colour: false,
      cwd: process.cwd(),
      env: process.env,
    });
    // An exit code of 1 tells of findings.
    if (code > 1) throw new Error(`tls-workbench ${name} ${args.join(' ')} could not run: ${errors}`);
  }
  keep();
}
