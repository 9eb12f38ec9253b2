import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const texts = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => /\.(?:ts|mjs)$/.test(name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
);

test('no function or constant is exported that no other file speaks of', () => {
  const files = new Map<string, number>();
  for (const { text } of texts) {
    for (const word of new Set(text.match(/\w+/g))) files.set(word, (files.get(word) ?? 0) + 1);
  }
  const unused = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm)]
      .filter(([, name = '']) => (files.get(name) ?? 0) < 2)
      .map(([, name]) => `${file}: ${name}`),
  );
  assert.deepEqual(unused, []);
});
