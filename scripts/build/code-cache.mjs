// Writes V8's code cache beside the bundle of the commands: what the calls below compile need not be compiled again.
// usage: node scripts/build/code-cache.mjs BUNDLE
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load } from '../load.mjs';

const file = resolve(process.argv[2]);
const { cacheOf, readBundle } = await load('src/cli/bundle.ts');
const { script, load: loadCommands } = readBundle(file);
const { runCommand } = loadCommands();
const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-build-'));
process.chdir('examples');
let errors = '';

/** Runs one command; its exit code may tell of findings, but it must be able to run. */
async function run(...args) {
  const io = {
    stdout: () => {},
    stderr: (text) => {
      errors += text;
    },
    readStdin: async () => new Uint8Array(),
    colour: false,
    cwd: process.cwd(),
    env: process.env,
  };
  if ((await runCommand(args, io)) > 1) throw new Error(`tls-workbench ${args.join(' ')} could not run: ${errors}`);
}

try {
  for (const format of ['text', 'json']) await run('lint', '--format', format, 'nginx', 'apache');
  await run('lint', '--format', 'json', '--target', 'debian=12', '--paths', 'here', 'nginx/mistakes/nginx.conf');
  await run('endpoints', '--format', 'json', 'nginx', 'apache');
  await run('inspect', '../test/fixtures/certificates/fullchain.pem');
  await run('issue', '--dry-run', '--state', folder);
  writeFileSync(cacheOf(file), script.createCachedData());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
