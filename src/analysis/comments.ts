import type { Range } from '../text/range.ts';

/** A comment that speaks to TLS Workbench. Every language read here begins a comment with `#`. */
export interface ControlComment {
  readonly kind: 'disable' | 'disable-next-line';
  /** Rule ids with their ranges. */
  readonly rules: readonly { readonly id: string; readonly range: Range }[];
  /** Text after ` -- `, empty where none is given. */
  readonly reason: string;
  readonly range: Range;
}

/** On a line of its own, or behind a directive. */
const comment = /(?:^|[ \t;{}])#[ \t]*tls-workbench-(disable-next-line|disable|context)\b([^\r\n]*)/gm;

/** All suppression comments of a text, in order. */
export function controlComments(text: string): readonly ControlComment[] {
  if (!text.includes('tls-workbench-disable')) return [];
  const found: ControlComment[] = [];
  for (const match of text.matchAll(comment)) {
    const kind = match[1];
    if (kind !== 'disable' && kind !== 'disable-next-line') continue;
    const rest = match[2] ?? '';
    const separator = rest.search(/\s--(\s|$)/);
    const ids = separator < 0 ? rest : rest.slice(0, separator);
    const start = match.index + match[0].indexOf('#');
    const restStart = match.index + match[0].length - rest.length;
    found.push({
      kind,
      rules: [...ids.matchAll(/[^\s,]+/g)].map((id) => ({
        id: id[0],
        range: { start: restStart + id.index, end: restStart + id.index + id[0].length },
      })),
      reason: separator < 0 ? '' : rest.slice(separator + 3).trim(),
      range: { start, end: match.index + match[0].trimEnd().length },
    });
  }
  return found;
}

/** The word of `# tls-workbench-context WORD`, where the text has one. */
export function contextComment(text: string): { readonly word: string; readonly range: Range } | undefined {
  if (!text.includes('tls-workbench-context')) return undefined;
  for (const match of text.matchAll(comment)) {
    const word = /^\s+(\S+)/.exec(match[2] ?? '');
    if (match[1] !== 'context' || word?.[1] === undefined) continue;
    const end = match.index + match[0].length - (match[2] ?? '').length + word[0].length;
    return { word: word[1], range: { start: end - word[1].length, end } };
  }
  return undefined;
}
