import { positionAt } from '../../../text/document.ts';
import type { LineIndent, LineIndents } from '../../reindent.ts';
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
  const isContinued = (line: number) => {
    const start = document.lineStarts[line];
    return start !== undefined && /\\\r?\n$/.test(document.text.slice(Math.max(0, start - 3), start));
  };

  /** Comments between the statements of a section, too. */
  const visit = (nodes: readonly ApacheNode[], depth: number, from: number, to: number): void => {
    for (let line = from; line <= to; line++) if (isComment(line)) found.set(line, { depth });
    for (const node of nodes) {
      found.set(lineOf(node.range.start), { depth });
      if (node.kind !== 'section') continue;
      const last = node.close ? lineOf(node.close.start) : lineOf(node.range.end);
      // The code of mod_perl is no configuration.
      if (node.key !== 'perl') visit(node.children, depth + 1, lineOf(node.header.end) + 1, last - 1);
      if (node.close) found.set(last, { depth });
    }
  };
  const isComment = (line: number) =>
    /^[ \t]*#/.test(document.text.slice(document.lineStarts[line], document.lineStarts[line + 1])) &&
    !isContinued(line);

  visit(file.nodes, 0, 0, document.lineStarts.length - 1);
  return found;
}
