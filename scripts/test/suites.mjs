import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const whole = process.env['JUDGE'] === 'full';

/**
 * The suites of `npm test`, in the order in which they run.
 * `root`: folder of their `*.test.ts`; `together`: all files in one process; `concurrency`: files at a time;
 * `minutes`: after which the suite is stopped and counts as failed; `retries`: how often a file that failed is run again
 * by itself, for suites whose programs are not ours and may be slow now and then.
 */
export const suites = {
  unit: {
    root: 'test',
    without: ['test/cli', 'test/package', 'test/servers', 'test/vscode'],
    together: true,
    minutes: 10,
  },
  package: { root: 'test/package', concurrency: 1, minutes: 6 },
  cli: { root: 'test/cli', concurrency: 2, minutes: 6 },
  servers: { root: 'test/servers', concurrency: 2, minutes: whole ? 180 : 30, retries: 1 },
  vscode: { root: 'test/vscode', concurrency: 1, minutes: 60, retries: 1 },
};

/** The suite's `*.test.ts` files, in a stable order, of those whose path contains one of `parts` (all, when there is none). */
export function testFiles({ root, without = [] }, parts = []) {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !without.some((folder) => file.startsWith(`${folder}/`)))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .sort();
}
