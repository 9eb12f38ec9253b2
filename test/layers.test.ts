import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/** Which folders of `src/` a folder may import, and which packages. A folder that is missing here fails the test. */
interface Layer {
  readonly imports: readonly string[];
  readonly packages?: readonly string[];
  /** Files that may import Node's own modules; `true` for all. */
  readonly node?: true | readonly string[];
}

const core = ['text', 'memory', 'tls', 'certificates', 'languages', 'rules', 'analysis', 'host', 'acme', 'network'];
const layers: Readonly<Record<string, Layer>> = {
  text: { imports: [] },
  memory: { imports: [] },
  tls: { imports: ['text', 'memory'] },
  languages: { imports: ['text', 'memory', 'tls'] },
  certificates: { imports: ['text', 'tls', 'host'], packages: ['@peculiar/', 'reflect-metadata', 'yaml'] },
  rules: { imports: ['text', 'memory', 'tls', 'certificates'] },
  analysis: { imports: ['text', 'memory', 'tls', 'certificates', 'languages', 'rules', 'host'], packages: ['yaml'] },
  host: {
    imports: ['text'],
    node: ['node.ts', 'node-files.ts', 'blocking-files.ts', 'node-crypto.ts', 'node-trust.ts', 'node-attributes.ts'],
  },
  network: { imports: ['text', 'host', 'certificates'], node: true },
  acme: {
    imports: ['text', 'certificates', 'network', 'host'],
    packages: ['acme-client', 'reflect-metadata', '@peculiar/', 'yaml'],
    node: true,
  },
  operations: { imports: core, packages: ['yaml'], node: true },
  report: { imports: ['text', 'tls', 'certificates', 'rules', 'analysis', 'languages'] },
  protocol: { imports: ['certificates', 'tls', 'text'] },
  cli: { imports: [...core, 'operations', 'report', 'cli'], node: true },
  editor: {
    imports: [...core, 'operations', 'report', 'protocol', 'editor'],
    packages: ['vscode', 'yaml'],
    node: true,
  },
  webview: { imports: ['protocol'] },
};

/** The one file, or folder, that may import a heavy package. */
const onlyIn: Readonly<Record<string, string>> = {
  'acme-client': 'src/acme/client/client.ts',
  '@lezer': 'src/languages/django/parse/',
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

const files = filesIn('src');

function folderOf(file: string): string {
  const parts = file.split('/');
  if (parts.length > 2) return parts[1] as string;
  if (file === 'src/cli.ts') return 'cli';
  return file === 'src/extension.ts' ? 'editor' : 'root';
}

const staticImport = /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*'([^']+)'/gm;
const typeImport = /^(?:import|export)\s+type\s/;
const lazyImport = /\bimport\('([^']+)'\)/g;

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(staticImport), ...text.matchAll(lazyImport)].map((match) => match[1] as string);
}

/** Imports that load code as soon as the file itself is loaded. */
function eagerImportsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(staticImport)].filter(([text]) => !typeImport.test(text)).map((match) => match[1] as string);
}

test('invariant 1: every folder of src has a row in the import table', () => {
  const folders = new Set(files.map(folderOf).filter((folder) => folder !== 'root'));
  assert.deepEqual([...folders].filter((folder) => !(folder in layers)).sort(), []);
});

test('invariant 1: folders import only what the table allows', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const folder = folderOf(file);
    const layer = layers[folder];
    if (layer === undefined) continue;
    for (const name of importsOf(file)) {
      const problem = judge(file, folder, layer, name);
      if (problem !== undefined) wrong.push(`${file} imports ${name}: ${problem}`);
    }
  }
  assert.deepEqual(wrong, []);
});

function judge(file: string, folder: string, layer: Layer, name: string): string | undefined {
  if (name.startsWith('.')) {
    const target = folderOf(normalize(join(dirname(file), name)));
    if (target === folder || target === 'root') return undefined;
    return layer.imports.includes(target) ? undefined : `${folder} may not import ${target}`;
  }
  if (name.startsWith('node:') || builtinModules.includes(name)) {
    const local = file.split('/').slice(2).join('/');
    const allowed = layer.node === true || (layer.node ?? []).includes(local);
    return allowed ? undefined : `${folder} may not import Node's modules`;
  }
  const home = Object.entries(onlyIn).find(([heavy]) => name === heavy || name.startsWith(`${heavy}/`))?.[1];
  if (home !== undefined)
    return file === home || (home.endsWith('/') && file.startsWith(home)) ? undefined : `only ${home} may`;
  return (layer.packages ?? []).some(
    (allowed) => name === allowed || (allowed.endsWith('/') && name.startsWith(allowed)),
  )
    ? undefined
    : `${folder} may not import this package`;
}

test('invariant 1: no language imports another', () => {
  const wrong = files
    .filter((file) => file.startsWith('src/languages/'))
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => normalize(join(dirname(file), name)))
        .filter((target) => /^src\/languages\/[^/]+\//.test(target) && target.split('/')[2] !== file.split('/')[2])
        .map((target) => `${file} imports ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test('invariant 10: no entry loads a heavy package before it is used', () => {
  const heavy = /^(acme-client|@peculiar|@lezer|yaml|reflect-metadata)\b/;
  const wrong: string[] = [];
  for (const entry of ['src/extension.ts', 'src/cli.ts']) {
    const seen = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const name of eagerImportsOf(file)) {
        if (heavy.test(name)) wrong.push([...path, file, name].join(' > '));
        else if (name.startsWith('.') && name.endsWith('.ts'))
          visit(normalize(join(dirname(file), name)), [...path, file]);
      }
    };
    visit(entry, []);
    assert.ok(seen.size > 1, `${entry} was followed`);
  }
  assert.deepEqual(wrong, []);
});

test('no two files need each other, not even for their types', () => {
  const imports = new Map(
    files.map((file) => {
      const own = importsOf(file).filter((name) => name.startsWith('.'));
      return [file, own.map((name) => normalize(join(dirname(file), name)))] as const;
    }),
  );
  // What needs nothing that is still there, or is needed by nothing, is in no circle and is taken away.
  for (let before = -1; before !== imports.size; ) {
    before = imports.size;
    const needed = new Set([...imports.values()].flat());
    for (const [file, names] of imports) {
      if (!needed.has(file) || !names.some((name) => imports.has(name))) imports.delete(file);
    }
  }
  assert.deepEqual([...imports.keys()], []);
});

test('nothing but data has more than 400 lines in a file', () => {
  const long = ['src', 'test', 'scripts']
    .flatMap(filesIn)
    .filter((file) => !file.includes('/data/') && readFileSync(file, 'utf8').split('\n').length > 401);
  assert.deepEqual(long, []);
});
