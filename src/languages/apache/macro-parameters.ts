import type { NamedPlace, NameKind } from '../names.ts';
import type { ApacheFile, ApacheNode, Section } from './syntax.ts';

const parameterName: NameKind = {
  word: 'parameter',
  valid: /^[$%@](?:\w+|\{\w+\}|\(\w+\))$/,
  letters: '$, % or @ and then letters, digits and underscores',
};

/** More than anybody writes: each is looked for everywhere in the macro. */
const maximumParameters = 30;

/** Macros in a macro in a macro: nobody writes more, and each looks through all that stand in it. */
const maximumDepth = 3;

/** The parameters of a macro where they are named, and in all that stands in it, macros of its own too (mod_macro). */
export function* parametersOf({ document }: ApacheFile, macro: Section): Iterable<NamedPlace> {
  const space = `${document.file} ${macro.range.start}`;
  const place = (name: string, start: number, role: NamedPlace['role']): NamedPlace => {
    return {
      kind: parameterName,
      space,
      name,
      role,
      location: { file: document.file, range: { start, end: start + name.length } },
    };
  };
  const all = macro.args.slice(1, maximumParameters);
  const named = all.filter(({ value }) => parameterName.valid.test(value));
  if (named.length === 0) return;
  for (const { value, range, quote } of named) yield place(value, range.start + quote.length, 'definition');
  const names = new Set(named.map(({ value }) => value));
  // Of two that begin alike mod_macro takes the longer one, whatever letters it has.
  const words = all.map(({ value }) => value).filter(Boolean);
  words.sort((a, b) => b.length - a.length);
  const pattern = new RegExp(words.map((word) => word.replace(/[^\w\s]/g, '\\$&')).join('|'), 'g');
  for (const { start, end } of written(macro.children)) {
    for (const { 0: name, index } of document.text.slice(start, end).matchAll(pattern))
      if (names.has(name)) yield place(name, start + index, 'use');
  }
}

function* written(nodes: readonly ApacheNode[], depth = 1): Iterable<ApacheNode['range']> {
  for (const node of nodes) {
    yield node.kind === 'section' ? node.header : node.range;
    if (node.kind !== 'section') continue;
    const inside = node.key === 'macro' ? depth + 1 : depth;
    if (inside <= maximumDepth) yield* written(node.children, inside);
  }
}
