import type { Range } from '../../../text/range.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';

/** Every section, from its opening tag to its end, and runs of comments. */
export function foldingApache(file: ApacheFile): readonly Range[] {
  const ranges: Range[] = [];
  const visit = (nodes: readonly ApacheNode[]): void => {
    for (const node of nodes) {
      if (node.kind !== 'section') continue;
      ranges.push(node.range);
      visit(node.children);
    }
  };
  visit(file.nodes);
  return [...ranges, ...commentRuns(file)];
}

/** Half of what distributions ship is comments. */
function commentRuns({ document: { text } }: ApacheFile): readonly Range[] {
  return [...text.matchAll(/^([ \t]*)#[^\n]*(?:\n[ \t]*#[^\n]*)+/gm)].map(
    ({ 0: { length }, 1: indent = '', index }) => ({
      start: index + indent.length,
      end: index + length,
    }),
  );
}
