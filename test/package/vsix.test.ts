import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { readBundle } from '../../src/cli/bundle.ts';
import { version } from '../../src/version.ts';
import { packedExtension } from '../support/tools.ts';

// A .vsix is a zip file; Python reads those without a further package.
const listing = 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))';
const content =
  'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("extension/" + sys.argv[2]))';
const files = execFileSync('python3', ['-c', listing, packedExtension()], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file.startsWith('extension/'))
  .map((file) => file.slice('extension/'.length));

test('only what was allowed is packed', () => {
  const allowed =
    /^(package\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/(extension\.mjs|cli\.js|cli\/(?:commands\.(?:json|mjs)|python\.cjs)|rule-pages\.json\.br|package\.json|THIRD-PARTY-NOTICES\.txt|chunks\/[\w.-]+\.mjs|webview\/\w+\.(js|css))|media\/.+|syntaxes\/[\w.-]+\.json|docs\/[\w-]+\.md)$/i;
  assert.deepEqual(
    files.filter((file) => !allowed.test(file)),
    [],
  );
});

test('every file that the manifest names is packed', () => {
  const named = readFileSync('package.json', 'utf8').match(/"\.?\/?(dist|media|syntaxes|docs)\/[^"]+\.\w+"/g) ?? [];
  const missing = named.map((text) => text.replace(/^"(\.\/)?|"$/g, '')).filter((file) => !files.includes(file));
  assert.deepEqual(missing, []);
});

test('the read-me that VS Code shows has no link that it would not follow, and the command instead has its pages', () => {
  assert.doesNotMatch(readMe(), /\]\((?!https?:)/);
  assert.match(readMe(), /TLS: Show\s+Documentation…/);
  const pages = readFileSync('src/editor/documentation.ts', 'utf8').match(/docs\/[\w-]+\.md/g) ?? [];
  assert.ok(pages.length > 1, String(pages));
  assert.deepEqual(
    pages.filter((page) => !files.includes(page)),
    [],
  );
});

test('the read-me that VS Code shows begins with what the extension does, without pictures and commands of the repository', () => {
  const [title, , pitch] = readMe().split('\n');
  assert.equal(title, '# TLS Workbench');
  assert.match(pitch ?? '', /^See what /);
  assert.doesNotMatch(readMe(), /!\[|npm start|npm test|repository -->/);
});

function readMe(): string {
  return textOf(files.find((file) => file.toLowerCase() === 'readme.md') ?? '');
}

function textOf(file: string): string {
  return bytesOf(file).toString();
}

function bytesOf(file: string): Buffer {
  return execFileSync('python3', ['-c', content, packedExtension(), file]);
}

test('its command line runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-vsix-'));
  try {
    execFileSync('python3', ['-m', 'zipfile', '-e', packedExtension(), folder]);
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [join(folder, 'extension/dist/cli.js'), ...args], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: folder },
      });
    // The second run has V8's code of the first.
    for (const time of ['first', 'second']) assert.equal(run('--version'), `tls-workbench ${version}\n`, time);
    assert.equal(run('explain', 'hsts-missing'), readFileSync('docs/rules/hsts-missing.md', 'utf8'));
    assert.match(run('ciphers', 'HIGH'), /ECDHE-ECDSA-AES256-GCM-SHA384/);
    // Made of the extension's modules, it is that of the other package.
    const { text } = readBundle(join(folder, 'extension/dist/cli/commands.cjs'));
    assert.ok(text === readFileSync('dist/cli/commands.cjs', 'latin1'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the page of every rule is packed', () => {
  const pages = readdirSync('docs/rules').map((name) => [
    name.replace(/\.md$/, ''),
    readFileSync(`docs/rules/${name}`, 'utf8'),
  ]);
  assert.deepEqual(
    JSON.parse(brotliDecompressSync(bytesOf('dist/rule-pages.json.br')).toString()),
    Object.fromEntries(pages),
  );
});

test('licence, read-me and change log are packed', () => {
  const lower = files.map((file) => file.toLowerCase());
  for (const name of ['license.txt', 'readme.md', 'changelog.md']) assert.ok(lower.includes(name), name);
});

test('the package is small', () => {
  // 0.79 MB of it are the digests of Debian's weak keys, which nothing packs any tighter.
  assert.ok(statSync(packedExtension()).size <= 2_000_000, String(statSync(packedExtension()).size));
});
