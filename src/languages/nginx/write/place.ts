import { remember } from '../../../memory/remember.ts';
import type { FileEdit } from '../../../text/edit.ts';
import { indentAt, lineStart } from '../../../text/lines.ts';
import type { Range } from '../../../text/range.ts';
import { saysGenerated } from '../../generated.ts';
import { isConditional } from '../conditions.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Directive, Word } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';
import { lineEndAt } from '../parse/word-ends.ts';
import type { Item, Scope } from '../scope.ts';

/** Edits of one change, or why there are none. */
export type Outcome =
  | { readonly kind: 'edits'; readonly edits: readonly FileEdit[] }
  | { readonly kind: 'refused'; readonly reason: string };

export function refused(reason: string): Outcome {
  return { kind: 'refused', reason };
}

export function edits(...list: readonly FileEdit[]): Outcome {
  return { kind: 'edits', edits: list };
}

/** Why a directive must be left alone: a tool owns its line or its file, or fills it in. */
export function ownership(item: Item): string | undefined {
  return lineOwnership(item) ?? (item.args.some(({ templated }) => templated) ? filledIn : undefined);
}

const filledIn = 'A template fills in this directive: change the template’s values instead.';

/** Why a line must be left alone, whatever its directive holds: a tool owns it or its file. */
export function lineOwnership(item: Item): string | undefined {
  const { text } = item.file.document;
  const lineEnd = lineEndAt(text, item.end - 1);
  if (/#\s*managed by Certbot/i.test(text.slice(item.end, lineEnd))) {
    return `Certbot manages this line of ${item.file.document.file}: it would write it anew. Change it there or take the line over first.`;
  }
  return fileOwnership(item.file);
}

/** Why a whole file must be left alone: asked of each directive that a change touches. */
export const fileOwnership = remember((file: NginxFile): string | undefined => {
  const path = file.document.file;
  if (/\/letsencrypt\/options-ssl-nginx\.conf$/.test(path)) return `Certbot owns ${path} and updates it by itself.`;
  if (saysGenerated(file.document.text)) {
    return `${path} says that it is generated: change what generates it.`;
  }
  return undefined;
});

/** One word as nginx reads it back, quoted only where it must be. */
export function quoted(value: string): string {
  if (value !== '' && !/[\s;{}"'\\#]/.test(value)) return value;
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"';
  return quote + value.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** The same with the quotes that a word already has. */
export function quotedLike(value: string, word: Word | undefined): string {
  if (!word || word.quote === '' || value.includes(word.quote)) return quoted(value);
  return word.quote + value.replace(/\\/g, '\\\\') + word.quote;
}

/** Makes others of the arguments of a directive. Those at its beginning and end that stay are not touched, nor what is between them. */
export function replaceArguments(item: Item, values: readonly string[]): FileEdit {
  const { args, nameWord } = item;
  const { text, file } = item.file.document;
  const least = Math.min(args.length, values.length);
  let [before, behind] = [0, 0];
  while (before < least && args[before]?.value === values[before]) before++;
  while (behind < least - before && args.at(-1 - behind)?.value === values.at(-1 - behind)) behind++;
  const old = args.slice(before, args.length - behind);
  const [first, last] = [old[0], old.at(-1)];
  const texts = values
    .slice(before, values.length - behind)
    .map((value, index) => quotedLike(value, first && args[before + index]));
  const previous = rangeOf(item, args[before - 1] ?? nameWord).end;
  if (!first || !last) return { file, range: { start: previous, end: previous }, newText: ['', ...texts].join(' ') };
  const [{ start }, { end }] = [rangeOf(item, first), rangeOf(item, last)];
  if (texts.length > 0) return { file, range: { start, end }, newText: texts.join(' ') };
  const blanks =
    behind > 0 ? /^[ \t]*/.exec(text.slice(end, lineEndAt(text, end))) : /[ \t]*$/.exec(text.slice(previous, start));
  const length = blanks?.[0].length ?? 0;
  return { file, range: behind > 0 ? { start, end: end + length } : { start: start - length, end }, newText: '' };
}

/** Removes a directive, and its line where nothing else stands in it. */
export function remove(item: Item): FileEdit {
  const { text, file } = item.file.document;
  return { file, range: wholeLines(text, item), newText: '' };
}

/** Adds lines behind a directive, indented as it is; before it where its `;` is missing: it would take them as arguments. */
export function insertAfter(item: Item, lines: readonly string[]): FileEdit {
  const { text, file } = item.file.document;
  const indentation = indentAt(text, item.start);
  if (item.ending === 'nothing') {
    const newText = lines.map((line) => `${line}\n${indentation}`).join('');
    return { file, range: { start: item.start, end: item.start }, newText };
  }
  const lineEnd = lineEndAt(text, item.end - 1);
  const rest = text.slice(item.end, lineEnd);
  // A comment behind the directive stays with it.
  const isAlone = rest === '' || /^[ \t]*(?:#.*)?\r?$/.test(rest);
  const at = isAlone ? item.end + rest.replace(/\r$/, '').length : item.end;
  return { file, range: { start: at, end: at }, newText: below(indentation, lines) };
}

function below(indentation: string, lines: readonly string[]): string {
  let text = '';
  for (const line of lines) text += `\n${indentation}${line}`;
  return text;
}

/** Adds lines at the start of a block. */
export function insertAtStart(owner: Item, lines: readonly string[]): FileEdit {
  const { text, file } = owner.file.document;
  const at = (owner.block?.start ?? owner.end) + 1;
  const inner = indentationInside(owner);
  const added = below(inner, lines);
  // In a block of one line what follows starts on a line of its own.
  const next = /^[ \t]*(\S)/.exec(text.slice(at, lineEndAt(text, at)));
  return {
    file,
    range: { start: at, end: at },
    newText: next && next[1] !== '#' ? `${added}\n${inner}` : added,
  };
}

/** The directive of a block, in its own file, that new TLS directives stand best behind. */
function neighbour(scope: Scope, owner: Item): Item | undefined {
  let always: Item | undefined;
  let tls: Item | undefined;
  let name: Item | undefined;
  let listen: Item | undefined;
  for (let item = scope.first; item; item = item.next) {
    const isTls = item.name.startsWith('ssl_');
    if (!isTls && item.name !== 'server_name' && item.name !== 'listen') continue;
    if (item.inner || item.file !== owner.file || !isInside(item, owner)) continue;
    if (item.name === 'server_name') name = item;
    else if (item.name === 'listen') listen = item;
    else {
      tls = item;
      // What a template brings in some cases only is no place for what is to be there in all.
      if (!isConditional(item)) always = item;
    }
  }
  return always ?? tls ?? name ?? listen;
}

/** Adds directives to a block, near others of their kind. */
export function addTo(scope: Scope, owner: Item, lines: readonly string[]): FileEdit {
  const near = neighbour(scope, owner);
  return near ? insertAfter(near, lines) : insertAtStart(owner, lines);
}

/** One level of indentation as the file has it. */
export function indentationStep(owner: Item): string {
  const inner = indentationInside(owner);
  const outer = indentAt(owner.file.document.text, owner.start);
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '    ';
}

function indentationInside(owner: Item): string {
  const { text } = owner.file.document;
  const outer = indentAt(text, owner.start);
  const first = owner.block?.directives.find(({ start }) => text.slice(owner.start, start).includes('\n'));
  if (first) return indentAt(text, first.start);
  return outer + (outer.includes('\t') ? '\t' : '    ');
}

function wholeLines(text: string, range: Range): Range {
  const start = lineStart(text, range.start);
  const end = lineEndAt(text, range.end - 1);
  const before = text.slice(start, range.start);
  const after = text.slice(range.end, end);
  if (before.trim() === '' && /^\s*(?:#.*)?$/.test(after)) {
    return { start, end: Math.min(end + 1, text.length) };
  }
  const blank = /^[ \t]*/.exec(after)?.[0].length ?? 0;
  return { start: range.start, end: range.end + blank };
}

function isInside(inner: Directive, outer: Directive): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
