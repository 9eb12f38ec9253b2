import type { SyntaxNode } from '@lezer/common';

/** Children of a node that say something: comments may stand anywhere. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

export function rangeOf({ from, to }: { readonly from: number; readonly to: number }) {
  return { start: from, end: to };
}

/** True for what stands where the grammar has no place for it, or lacks something. */
export function isError(node: SyntaxNode): boolean {
  return node.type.isError;
}
