import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isError } from './nodes.ts';
import type { Expression } from './tree.ts';

/** More parts than these say nothing that settings need. */
const most = 100;

type Part = { readonly word: 'not'; readonly start: number } | { readonly word: 'and' | 'or' } | Expression;

/** True for `not`, `and` and `or`, whose order the grammar does not know: it takes `not a and b` for `not (a and b)`. */
export function isLogic(node: SyntaxNode): boolean {
  if (node.name === 'UnaryExpression') return node.firstChild?.name === 'not';
  return node.name === 'BinaryExpression' && /^(?:and|or)$/.test(operatorOf(node));
}

/** The name of what stands behind the first operand; of `not in` and `is not` the first word. */
export function operatorOf({ firstChild }: SyntaxNode): string {
  let word = firstChild?.nextSibling ?? null;
  while (word?.name === 'Comment') word = word.nextSibling;
  return word?.name ?? '';
}

/** The expression as Python has it: `not` binds stronger than `and`, and that stronger than `or`. Undefined for one that is too long. */
export function readLogic(node: SyntaxNode, read: (operand: SyntaxNode) => Expression): Expression | undefined {
  const parts = partsOf(node, read);
  return parts && joined(parts, 'or', (some) => joined(some, 'and', negated));
}

/** From left to right, without the order of the grammar. */
function partsOf(node: SyntaxNode, read: (operand: SyntaxNode) => Expression): readonly Part[] | undefined {
  const parts: Part[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (parts.length + waiting.length > most || isError(next)) return undefined;
    const word = next.name;
    if (word === 'not') parts.push({ word, start: next.from });
    else if (word === 'and' || word === 'or') parts.push({ word });
    else if (isLogic(next)) waiting.push(...childrenOf(next).toReversed());
    else parts.push(read(next));
  }
  return parts;
}

function joined(
  parts: readonly Part[],
  operator: 'and' | 'or',
  inner: (parts: readonly Part[]) => Expression | undefined,
): Expression | undefined {
  let start = 0;
  let whole: Expression | undefined;
  for (let index = 0; index <= parts.length; index++) {
    const part = parts[index];
    if (part !== undefined && !('word' in part && part.word === operator)) continue;
    const right = inner(parts.slice(start, index));
    if (right === undefined) return undefined;
    const range = { start: whole?.range.start ?? right.range.start, end: right.range.end };
    whole = whole === undefined ? right : { kind: 'binary', operator, left: whole, right, range };
    start = index + 1;
  }
  return whole;
}

function negated(parts: readonly Part[]): Expression | undefined {
  const last = parts.at(-1);
  if (last === undefined || 'word' in last) return undefined;
  return parts.slice(0, -1).reduceRight<Expression>((operand, part) => {
    const start = 'start' in part ? part.start : operand.range.start;
    return { kind: 'unary', operator: 'not', operand, range: { start, end: operand.range.end } };
  }, last);
}
