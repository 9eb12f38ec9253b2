import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { readBundle, runBundle } from '../../src/cli/bundle.ts';
import { findCodeCache } from '../../src/cli/code-cache.ts';

/** What esbuild says about the bundles in dist/. */
interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly bytes: number;
        readonly inputs: Readonly<Record<string, unknown>>;
        readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
      }
    >
  >;
}
const { outputs } = JSON.parse(readFileSync('out/metafile.json', 'utf8')) as Metafile;

/** The bundles that loading `entry` loads at once, without any `import()`. */
function loadedWith(entry: string): readonly string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && !external) found.add(path);
    }
  }
  return [...found];
}

function packagesIn(files: readonly string[]): readonly string[] {
  const inputs = files.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  const names = inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

test('activation loads no package', () => {
  assert.deepEqual(packagesIn(loadedWith('dist/extension.mjs')), []);
});

test('activation reads little code', () => {
  assert.ok(bytesOf(loadedWith('dist/extension.mjs')) <= 250_000, String(bytesOf(loadedWith('dist/extension.mjs'))));
});

test('every import of a module leads to one that exports what it asks for', () => {
  const modules = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mjs'));
  const textOf = (file: string) => readFileSync(file, 'utf8');
  const exportsOf = (file: string) =>
    new Set(
      [...textOf(file).matchAll(/\bexport ?\{([^}]*)\}/g)].flatMap(
        ([, list = '']) => list.match(/[\w$]+(?=,|$)/g) ?? [],
      ),
    );
  let asked = 0;
  for (const file of modules.map((name) => join('dist', name))) {
    const text = textOf(file);
    for (const [, path = ''] of text.matchAll(/\bimport\("(\.[\w./-]+\.mjs)"\)/g)) textOf(join(file, '..', path));
    for (const [, list = '', path = ''] of text.matchAll(/\bimport(?: ?\{([^}]*)\} ?from)? ?"(\.[\w./-]+\.mjs)"/g)) {
      const exported = exportsOf(join(file, '..', path));
      for (const item of list.split(',').filter(Boolean)) {
        asked++;
        assert.ok(exported.has(item.split(' as ')[0] ?? ''), `${file} asks ${path} for ${item}`);
      }
    }
  }
  assert.ok(asked > 1000, String(asked));
});

test('the HTTP client and logger of acme-client are left out', () => {
  const packages = packagesIn(Object.keys(outputs));
  for (const name of ['axios', 'debug', 'node-forge']) assert.ok(!packages.includes(name), `${name} is bundled`);
});

test('one copy of the certificate library is bundled', () => {
  const copies = Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((input) => input.includes('@peculiar/x509/') && /x509\.(es|cjs)?\.?js$/.test(input)),
  );
  assert.ok(new Set(copies).size <= 1, copies.join(', '));
});

test('the command line starts from the code cache of its bundle', () => {
  const bundle = readBundle(resolve('dist/cli/commands.cjs'));
  assert.match(bundle.id, /^[0-9a-f]{16}$/);
  for (const call of ['lint', 'lint-nginx', 'endpoints-apache', 'help']) {
    const cache = findCodeCache(bundle, call, {});
    assert.equal(runBundle(bundle, cache).cached, true, call);
    assert.equal(cache?.wanted, false, call);
  }
});

test('the command line is a program', () => {
  assert.match(readFileSync('dist/cli.js', 'utf8'), /^#!\/usr\/bin\/env node\n/);
  assert.equal(statSync('dist/cli.js').mode & 0o111, 0o111);
});
