import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/**
 * Packs an extension of the tests; returns its package.
 * @param manifest what is its own, beside what every extension has
 * @param files its files by name
 */
export async function packExtension(
  name: string,
  manifest: { readonly displayName: string; readonly description: string; readonly [key: string]: unknown },
  files: Readonly<Record<string, string>>,
): Promise<string> {
  mkdirSync(resolve('out'), { recursive: true });
  const folder = mkdtempSync(resolve(`out/${name}-`));
  const own = { name, publisher: 'test', version: '0.0.1', license: 'MIT', engines: { vscode: '^1.100.0' } };
  const text = JSON.stringify({ ...own, ...manifest, files: ['LICENSE', ...Object.keys(files)] });
  for (const [file, content] of Object.entries({ ...files, 'package.json': text, LICENSE: 'MIT\n' }))
    writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, 'README.md'), `${manifest.description}\n`);
  const packed = join(folder, `${name}.vsix`);
  await createVSIX({ cwd: folder, packagePath: packed, dependencies: false, allowMissingRepository: true });
  const kept = resolve(`out/${name}.vsix`);
  renameSync(packed, kept);
  rmSync(folder, { recursive: true });
  return kept;
}
