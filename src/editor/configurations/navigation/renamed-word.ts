/** Characters that mean something else in one of the languages, quoted or not. */
const special = /["'\\$%*?[\]<>]/;

/** Characters that a word needs quotes for. */
const parting = /[\s;{}#()]/;

/** A path in a configuration, and where it leads. */
export interface PathWord {
  /** As it is written, with its quotes where it has some. */
  readonly text: string;
  /** As the server resolves it; may hold a glob. */
  readonly path: string;
  /** The file or folder here that it leads to; of a glob the folder before its first sign. */
  readonly local: string;
}

/**
 * The word for a file that goes from one place to another, alone or with a folder above it, and where that leads; undefined
 * where what is written has no part in what changes.
 */
export function renamedWord(
  { text, path, local }: PathWord,
  from: string,
  to: string,
): { readonly text: string; readonly path: string; readonly local: string } | undefined {
  if (local !== from && !local.startsWith(`${from}/`)) return undefined;
  const moved = to + local.slice(from.length);
  const [before, after] = differentTails(local.split('/'), moved.split('/'));
  if (special.test(after)) return undefined;
  const written = replaced(text, before, after);
  const resolved = replaced(path, before, after);
  if (!written || !resolved) return undefined;
  const quote = parting.test(after) && !/^["']/.test(text) ? '"' : '';
  return { text: quote + written + quote, path: resolved, local: moved };
}

function differentTails(one: readonly string[], other: readonly string[]): readonly [string, string] {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return [one.slice(same).join('/'), other.slice(same).join('/')];
}

/** Replaces whole parts of a path: at its end, or before a glob. */
function replaced(text: string, before: string, after: string): string | undefined {
  const glob = text.search(/[^/]*[*?[]/);
  const head = (glob === -1 ? text : text.slice(0, glob)).replace(/\/?["']?$/, '');
  const start = head.length - before.length;
  if (before === '' || !head.endsWith(before) || (start > 0 && !'/"\''.includes(head.charAt(start - 1))))
    return undefined;
  return head.slice(0, start) + after + text.slice(head.length);
}

/** The folder before the first sign of a glob; a path without one as it is, a folder without the slash at its end. */
export function beforeGlob(path: string): string {
  return path.replace(/(?<=.)\/(?:[^/]*[*?[].*)?$/s, '');
}
