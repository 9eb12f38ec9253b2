import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All `*.test.ts` below `test/`, in a stable order, without those below the folders given. */
export function testFiles(without = [], root = 'test') {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !without.some((folder) => file.startsWith(`${folder}/`)))
    .sort();
}
