import type { Related } from '../../../text/finding.ts';
import type { Item } from '../scope.ts';

/** Where a line that ends with neither a semicolon nor a block ends for nginx: that line is the one that it names. */
export function readTo({ file, end }: Item): readonly Related[] {
  const behind = file.document.text.slice(end, end + mostRead);
  // What a comment says ends nothing.
  const found = [...behind.matchAll(/(?<=\s)#[^\n]*|[;{}]/g)].find(([sign]) => !sign.startsWith('#'));
  if (!found) return [];
  const at = end + found.index;
  const location = { file: file.document.file, range: { start: at, end: at + 1 } };
  return [{ location, message: 'nginx reads on to here, and reports this line.' }];
}

/** Nobody looks for the end of what goes on for longer. */
const mostRead = 5_000;
