// Bundles the extension, the command line and the panel's script into dist/.
// usage: node scripts/build.mjs [--development]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { joinChunks } from './build/join-chunks.mjs';
import { modulesOf, requireBanner } from './build/links.mjs';
import { numberChunks } from './build/number-chunks.mjs';
import { plainLoops } from './build/plain-loops.mjs';
import { pythonGrammar, pythonGrammarIn } from './build/python-grammar.mjs';
import { rulePages } from './build/rule-pages.mjs';
import { stubAcmeClientTransport } from './build/stub-acme-client.mjs';
import { thirdPartyNotices } from './build/third-party-notices.mjs';
import { load } from './load.mjs';

const development = process.argv.includes('--development');
const common = {
  bundle: true,
  minify: !development,
  sourcemap: development ? 'linked' : false,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
};

const node = {
  ...common,
  platform: 'node',
  // Modules, of which what nobody uses is left out.
  mainFields: ['module', 'main'],
  target: 'node20',
  external: ['vscode'],
  // Its build for Node is CommonJS, of which a chunk of its own would only have a default export.
  alias: { yaml: resolve('node_modules/yaml/browser/index.js') },
  plugins: [stubAcmeClientTransport, ...(development ? [] : [plainLoops()])],
};

const builds = [
  // Split, so that a heavy package is read by the first `import()` that asks for it and not at activation, and so that the
  // commands share what they have in common with the editor.
  {
    ...node,
    plugins: [pythonGrammarIn('../cli'), ...node.plugins],
    entryPoints: { extension: 'src/extension.ts', 'cli/commands': 'src/cli/commands.ts' },
    outdir: 'dist',
    // Two hundred files with names of their own are some kilobytes of the package.
    chunkNames: 'chunks/[hash]',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    banner: { js: requireBanner },
  },
  { ...node, entryPoints: ['src/cli.ts'], outdir: 'dist', format: 'cjs', banner: { js: '#!/usr/bin/env node' } },
  { ...node, ...pythonGrammar },
  // Runs in the panel: one plain script, as its content security policy wants.
  {
    ...common,
    entryPoints: ['src/webview/inspection.ts'],
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'chrome132',
    format: 'iife',
  },
];
// esbuild has printed what is wrong; dist/ is only replaced by a complete build.
const built = await Promise.all(builds.map((options) => build(options))).catch(() => process.exit(1));
// Maps of sources name what they belong to.
const results = development ? built : (await withJoinedChunks(built)).map(numberChunks);
const inputs = Object.assign({}, ...results.map(({ metafile }) => metafile.inputs));
const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));

const made = join('out', `dist-${process.pid}`);
for (const { path, contents } of results.flatMap((result) => result.outputFiles)) {
  const file = join(made, path.slice(resolve('dist').length));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, /\.[cm]?js$/.test(path) ? codeOf(path, contents) : contents);
}
await linkCommands();
chmodSync(join(made, 'cli.js'), 0o755);
// The package's own says that a `.js` is an ES module.
writeFileSync(join(made, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(join(made, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(Object.keys(inputs)));
writeFileSync(join(made, 'rule-pages.json.br'), brotliCompressSync(rulePages()));
const { status } = spawnSync(process.execPath, ['scripts/build/code-cache.mjs', join(made, 'cli/commands.cjs')], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
replace('dist', made);
writeFileSync('out/metafile.json', JSON.stringify({ inputs, outputs }));

async function withJoinedChunks([split, ...others]) {
  const read = await joinChunks(split, { entry: 'src/extension.ts' }, builds[0]);
  // What linting is put together from, most of which whatever reads a configuration or a certificate needs too.
  return [await joinChunks(read, { entry: 'src/cli/lint.ts', most: 20_000 }, builds[0]), ...others];
}

/** Bundles are read as ASCII, and esbuild leaves what regular expressions hold of other characters. */
function codeOf(path, contents) {
  const code = Buffer.from(contents)
    .toString()
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return path.endsWith('.mjs') ? withoutBanner(code) : code;
}

/** Two of two hundred chunks need it, and it would be a tenth of most of the others. */
function withoutBanner(code) {
  const rest = code.slice(requireBanner.length);
  // The empty line that stays keeps the lines of source maps.
  return code.startsWith(requireBanner) && !/\brequire\b/.test(rest) ? rest : code;
}

/** Writes the script with all commands, and what the extension makes it of, which has their modules only once. */
async function linkCommands() {
  const { link } = await load('src/cli/link.ts');
  const read = (path) => readFileSync(join(made, path), 'latin1');
  const modules = modulesOf('dist/cli/commands.mjs', outputs, (file) => read(file.slice('dist/'.length)));
  // Whoever keeps code of this script knows it by this name.
  const unnamed = link({ id: '', modules }, (path) => read(`${path}.mjs`));
  const id = createHash('sha256').update(unnamed).digest('hex').slice(0, 16);
  writeFileSync(
    join(made, 'cli/commands.cjs'),
    link({ id, modules }, (path) => read(`${path}.mjs`)),
  );
  writeFileSync(join(made, 'cli/commands.json'), JSON.stringify({ id, modules }));
}

/** Puts `made` in the place of `folder`, so that whoever starts meanwhile never sees half of it. */
function replace(folder, made) {
  const old = `${made}-old`;
  try {
    renameSync(folder, old);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  renameSync(made, folder);
  rmSync(old, { recursive: true, force: true });
}
