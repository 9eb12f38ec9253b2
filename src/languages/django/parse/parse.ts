import type { SyntaxNode, Tree } from '@lezer/common';
import type { Document } from '../../../text/document.ts';
import type { Range } from '../../../text/range.ts';
import { createExpressionReader, type ExpressionReader, itemsOf } from './expressions.ts';
import { childrenOf, isError, rangeOf } from './nodes.ts';
import { parsePython } from './parser.ts';
import type { Branch, DjangoFile, Expression, ImportedName, ModuleName, Statement } from './tree.ts';

/** Blocks that are nested deeper are none of settings. */
const deepest = 50;

/** Any text gives a file; one without statements where Python's grammar was not prepared, or is not up to the text. */
export function parseDjango(document: Document): DjangoFile {
  const tree = parsePython(document.text);
  if (tree === undefined) return { document, body: [], problems: [{ start: 0, end: document.text.length }] };
  const reader = createStatementReader(document.text);
  return { document, body: reader.block(childrenOf(tree.topNode), 0), problems: problemsOf(tree) };
}

function problemsOf(tree: Tree): readonly Range[] {
  const problems: Range[] = [];
  tree.iterate({
    enter(node) {
      if (node.type.isError) problems.push(rangeOf(node));
    },
  });
  return problems;
}

function createStatementReader(text: string) {
  const expressions = createExpressionReader(text);
  const textOf = ({ from, to }: SyntaxNode) => text.slice(from, to);

  const block = (nodes: readonly SyntaxNode[], depth: number): readonly Statement[] =>
    nodes.flatMap((node) => statements(node, depth));

  const bodyOf = (node: SyntaxNode | undefined, depth: number): readonly Statement[] =>
    node === undefined
      ? []
      : block(
          childrenOf(node).filter(({ name }) => name !== ':'),
          depth + 1,
        );

  const statements = (node: SyntaxNode, depth: number): readonly Statement[] => {
    const range = rangeOf(node);
    const other = (): readonly Statement[] => [{ kind: 'other', names: boundIn(node, textOf), range }];
    if (depth > deepest) return other();
    const children = childrenOf(node);
    if (node.name !== 'StatementGroup' && children.some(isError)) return other();
    switch (node.name) {
      case 'StatementGroup':
        return block(children, depth);
      case 'AssignStatement':
        return assignment(children, expressions, range) ?? other();
      case 'UpdateStatement': {
        const [target, operator, value] = children;
        if (target === undefined || operator === undefined || value === undefined || children.length > 3)
          return other();
        return [
          {
            kind: 'assign',
            targets: [expressions.read(target)],
            operator: textOf(operator).slice(0, -1),
            value: expressions.read(value),
            range,
          },
        ];
      }
      case 'IfStatement':
        return [{ kind: 'if', branches: branchesOf(children, expressions, (body) => bodyOf(body, depth)), range }];
      case 'TryStatement':
        return [{ kind: 'try', ...partsOfTry(children, (body) => bodyOf(body, depth)), range }];
      case 'WithStatement': {
        const names = children.filter(
          ({ name }, index) => name === 'VariableName' && children[index - 1]?.name === 'as',
        );
        const body = children.find(isBody);
        // No two statements without blocks overlap.
        const head = { start: range.start, end: body?.from ?? range.end };
        return [
          { kind: 'other', names: names.map(textOf), range: head },
          { kind: 'with', body: bodyOf(body, depth), range },
        ];
      }
      case 'ImportStatement':
        return importsOf(children, textOf, range);
      case 'ExpressionStatement': {
        const [value] = children;
        return value === undefined ? [] : [{ kind: 'expression', value: expressions.read(value), range }];
      }
      case 'ClassDefinition': {
        const name = children.find((child) => child.name === 'VariableName');
        const bases = children.find((child) => child.name === 'ArgList');
        const body = bodyOf(children.find(isBody), depth);
        return [{ kind: 'class', name: name ? textOf(name) : '', bases: bases ? textOf(bases) : '', body, range }];
      }
      case 'DecoratedStatement':
        return block(
          children.filter(({ name }) => name.endsWith('Definition')),
          depth + 1,
        );
      case 'DeleteStatement':
        return [{ kind: 'delete', names: children.flatMap((child) => rootOf(child) ?? []).map(textOf), range }];
      case 'PassStatement':
        return [];
      default:
        return other();
    }
  };
  return { block };
}

/** The name of `NAME['part'].other`. */
function rootOf(node: SyntaxNode): SyntaxNode | undefined {
  if (isName(node)) return node;
  const first = node.name === 'MemberExpression' ? node.firstChild : null;
  return first ? rootOf(first) : undefined;
}

function isName({ name }: SyntaxNode): boolean {
  return name === 'VariableName';
}

function isBody({ name }: SyntaxNode): boolean {
  return name === 'Body';
}

/** `A = B = value`, `A: int = value`, `A, B = value`. */
function assignment(
  children: readonly SyntaxNode[],
  { read }: ExpressionReader,
  range: Range,
): readonly Statement[] | undefined {
  const [only, sign, given] = children;
  // Nearly all are of this form.
  if (only && given && children.length === 3 && sign?.name === 'AssignOp' && given.name !== 'AssignOp') {
    return [{ kind: 'assign', targets: [read(only)], operator: '', value: read(given), range }];
  }
  const sides: SyntaxNode[][] = [[]];
  for (const child of children) {
    if (child.name === 'AssignOp') sides.push([]);
    else if (child.name !== 'TypeDef') sides.at(-1)?.push(child);
  }
  // `A: int` alone binds nothing.
  if (sides.length < 2) return [];
  const [value, ...targets] = sides.reverse();
  if (value === undefined || value.length === 0 || targets.some(({ length }) => length === 0)) return undefined;
  return [
    {
      kind: 'assign',
      targets: targets.map((side) => sideOf(side, read)),
      operator: '',
      value: sideOf(value, read),
      range,
    },
  ];
}

/** `1, 2` and `True,` are tuples without their parentheses. */
function sideOf(nodes: readonly SyntaxNode[], read: ExpressionReader['read']): Expression {
  const [first] = nodes as [SyntaxNode, ...SyntaxNode[]];
  if (nodes.length === 1) return read(first);
  const range = { start: first.from, end: (nodes.at(-1) as SyntaxNode).to };
  if (nodes.some(({ name }) => name === 'yield' || name === 'await')) return { kind: 'other', range };
  return { kind: 'sequence', type: 'tuple', items: itemsOf(nodes, (node) => read(node)), range };
}

function branchesOf(
  children: readonly SyntaxNode[],
  { read }: ExpressionReader,
  bodyOf: (body: SyntaxNode | undefined) => readonly Statement[],
): readonly Branch[] {
  const branches: Branch[] = [];
  let test: SyntaxNode | undefined;
  for (const child of children) {
    if (child.name === 'Body') {
      branches.push({ test: test && read(test), body: bodyOf(child) });
      test = undefined;
    } else if (!/^(?:if|elif|else)$/.test(child.name)) test = child;
  }
  return branches;
}

function partsOfTry(
  children: readonly SyntaxNode[],
  bodyOf: (body: SyntaxNode | undefined) => readonly Statement[],
): Omit<Extract<Statement, { kind: 'try' }>, 'kind' | 'range'> {
  const handlers: (readonly Statement[])[] = [];
  const parts: Record<string, readonly Statement[]> = {};
  let word = 'try';
  for (const child of children) {
    if (/^(?:try|except|else|finally)$/.test(child.name)) word = child.name;
    else if (child.name !== 'Body') continue;
    else if (word === 'except') handlers.push(bodyOf(child));
    else parts[word] = bodyOf(child);
  }
  return { body: parts['try'] ?? [], handlers, otherwise: parts['else'] ?? [], finally: parts['finally'] ?? [] };
}

/** `import a.b as c, d`, `from ..a import b as c, d`, `from .a import *`. */
function importsOf(
  children: readonly SyntaxNode[],
  textOf: (node: SyntaxNode) => string,
  range: Range,
): readonly Statement[] {
  const from = children[0]?.name === 'from';
  const at = children.findIndex(({ name }) => name === 'import');
  const source = children.slice(1, at).map(textOf).join('');
  const dots = /^\.*/.exec(source)?.[0].length ?? 0;
  const module: ModuleName = { level: dots, path: source.slice(dots).split('.').filter(Boolean) };
  const imported = children.slice(at + 1);
  if (from && imported[0]?.name === '*') return [{ kind: 'import', module, names: 'all', range }];
  const names: ImportedName[] = [];
  for (const words of split(imported)) {
    const as = words.findIndex(({ name }) => name === 'as');
    const name = words
      .slice(0, as < 0 ? undefined : as)
      .map(textOf)
      .join('');
    const alias = words[as + 1];
    // `import a.b` binds `a`.
    names.push({ name, as: as >= 0 && alias ? textOf(alias) : (name.split('.')[0] ?? name) });
  }
  if (from) return [{ kind: 'import', module, names, range }];
  return [{ kind: 'other', names: names.map((each) => each.as), range }];
}

function split(nodes: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') parts.push([]);
    else if (node.name !== '(' && node.name !== ')') parts.at(-1)?.push(node);
  }
  return parts.filter(({ length }) => length > 0);
}

/** Python needs no `global` for it. */
const changesList = /^[A-Z][A-Z0-9_]+\s*\.\s*(?:append|insert|extend|remove|pop|clear|update|setdefault)$/;

/** Names that a statement may give a value, wherever in it, functions' own names left out. */
function boundIn(node: SyntaxNode, textOf: (node: SyntaxNode) => string): readonly string[] {
  const name = node.name === 'FunctionDefinition' ? childrenOf(node).find(isName) : undefined;
  const names = new Set(name === undefined ? [] : [textOf(name)]);
  const cursor = node.cursor();
  for (let isInside = true; isInside && cursor.from < node.to; isInside = cursor.next()) {
    if (cursor.name !== 'VariableName') continue;
    const { parent } = cursor.node;
    // Of what a function names, only those are the module's that it says so of, or all (`globals()`).
    const isOfModule =
      node.name !== 'FunctionDefinition' ||
      (parent?.name === 'ScopeStatement' && textOf(parent).startsWith('global')) ||
      textOf(cursor.node) === 'globals' ||
      (parent?.name === 'MemberExpression' && changesList.test(textOf(parent)));
    if (isOfModule) names.add(textOf(cursor.node));
  }
  return [...names];
}
