import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Imports a TypeScript module of the project, bundled; packages stay where they are.
 * `plugins`: of esbuild, such as the build uses
 */
export async function load(file, { plugins = [] } = {}) {
  const outfile = resolve('out', `load-${process.pid}-${file.replace(/\W+/g, '-')}.mjs`);
  mkdirSync('out', { recursive: true });
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    plugins,
  });
  try {
    return await import(outfile);
  } finally {
    rmSync(outfile);
  }
}
