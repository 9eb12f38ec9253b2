import { resolve, sep } from 'node:path';
import { NodeFlags, SyntaxKind } from 'typescript/unstable/ast';
import { API, TypeFlags } from 'typescript/unstable/sync';

/**
 * An esbuild plugin that writes `for (const x of list)` and `const [a, b] = list` as indexing where the compiler knows that
 * `list` is an array. They do the same there; but until the engine has optimised a function, which a short command does not
 * live to see, each step of an iterator is a call and an object.
 */
export function plainLoops() {
  return {
    name: 'plain-loops',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        rewritten ??= rewriteAll();
        const contents = rewritten.get(path);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
    },
  };
}

/** Sources by path; made once for all builds of a process. */
let rewritten;

function rewriteAll() {
  const api = new API({ cwd: process.cwd() });
  try {
    const [project] = api.updateSnapshot({ openProjects: [resolve('tsconfig.json')] }).getProjects();
    const { program, checker } = project;
    const paths = program.getSourceFileNames().filter((path) => path.startsWith(`${resolve('src')}${sep}`));
    return new Map(paths.map((path) => [path, rewrite(program.getSourceFile(path), checker)]));
  } finally {
    api.close();
  }
}

function rewrite(source, checker) {
  const loops = [];
  const patterns = [];
  const visit = (node) => {
    if (isLoop(node)) loops.push(node);
    if (node.kind === SyntaxKind.ArrayBindingPattern) patterns.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  const isArray = arraysAmong([...loops.map(({ expression }) => expression), ...patterns.map(takenApart)], checker);
  return apply(source.text, [
    ...loops.filter(({ expression }) => isArray.has(expression)).flatMap(editsOfLoop),
    ...patterns
      .filter((pattern) => isArray.has(takenApart(pattern)) && !hasRest(pattern))
      .flatMap((pattern) => editsOfPattern(pattern, source.text)),
  ]);
}

function isLoop({ kind, awaitModifier, initializer }) {
  return (
    kind === SyntaxKind.ForOfStatement && !awaitModifier && initializer.kind === SyntaxKind.VariableDeclarationList
  );
}

/** The nodes whose value is an array, whatever the program does. */
function arraysAmong(nodes, checker) {
  const types = nodes.length === 0 ? [] : checker.getTypeAtLocation(nodes);
  return new Set(
    nodes.filter((_, index) => {
      const type = types[index];
      return type !== undefined && (type.flags & TypeFlags.Any) === 0 && checker.isArrayLikeType(type);
    }),
  );
}

/** The node whose value a pattern takes apart. */
function takenApart({ parent }) {
  return parent.kind === SyntaxKind.VariableDeclaration && parent.initializer ? parent.initializer : parent;
}

/** What is left over would have to be copied. */
function hasRest({ elements }) {
  return elements.some(({ dotDotDotToken }) => dotDotDotToken !== undefined);
}

/** `for (const x of list) body` becomes `for (let _i = 0, _l = (list); _i < _l.length; _i++) { const x = _l[_i]; body }`. */
function editsOfLoop(loop, number) {
  const { initializer, expression, statement } = loop;
  const { name } = initializer.declarations[0];
  const [index, list] = [`_i${number}`, `_l${number}`];
  const keyword = initializer.flags & NodeFlags.Const ? 'const' : 'let';
  const head = (render) =>
    `for (let ${index} = 0, ${list} = (${render(expression)}); ${index} < ${list}.length; ${index}++) ` +
    `{ ${keyword} ${render(name)} = ${list}[${index}]; `;
  return [
    { start: loop.getStart(), end: statement.getStart(), text: head },
    { start: statement.end, end: statement.end, text: () => ' }' },
  ];
}

/** `[a, , b = 1]` becomes `{ 0: a, 2: b = 1 }`. */
function editsOfPattern(pattern, text) {
  const [start, end] = [pattern.getStart(), pattern.end];
  const edits = [
    { start, end: start + 1, text: () => '{' },
    { start: end - 1, end, text: () => '}' },
  ];
  for (const [index, element] of pattern.elements.entries()) {
    const at = element.name === undefined ? text.indexOf(',', element.pos) : element.getStart();
    if (element.name !== undefined) edits.push({ start: at, end: at, text: () => `${index}: ` });
    else if (at < end) edits.push({ start: at, end: at + 1, text: () => '' });
  }
  return edits;
}

/** Applies edits that may hold others in the parts that they render. */
function apply(text, edits) {
  // Of those that begin at one place what is put before it comes first, then the one that holds the others.
  const isInsertion = ({ start, end }) => start === end;
  edits.sort((a, b) => a.start - b.start || isInsertion(b) - isInsertion(a) || b.end - a.end);
  const between = (from, to) => {
    let result = '';
    let position = from;
    for (const edit of edits) {
      if (edit.start < position || edit.end > to) continue;
      result += text.slice(position, edit.start) + edit.text((node) => between(node.getStart(), node.end));
      position = edit.end;
    }
    return result + text.slice(position, to);
  };
  return between(0, text.length);
}
