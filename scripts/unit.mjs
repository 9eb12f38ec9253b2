// Bundles the unit tests into one module and runs it, so that the whole suite is one process and takes about a second.
// usage: node scripts/unit.mjs [part of a test file's path …]
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { testFiles } from './test-files.mjs';

const wanted = process.argv.slice(2);
const files = testFiles(['test/servers', 'test/vscode', 'test/cli']).filter(
  (file) => wanted.length === 0 || wanted.some((part) => file.includes(part)),
);
if (files.length === 0) {
  console.error(`No unit test file's path contains ${wanted.join(' or ')}.`);
  process.exit(2);
}
const outdir = resolve('out', `unit-${process.pid}`);
mkdirSync(outdir, { recursive: true });
const entry = resolve(outdir, 'all.ts');
writeFileSync(entry, files.map((file) => `import ${JSON.stringify(resolve(file))};`).join('\n'));
await build({
  entryPoints: [entry],
  outfile: resolve(outdir, 'all.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', resolve(outdir, 'all.mjs')], {
  stdio: 'inherit',
});
rmSync(outdir, { recursive: true, force: true });
process.exit(run.status ?? 1);
