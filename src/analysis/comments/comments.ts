import type { Range } from '../../text/range.ts';

/** A comment that speaks to TLS Workbench. Every language read here begins a comment with `#`. */
export interface ControlComment {
  readonly kind: 'disable' | 'disable-next-line';
  /** Rule ids with their ranges. */
  readonly rules: readonly { readonly id: string; readonly range: Range }[];
  /** Text after ` -- `, empty where none is given. */
  readonly reason: string;
  readonly range: Range;
}

/** What a comment can be called, without the `tls-workbench-` before it. */
export const commentNames = ['disable-next-line', 'disable', 'context'] as const;

/** On a line of its own, or behind a directive. A colon behind the name does no harm. */
const comment = /(?:^|[ \t;{}])#[ \t]*tls-workbench-([\w-]+):?([^\r\n]*)/gm;

interface RawComment {
  readonly name: string;
  readonly nameStart: number;
  readonly rest: string;
  readonly restStart: number;
  readonly range: Range;
}

const none: readonly RawComment[] = [];

/** False where a text surely has no comment that speaks to TLS Workbench: nearly every one. */
export function mayHaveComments(text: string): boolean {
  return text.includes('#') && text.includes('tls-workbench-');
}

function rawComments(text: string): readonly RawComment[] {
  if (!mayHaveComments(text)) return none;
  return Array.from(text.matchAll(comment), (match) => {
    const [whole, name = '', rest = ''] = match;
    const start = match.index + whole.indexOf('#');
    const nameStart = match.index + whole.indexOf('tls-workbench-') + 'tls-workbench-'.length;
    const restStart = match.index + whole.length - rest.length;
    return { name, nameStart, rest, restStart, range: { start, end: match.index + whole.trimEnd().length } };
  });
}

/** All suppression comments of a text, in order. */
export function controlComments(text: string): readonly ControlComment[] {
  const found: ControlComment[] = [];
  for (const { name, rest, restStart, range } of rawComments(text)) {
    if (name !== 'disable' && name !== 'disable-next-line') continue;
    const separator = rest.search(/\s--(\s|$)/);
    const ids = separator < 0 ? rest : rest.slice(0, separator);
    found.push({
      kind: name,
      rules: [...ids.matchAll(/[^\s,]+/g)].map((id) => ({
        id: id[0],
        range: { start: restStart + id.index, end: restStart + id.index + id[0].length },
      })),
      reason: separator < 0 ? '' : rest.slice(separator + 3).trim(),
      range,
    });
  }
  return found;
}

/** The words of all comments `# tls-workbench-context WORD`, in order; an empty one where none is given. */
export function contextComments(text: string): readonly { readonly word: string; readonly range: Range }[] {
  const found = [];
  for (const { name, rest, restStart, range } of rawComments(text)) {
    if (name !== 'context') continue;
    const word = /\S+/.exec(rest);
    const start = restStart + (word?.index ?? 0);
    found.push(word ? { word: word[0], range: { start, end: start + word[0].length } } : { word: '', range });
  }
  return found;
}

/** Comments that speak to TLS Workbench and are called what no comment is called. */
export function unknownComments(text: string): readonly { readonly name: string; readonly range: Range }[] {
  const found = [];
  for (const { name, nameStart } of rawComments(text)) {
    if (commentNames.some((known) => known === name)) continue;
    found.push({ name, range: { start: nameStart, end: nameStart + name.length } });
  }
  return found;
}
