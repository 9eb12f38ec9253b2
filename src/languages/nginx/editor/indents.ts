import { positionAt } from '../../../text/document.ts';
import { blankLines, type LineIndent, type LineIndents } from '../../reindent.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Block, Directive, Word } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';

const none: LineIndents = new Map();

/**
 * How the lines of a file are to be indented. Nothing where the structure is not that of nginx, or not yet. What stands in
 * a word of several lines, in quotes or behind a backslash at the end of a line, stays as it is, and so does Lua with a text of
 * several lines.
 */
export function indents(file: NginxFile): LineIndents {
  if (file.problems.length > 0 || file.templates.length > 0) return none;
  const { document } = file;
  const found = new Map<number, LineIndent>();
  /** Lines that lie in texts of several, and those on which such texts begin or go on. */
  const [inside, open] = [new Set<number>(), new Set<number>()];
  const lineOf = (offset: number) => positionAt(document, offset).line;
  /** True where nothing but blanks stands before it in its line. */
  const isFirst = (offset: number) => {
    let at = offset - 1;
    while (document.text[at] === ' ' || document.text[at] === '\t') at--;
    return at < 0 || document.text[at] === '\n' || document.text[at] === '\r';
  };
  const setDepth = (offset: number, depth: number) => {
    if (isFirst(offset)) found.set(lineOf(offset), { depth });
  };

  /** Comments come in order, as the directives do; those within the head of one go along with it. */
  let next = 0;
  const commentsUpTo = (offset: number, depth: number | undefined) => {
    for (; (file.comments[next]?.start ?? offset) < offset; next++)
      if (depth !== undefined) setDepth(file.comments[next]?.start ?? 0, depth);
  };

  const visit = (directives: readonly Directive[], depth: number): void => {
    for (const directive of directives) {
      const { block } = directive;
      commentsUpTo(directive.start, depth);
      commentsUpTo(block ? block.start : directive.end, undefined);
      setDepth(directive.start, depth);
      alongHead(directive, depth);
      if (!block) continue;
      if (block.content === 'lua') alongLua(directive, block);
      else visit(block.directives, depth + 1);
      commentsUpTo(block.close.start, block.content === 'lua' ? undefined : depth + 1);
      setDepth(block.close.start, depth);
    }
  };

  const alongLua = ({ start }: Directive, block: Block): void => {
    const [from, to] = [lineOf(block.start), lineOf(block.close.start)];
    open.add(from);
    for (let line = from + 1; line <= to; line++) inside.add(line);
    if (/\[=*\[/.test(document.text.slice(block.start, block.close.start))) return;
    const first = lineOf(start);
    for (let line = from + 1; line <= to; line++) found.set(line, { along: first, isOpen: true });
  };

  const alongHead = (directive: Directive, depth: number): void => {
    const { block } = directive;
    const first = lineOf(directive.start);
    const end = block ? block.start : directive.end - 1;
    const last = lineOf(end);
    for (let line = first + 1; line <= last; line++) found.set(line, { along: first });
    if (block) setDepth(block.start, depth);
    if (first === last) return;
    for (const word of [directive.nameWord, ...directive.args])
      for (const line of linesInside(directive, word)) {
        found.delete(line);
        inside.add(line);
        open.add(line - 1);
      }
  };

  const linesInside = (directive: Directive, word: Word): readonly number[] => {
    const { start, end } = rangeOf(directive, word);
    const [from, to] = [lineOf(start), lineOf(end)];
    return Array.from({ length: to - from }, (_, index) => from + 1 + index);
  };

  visit(file.directives, 0);
  commentsUpTo(document.text.length, 0);
  for (const line of open) {
    const indent = found.get(line);
    if (indent) found.set(line, { ...indent, isOpen: true });
  }
  for (const line of blankLines(document)) if (!inside.has(line)) found.set(line, { depth: 0 });
  return found;
}
