import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { installApart } from './npm-packages.mjs';
import { npm, outputOf, run } from './run.mjs';

// code-server 4.100 is VS Code 1.100, the oldest that the extension supports (`engines.vscode`), on Node 20.
const version = '4.100.3';
const folder = 'vscode-1.100';
export const codeServerEntry = resolve('.cache', folder, 'node_modules/code-server/out/node/entry.js');

/**
 * Installs VS Code for the browser from npm. The packages' own install scripts download from elsewhere, so they are left
 * out and what they would have done is done here.
 */
export function installCodeServer() {
  const ready = join('.cache', folder, 'ready');
  if (existsSync(ready)) return;
  console.log(`Installing code-server ${version} into .cache/${folder}`);
  rmSync(join('.cache', folder), { recursive: true, force: true });
  const modules = resolve(installApart(folder, [`code-server@${version}`]), 'node_modules');
  const vscode = join(modules, 'code-server/lib/vscode');
  npm(['install', '--omit=dev'], vscode);

  // Hashes login passwords, of which there are none here; its compiled part would be loaded at every start.
  writeFileSync(join(modules, 'argon2/argon2.js'), '');
  linkRipgrep(join(vscode, 'node_modules/@vscode/ripgrep/bin/rg'));
  buildNative(vscode, ['@vscode/spdlog', 'native-watchdog']);
  writeFileSync(ready, version);
}

/** File search and Ctrl+P run this program. */
function linkRipgrep(target) {
  const program = outputOf('sh', ['-c', 'command -v rg'])?.trim();
  if (!program) throw new Error('ripgrep (rg) is not installed: code-server searches files with it.');
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(program, target);
}

/** Compiles modules against the headers of the running Node: those for output channels and for ending with the server. */
function buildNative(folder, modules) {
  run('npm', ['rebuild', ...modules, '--loglevel=error'], {
    cwd: folder,
    env: { ...process.env, npm_config_nodedir: nodeFolder() },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The folder whose `include/node` holds Node's headers; where the running Node came without them, npm has a Node with. */
function nodeFolder() {
  const own = dirname(dirname(process.execPath));
  if (existsSync(join(own, 'include/node/node.h'))) return own;
  const name = `node-${platform()}-${arch()}`;
  return resolve(installApart('node-20', [`${name}@20`]), 'node_modules', name);
}
