import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readIndex } from '../../../src/certificates/inventory/git-index.ts';
import { placesOf } from '../../../src/certificates/inventory/key-places.ts';
import type { Files } from '../../../src/host/host.ts';

/** An index as git writes it, of entries without content. */
function indexOf(version: 2 | 4, paths: readonly string[], nameLength = 20): Uint8Array {
  const header = Buffer.alloc(12);
  header.write('DIRC');
  header.writeUInt32BE(version, 4);
  header.writeUInt32BE(paths.length, 8);
  let before = '';
  const entries = paths.map((path) => {
    // Bytes that are no zeros, as those of names mostly are.
    const fixed = Buffer.alloc(42 + nameLength, 0xa7);
    fixed.writeUInt16BE(Math.min(Buffer.byteLength(path), 0xfff), 40 + nameLength);
    if (version === 4) {
      let kept = 0;
      while (kept < before.length && before[kept] === path[kept]) kept++;
      const entry = Buffer.concat([
        fixed,
        Buffer.of(Buffer.byteLength(before.slice(kept))),
        Buffer.from(`${path.slice(kept)}\0`),
      ]);
      before = path;
      return entry;
    }
    const length = 42 + nameLength + Buffer.byteLength(path);
    return Buffer.concat([fixed, Buffer.from(path), Buffer.alloc(8 - (length % 8))]);
  });
  return Buffer.concat([header, ...entries, Buffer.alloc(nameLength)]);
}

const paths = ['README', 'größe/a.key', 'größe/b.key', 'tls/site.example.key', 'tls/site.example.pem'];

test('the index of git is read in its versions, and a broken one is none', () => {
  for (const version of [2, 4] as const) {
    const index = indexOf(version, paths);
    assert.deepEqual(readIndex(index), paths);
    const long = [...paths, `z/${'deep/'.repeat(1000)}a.key`];
    for (const nameLength of [20, 32]) assert.deepEqual(readIndex(indexOf(version, long, nameLength)), long);
    for (let length = 0; length < index.length; length++) readIndex(index.subarray(0, length));
    assert.equal(readIndex(index.subarray(0, 100)), undefined);
  }
});

const modes: Readonly<Record<string, number>> = {
  '/w': 0o755,
  '/w/tls': 0o755,
  '/w/public': 0o755,
  '/w/htdocs': 0o755,
  '/w/home': 0o700,
};
const contents: Readonly<Record<string, Uint8Array>> = {
  '/w/.git/index': indexOf(2, paths),
  '/w/public/index.html': new Uint8Array(0),
};
const missing = (path: string) => ({ error: 'missing', message: `${path} does not exist` }) as const;
const files: Files = {
  async stat(path) {
    if (contents[path] !== undefined) return { kind: 'file', size: 0, modified: 0 };
    if (path === '/w/.git') return { kind: 'directory', size: 0, modified: 0 };
    const mode = modes[path];
    return mode === undefined ? missing(path) : { kind: 'directory', size: 0, modified: 0, mode };
  },
  async read(path) {
    return contents[path] ?? missing(path);
  },
  async list(path) {
    return missing(path);
  },
  async realPath(path) {
    return path;
  },
};

test('a key file is judged by the folders above it', async () => {
  const names = ['/w/tls/site.example.key', '/w/public/a.key', '/w/htdocs/x/b.key', '/w/home/c.key'];
  const places = await placesOf(
    names.map((file) => ({ file })),
    files,
  );
  const open = { closed: false, tracked: false, documentRoot: undefined };
  assert.deepEqual(
    names.map((name) => places.get(name)),
    [
      { ...open, tracked: true },
      { ...open, documentRoot: '/w/public' },
      { ...open, documentRoot: '/w/htdocs' },
      { ...open, closed: true },
    ],
  );
});
