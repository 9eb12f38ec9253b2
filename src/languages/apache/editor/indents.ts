import { type Document, positionAt } from '../../../text/document.ts';
import { blankLines, type LineIndent, type LineIndents } from '../../reindent.ts';
import { codeSections } from '../parse.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';

const none: LineIndents = new Map();

/**
 * How the lines of a file are to be indented. Nothing where the structure is not that of Apache, or not yet. What a
 * backslash continues stays as it is: the blanks in front of such a line are part of its words.
 */
export function indentsApache(file: ApacheFile): LineIndents {
  if (file.errors.length > 0 || file.templated) return none;
  const { document } = file;
  const found = new Map<number, LineIndent>();
  const lineOf = (offset: number) => positionAt(document, offset).line;
  const comments = commentLines(document);
  const code = new Set<number>();
  let next = 0;
  const commentsUpTo = (line: number, depth: number | undefined) => {
    for (; (comments[next] ?? line) < line; next++) if (depth !== undefined) found.set(comments[next] ?? 0, { depth });
  };

  const visit = (nodes: readonly ApacheNode[], depth: number): void => {
    for (const node of nodes) {
      const line = lineOf(node.range.start);
      commentsUpTo(line, depth);
      found.set(line, { depth });
      if (node.kind !== 'section') continue;
      // Programs are no configuration.
      const isCode = codeSections.has(node.key);
      if (!isCode) visit(node.children, depth + 1);
      if (!node.close) continue;
      const last = lineOf(node.close.start);
      for (let at = line + 1; isCode && at < last; at++) code.add(at);
      commentsUpTo(last, isCode ? undefined : depth + 1);
      found.set(last, { depth });
    }
  };

  visit(file.nodes, 0);
  commentsUpTo(document.lineStarts.length, 0);
  for (const at of blankLines(document)) if (!code.has(at) && !isContinued(document, at)) found.set(at, { depth: 0 });
  return found;
}

/** Numbers of the lines that are comments, without those that a comment before takes in. */
function commentLines(document: Document): readonly number[] {
  const { text, lineStarts } = document;
  const lines: number[] = [];
  lineStarts.forEach((start, line) => {
    if (!isContinued(document, line) && /^[ \t]*#/.test(text.slice(start, lineStarts[line + 1]))) lines.push(line);
  });
  return lines;
}

/** True where a backslash at the end of the line before makes it part of that one. */
function isContinued({ text, lineStarts }: Document, line: number): boolean {
  const start = lineStarts[line] ?? 0;
  return /\\\r?\n$/.test(text.slice(Math.max(0, start - 3), start));
}
