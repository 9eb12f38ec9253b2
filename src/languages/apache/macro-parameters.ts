import type { NamedPlace, NameKind } from '../names.ts';
import type { ApacheFile, ApacheNode, Section } from './syntax.ts';

const parameterName: NameKind = {
  word: 'parameter',
  valid: /^[$%@](?:\w+|\{\w+\}|\(\w+\))$/,
  letters: '$, % or @ and then letters, digits and underscores',
};

/** More than anybody writes: each is looked for everywhere in the macro. */
const maximumParameters = 30;

/** The parameters of a macro where they are named, and in all that stands in it but macros of its own (mod_macro). */
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
  const named = macro.args.slice(1, maximumParameters).filter(({ value }) => parameterName.valid.test(value));
  if (named.length === 0) return;
  for (const { value, range, quote } of named) yield place(value, range.start + quote.length, 'definition');
  // Of two that begin alike mod_macro takes the longer one.
  const names = named.map(({ value }) => value).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(names.map((name) => name.replace(/[${}()]/g, '\\$&')).join('|'), 'g');
  for (const { start, end } of written(macro.children)) {
    for (const { 0: name, index } of document.text.slice(start, end).matchAll(pattern))
      yield place(name, start + index, 'use');
  }
}

function* written(nodes: readonly ApacheNode[]): Iterable<ApacheNode['range']> {
  for (const node of nodes) {
    yield node.kind === 'section' ? node.header : node.range;
    if (node.kind === 'section' && node.key !== 'macro') yield* written(node.children);
  }
}
