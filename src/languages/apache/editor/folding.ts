import type { Range } from '../../../text/range.ts';
import type { ApacheFile, ApacheNode } from '../syntax.ts';

/** Every section, from its opening tag to its end. */
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
  return ranges;
}
