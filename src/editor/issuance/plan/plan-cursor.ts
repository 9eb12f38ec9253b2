import { lineStart } from '../../../text/lines.ts';

/** Where the cursor stands in a plan: below which keys, and whether a key or a value is written there. */
export interface PlanCursor {
  /** Keys from the root, outermost first; the last one is that of the value where a value is written. */
  readonly path: readonly string[];
  readonly position: 'key' | 'value';
  /** Offset where the word at the cursor begins. */
  readonly wordStart: number;
}

/**
 * Reads the structure above and before the cursor from indentation and brackets. A YAML parser needs a finished text,
 * which is what completion never has.
 */
export function planCursor(text: string, offset: number): PlanCursor | undefined {
  const start = lineStart(text, offset);
  const before = text.slice(start, offset);
  if (/(^|\s)#/.test(before)) return undefined;
  const indent = /^ */.exec(before)?.[0].length ?? 0;
  const path = [...keysAbove(text.slice(0, start), indent)];
  const key = /^ *(?:- +)?([\w.*:-]+|"[^"]*"|'[^']*')\s*:(\s+|$)/.exec(before);
  if (key === null) {
    const item = /^ *- +/.exec(before)?.[0].length;
    const wordStart = start + (item ?? indent);
    return { path, position: item === undefined ? 'key' : 'value', wordStart };
  }
  path.push(unquote(key[1] ?? ''));
  if (key[2] === '') return undefined;
  return inBrackets(before, key[0].length, start, path);
}

/** Keys that the block of the cursor's line has in its other lines, where a key begins that line. */
export function keysBeside(text: string, offset: number): ReadonlySet<string> {
  const start = lineStart(text, offset);
  const indent = /^ */.exec(text.slice(start))?.[0].length ?? 0;
  if (start + indent > offset || /[^\w.*"'-]/.test(text.slice(start + indent, offset))) return new Set();
  const above = text.slice(0, start).split('\n').reverse();
  const below = text.slice(start).split('\n').slice(1);
  return new Set([above, below].flatMap((lines) => keysOfBlock(lines, indent)));
}

/** As far as the lines are no less indented. */
function keysOfBlock(lines: readonly string[], indent: number): readonly string[] {
  const keys: string[] = [];
  for (const line of lines) {
    const found = /^( *)(?:([\w.*:-]+|"[^"]*"|'[^']*')\s*:(?:\s|$))?/.exec(line);
    const isSilent = /^\s*(?:#|$)/.test(line);
    const depth = found?.[1]?.length ?? 0;
    if (isSilent) continue;
    if (depth < indent) break;
    if (depth === indent && found?.[2] !== undefined) keys.push(unquote(found[2]));
  }
  return keys;
}

/** Keys of the lines above that are less indented, outermost first. */
function keysAbove(above: string, indent: number): readonly string[] {
  const keys: string[] = [];
  let limit = indent;
  for (const line of above.split('\n').reverse()) {
    const found = /^( *)([\w.*:-]+|"[^"]*"|'[^']*')\s*:(\s|$)/.exec(line);
    if (found === null || (found[1] ?? '').length >= limit) continue;
    limit = (found[1] ?? '').length;
    keys.unshift(unquote(found[2] ?? ''));
    if (limit === 0) break;
  }
  return keys;
}

/** Follows `{ key: [a, b], …` from where the line's value begins. */
function inBrackets(before: string, start: number, lineStart: number, base: readonly string[]): PlanCursor {
  const open: { readonly bracket: string; key: string | undefined }[] = [];
  let wordStart = start;
  for (let at = start; at < before.length; at++) {
    const character = before[at] ?? '';
    const inner = open.at(-1);
    if (character === '{' || character === '[') open.push({ bracket: character, key: undefined });
    else if (character === '}' || character === ']') open.pop();
    else if (character === ',' && inner !== undefined) inner.key = undefined;
    else if (character === ':' && /\s/.test(before[at + 1] ?? ' ') && inner?.bracket === '{') {
      inner.key = unquote(before.slice(wordStart, at).trim());
    } else if (!/\s/.test(character)) continue;
    wordStart = at + 1;
  }
  const path = [...base, ...open.flatMap(({ key }) => key ?? [])];
  const inner = open.at(-1);
  const position = inner?.bracket === '{' && inner.key === undefined ? 'key' : 'value';
  return { path, position, wordStart: lineStart + wordStart };
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
