import type { SyntaxNode } from '@lezer/common';
import { numberValue, stringValue } from './literals.ts';
import { isLogic, operatorOf, readLogic } from './logic.ts';
import { childrenOf, isError, rangeOf } from './nodes.ts';
import type { DictionaryEntry, Expression, Float } from './tree.ts';

/** Expressions that are nested deeper say nothing that settings need. */
const deepest = 100;

/** Reads expressions of one text. */
export interface ExpressionReader {
  read(node: SyntaxNode, depth?: number): Expression;
}

export function createExpressionReader(text: string): ExpressionReader {
  const textOf = ({ from, to }: SyntaxNode) => text.slice(from, to);

  const read = (node: SyntaxNode, depth = 0): Expression => {
    const range = rangeOf(node);
    const other: Expression = { kind: 'other', range };
    if (depth > deepest) return other;
    const children = childrenOf(node);
    if (children.some(isError)) return other;
    const inner = (child: SyntaxNode) => read(child, depth + 1);
    if (isLogic(node)) return readLogic(node, inner) ?? other;
    switch (node.name) {
      case 'Boolean':
        return { kind: 'constant', value: textOf(node) === 'True', range };
      case 'None':
        return { kind: 'constant', value: null, range };
      case 'Number':
        return constant(numberValue(textOf(node)), range);
      case 'String':
        return constant(stringValue(textOf(node)), range);
      case 'ContinuedString': {
        const parts = children.map((child) => (child.name === 'String' ? stringValue(textOf(child)) : undefined));
        return constant(parts.includes(undefined) ? undefined : parts.join(''), range);
      }
      case 'VariableName':
        return { kind: 'name', name: textOf(node), range };
      case 'ParenthesizedExpression': {
        const [, content, ...more] = children;
        return content !== undefined && more.length === 1 ? { ...inner(content), range } : other;
      }
      case 'ArrayExpression':
        return { kind: 'sequence', type: 'list', items: itemsOf(children, inner), range };
      case 'TupleExpression':
        return { kind: 'sequence', type: 'tuple', items: itemsOf(children, inner), range };
      case 'SetExpression':
        return { kind: 'sequence', type: 'set', items: itemsOf(children, inner), range };
      case 'DictionaryExpression':
        return dictionary(children, inner, range);
      case 'UnaryExpression': {
        const [operator, operand] = children;
        return operator && operand
          ? { kind: 'unary', operator: textOf(operator), operand: inner(operand), range }
          : other;
      }
      case 'BinaryExpression': {
        const [left, ...rest] = children;
        const right = rest.pop();
        if (left === undefined || right === undefined || rest.length === 0) return other;
        const operator = rest.map(textOf).join(' ');
        // `1 < x < 3` compares x twice.
        if (isComparison(node) && isComparison(left)) return other;
        return { kind: 'binary', operator, left: inner(left), right: inner(right), range };
      }
      case 'ConditionalExpression': {
        const [consequent, , test, , otherwise] = children;
        if (consequent === undefined || test === undefined || otherwise === undefined) return other;
        return {
          kind: 'conditional',
          test: inner(test),
          consequent: inner(consequent),
          otherwise: inner(otherwise),
          range,
        };
      }
      case 'CallExpression':
        return call(children, inner, textOf, range);
      case 'MemberExpression': {
        const [object] = children;
        const last = children.at(-1);
        if (object === undefined || last === undefined) return other;
        if (last.name === 'PropertyName')
          return { kind: 'attribute', object: inner(object), name: textOf(last), range };
        const [, bracket, key, end] = children;
        const isKey = children.length === 4 && bracket?.name === '[' && key !== undefined && end?.name === ']';
        return { kind: 'subscript', object: inner(object), key: isKey ? inner(key) : undefined, range };
      }
      default:
        return other;
    }
  };
  return { read };
}

function isComparison(node: SyntaxNode): boolean {
  return node.name === 'BinaryExpression' && /^(?:CompareOp|in|not|is)$/.test(operatorOf(node));
}

function constant(value: number | Float | string | undefined, range: Expression['range']): Expression {
  return value === undefined ? { kind: 'other', range } : { kind: 'constant', value, range };
}

/** What stands between commas. With a star before it, it stands for any number of items. */
export function itemsOf(
  children: readonly SyntaxNode[],
  inner: (node: SyntaxNode) => Expression,
): readonly (Expression | undefined)[] {
  const items: (Expression | undefined)[] = [];
  let isStarred = false;
  for (const child of children) {
    if (/^[[\](){},]$/.test(child.name)) continue;
    if (child.name === '*') isStarred = true;
    else {
      items.push(isStarred ? undefined : inner(child));
      isStarred = false;
    }
  }
  return items;
}

function dictionary(
  children: readonly SyntaxNode[],
  inner: (node: SyntaxNode) => Expression,
  range: Expression['range'],
): Expression {
  const entries: DictionaryEntry[] = [];
  let isWhole = true;
  let key: SyntaxNode | undefined;
  let isValue = false;
  for (const child of children) {
    if (child.name === ':') isValue = true;
    else if (child.name === ',') isValue = false;
    else if (child.name === '**') isWhole = false;
    else if (/^[{}]$/.test(child.name)) continue;
    else if (!isValue) key = child;
    else if (key !== undefined) entries.push({ key: inner(key), value: inner(child) });
  }
  return { kind: 'dictionary', entries, isWhole, range };
}

function call(
  children: readonly SyntaxNode[],
  inner: (node: SyntaxNode) => Expression,
  textOf: (node: SyntaxNode) => string,
  range: Expression['range'],
): Expression {
  const [callee, list] = children;
  if (callee === undefined || list === undefined) return { kind: 'other', range };
  const positional: Expression[] = [];
  const named: { name: string; value: Expression }[] = [];
  const parts = childrenOf(list);
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as SyntaxNode;
    if (/^[(),]$/.test(part.name)) continue;
    const value = parts[index + 2];
    if (parts[index + 1]?.name === 'AssignOp' && value !== undefined) {
      named.push({ name: textOf(part), value: inner(value) });
      index += 2;
    } else positional.push(part.name.startsWith('*') ? { kind: 'other', range: rangeOf(part) } : inner(part));
  }
  return { kind: 'call', callee: inner(callee), positional, named, range };
}
