import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { npm } from './run.mjs';

/** The project's own packages: a clean install where there is none, an update where the lock file is newer. */
export function installProjectPackages() {
  const installed = 'node_modules/.package-lock.json';
  if (!existsSync(installed)) npm(['ci'], '.');
  else if (statSync('package-lock.json').mtimeMs > statSync(installed).mtimeMs) npm(['install', '--no-save'], '.');
}

/** A package from npm in a folder of its own below `.cache`, apart from the project's. Returns the folder. */
export function installApart(folder, packages) {
  const root = join('.cache', folder);
  const manifest = join(root, 'package.json');
  // The manifest is written last, so that an interrupted installation is made again.
  if (!existsSync(manifest)) {
    mkdirSync(root, { recursive: true });
    npm(['install', '--no-save', '--no-package-lock', '--prefix', '.', ...packages], root);
    writeFileSync(manifest, '{ "private": true }\n');
  }
  return root;
}

/** Node 16 and 18 carry OpenSSL 1.1.1 and 3.0, the judges of what a cipher string means there. */
export function installOpenSslJudges() {
  if (platform() !== 'linux') return;
  for (const major of [16, 18]) installApart(`node-${major}`, [`node-linux-${arch()}@${major}`]);
}

/** The schemas of cert-manager 1.20's resources, made into functions that validate: judges of what is exported for it. */
export function installCertManagerSchemas() {
  installApart('cert-manager', ['@kubernetes-models/cert-manager@5.0.1']);
}

/** Bun has the cryptographic library of desktop VS Code, BoringSSL; only its program is wanted. */
export function installBoringSslJudge() {
  if (platform() === 'linux') installApart('bun', [`@oven/bun-linux-${arch() === 'arm64' ? 'aarch64' : arch()}@1`]);
}
