import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs vscode-tmgrammar-test over every file below `test/grammar`, with the grammars that package.json contributes. */
export function testGrammars(parts = []) {
  const root = 'test/grammar';
  if (!existsSync(root)) return { passed: 0, failed: 0, empty: true };
  const files = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .filter((file) => readFileSync(file, 'utf8').includes('SYNTAX TEST'));
  const tool = 'node_modules/vscode-tmgrammar-test/dist/unit.js';
  const failures = [];
  for (const file of files) {
    const { status } = spawnSync(process.execPath, [tool, '--compact', file], { stdio: 'inherit' });
    if (status !== 0) failures.push({ name: 'tokens', file });
  }
  return { passed: files.length - failures.length, failed: failures.length, failures };
}
