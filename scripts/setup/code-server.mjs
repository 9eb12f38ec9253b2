import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { installApart } from './npm-packages.mjs';
import { npm, outputOf, run } from './run.mjs';

/**
 * VS Code for the browser, by what the extension needs of it: `oldest` is 1.100, which `engines.vscode` names, on the running
 * Node; `newest` is the newest one that was tried, on the Node that it wants.
 */
const editors = {
  oldest: { version: '4.100.3', folder: 'vscode-1.100' },
  newest: { version: '4.139.1', folder: 'vscode-1.139' },
};

export const codeServerEntry = join(modulesOf(editors.oldest), 'code-server/out/node/entry.js');

function modulesOf({ folder }) {
  return resolve('.cache', folder, 'node_modules');
}

/** Installs the VS Code that `npm start` shows and the editor suite operates. */
export function installCodeServer() {
  install(editors.oldest, (vscode) => {
    linkRipgrep(join(vscode, 'node_modules/@vscode/ripgrep/bin/rg'));
    buildNative(vscode, ['@vscode/spdlog', 'native-watchdog']);
  });
}

/** Installs the newest VS Code, in which the suite only looks whether the extension works: it goes without native modules. */
export function installNewestCodeServer() {
  if (platform() !== 'linux') return;
  installApart('node-24', [`node-linux-${arch()}@24`]);
  install(editors.newest, () => {});
}

/**
 * Installs VS Code for the browser from npm. The packages' own install scripts download from elsewhere, so they are left
 * out and what they would have done is done in `complete`.
 */
function install(editor, complete) {
  const { version, folder } = editor;
  const ready = join('.cache', folder, 'ready');
  if (existsSync(ready)) return;
  console.log(`Installing code-server ${version} into .cache/${folder}`);
  rmSync(join('.cache', folder), { recursive: true, force: true });
  installApart(folder, [`code-server@${version}`]);
  const vscode = join(modulesOf(editor), 'code-server/lib/vscode');
  npm(['install', '--omit=dev'], vscode);
  // Hashes login passwords, of which there are none here; its compiled part would be loaded at every start.
  writeFileSync(join(modulesOf(editor), 'argon2/argon2.js'), '');
  complete(vscode);
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
