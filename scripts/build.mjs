// Bundles the extension, the command line and the panel's script into dist/.
// usage: node scripts/build.mjs [--development]
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { stubAcmeClientTransport } from './build/stub-acme-client.mjs';
import { thirdPartyNotices } from './build/third-party-notices.mjs';

const development = process.argv.includes('--development');
const existing = (files) => files.filter((file) => existsSync(file));
const common = {
  bundle: true,
  minify: !development,
  sourcemap: development ? 'linked' : false,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
};

/** Runs in Node: split, so that a heavy package is read by the first `import()` that asks for it and not at activation. */
const node = {
  ...common,
  entryPoints: existing(['src/extension.ts', 'src/cli.ts']),
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  // Their builds for Node are CommonJS, of which a chunk of its own would only have a default export.
  alias: {
    yaml: resolve('node_modules/yaml/browser/index.js'),
    '@peculiar/x509': resolve('node_modules/@peculiar/x509/build/x509.es.js'),
  },
  // CommonJS packages call `require` for Node's own modules, which an ES module does not have.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  plugins: [stubAcmeClientTransport],
};

/** Runs in the panel: one plain script a page, as its content security policy wants. */
const browser = {
  ...common,
  entryPoints: existing(['src/webview/inspection.ts']),
  outdir: 'dist/webview',
  platform: 'browser',
  target: 'chrome132',
  format: 'iife',
};

const builds = [node, browser].filter(({ entryPoints }) => entryPoints.length > 0);
// esbuild has printed what is wrong; dist/ is only replaced by a complete build.
const results = await Promise.all(builds.map((options) => build(options))).catch(() => process.exit(1));

rmSync('dist', { recursive: true, force: true });
for (const { path, contents } of results.flatMap((result) => result.outputFiles)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
const inputs = Object.assign({}, ...results.map(({ metafile }) => metafile.inputs));
const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
mkdirSync('out', { recursive: true });
writeFileSync('out/metafile.json', JSON.stringify({ inputs, outputs }));
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(Object.keys(inputs)));

const cli = join('dist', 'cli.js');
if (existsSync(cli)) {
  const text = readFileSync(cli, 'utf8');
  if (!text.startsWith('#!')) writeFileSync(cli, `#!/usr/bin/env node\n${text}`);
  chmodSync(cli, 0o755);
}
