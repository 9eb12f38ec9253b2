import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { resolve } from 'node:path';

/** Where `scripts/setup.mjs` puts what the suites need beside npm's and Debian's packages. */
const cache = resolve('.cache');

function installed(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not installed. Run "npm run setup" first.`);
  return path;
}

/** A Node whose bundled OpenSSL is the judge for that version: 16 has 1.1.1, 18 has 3.0. */
export function nodeWithOpenSsl(version: '1.1.1' | '3.0'): string {
  const major = version === '1.1.1' ? 16 : 18;
  return installed(resolve(cache, `node-${major}/node_modules/node-${platform()}-${arch()}/bin/node`));
}

/** Bun, whose cryptographic library is BoringSSL, as that of desktop VS Code. */
export function bun(): string {
  return installed(
    resolve(cache, `bun/node_modules/@oven/bun-${platform()}-${arch() === 'arm64' ? 'aarch64' : arch()}/bin/bun`),
  );
}

/** A VS Code for the browser: code-server, and the Node that it wants. */
export interface CodeServer {
  readonly name: 'vscode-1.100' | 'vscode-1.139';
  readonly node: string;
  readonly entry: string;
}

/** The oldest VS Code that the extension supports, or the newest that was tried. */
export function codeServer(which: 'oldest' | 'newest'): CodeServer {
  const name = which === 'oldest' ? 'vscode-1.100' : 'vscode-1.139';
  const entry = installed(resolve(cache, name, 'node_modules/code-server/out/node/entry.js'));
  if (which === 'oldest') return { name, node: process.execPath, entry };
  return { name, node: installed(resolve(cache, `node-24/node_modules/node-${platform()}-${arch()}/bin/node`)), entry };
}

/** The packed extension, made by `npm run package`. */
export function packedExtension(): string {
  return installed(resolve('out/tls-workbench.vsix'));
}

export function chromium(): string {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (found === undefined) throw new Error('Chromium is not installed. Run "npm run setup" first.');
  return found;
}
