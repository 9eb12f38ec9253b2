import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { CodeServer } from '../../support/tools.ts';

const root = resolve('out/extensions');
const hour = 3_600_000;

/**
 * A folder in which VS Code has installed these packed extensions, to be copied. Installing takes a second, so that each
 * package is installed once for all sessions.
 */
export async function installedExtensions(program: CodeServer, packages: readonly string[]): Promise<string> {
  const identity = packages.map((file) => [file, statSync(file).size, statSync(file).mtimeMs].join(' ')).join('\n');
  const folder = join(root, `${program.name}-${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(root, { recursive: true });
  // Sessions may start at the same time: each one installs, and the first one's folder stays.
  const own = mkdtempSync(join(root, 'new-'));
  const extensions = join(own, 'extensions');
  mkdirSync(extensions);
  for (const file of packages) {
    const folders = [
      '--user-data-dir',
      join(own, 'data'),
      '--extensions-dir',
      extensions,
      '--config',
      join(own, 'none'),
    ];
    const env = { ...process.env, HOME: own };
    await promisify(execFile)(program.node, [program.entry, ...folders, '--install-extension', file], { env });
  }
  try {
    renameSync(extensions, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  rmSync(own, { recursive: true, force: true });
  forgetOld();
  return folder;
}

/** Folders of packages that have been made anew since. */
function forgetOld(): void {
  for (const name of readdirSync(root)) {
    const path = join(root, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > hour) rmSync(path, { recursive: true, force: true });
  }
}
