import { createMemo } from '../../memory/memo.ts';
import { entryOf } from '../../text/entry-of.ts';
import type { Project } from '../language.ts';
import { type NamedPlace, type NameKind, plainName, variableName, withDefinition } from '../names.ts';
import { parametersOf } from './macro-parameters.ts';
import type { ApacheFile, ApacheNode, Argument } from './syntax.ts';

export const nameKinds = {
  variable: variableName,
  macro: plainName('macro'),
  format: plainName('log format'),
  map: plainName('map'),
  balancer: plainName('balancer'),
} as const satisfies Readonly<Record<string, NameKind>>;
const { variable, macro, format, map, balancer } = nameKinds;

/** Directives that name something by one of their words. Names of macros are compared without case. */
const naming: Readonly<
  Record<string, { kind: NameKind; role: NamedPlace['role']; word: (node: ApacheNode) => Argument | undefined }>
> = {
  define: { kind: variable, role: 'definition', word: ({ args }) => args[0] },
  undefine: { kind: variable, role: 'use', word: ({ args }) => args[0] },
  ifdefine: { kind: variable, role: 'use', word: ({ args }) => args[0] },
  macro: { kind: macro, role: 'definition', word: ({ args }) => args[0] },
  use: { kind: macro, role: 'use', word: ({ args }) => args[0] },
  undefmacro: { kind: macro, role: 'use', word: ({ args }) => args[0] },
  logformat: { kind: format, role: 'definition', word: ({ args }) => args[1] },
  customlog: { kind: format, role: 'use', word: ({ args }) => args[1] },
  globallog: { kind: format, role: 'use', word: ({ args }) => args[1] },
  rewritemap: { kind: map, role: 'definition', word: ({ args }) => args[0] },
};

/** Names within other words: what comes before one, which is the rest of what the expression matches. */
const within: readonly { readonly kind: NameKind; readonly pattern: RegExp }[] = [
  { kind: variable, pattern: /(\$\{)(\w+)(?=\})/g },
  { kind: map, pattern: /(\$\{)([\w.-]+)(?=:)/g },
  { kind: balancer, pattern: /(\bbalancer:\/\/)([\w.-]+)/gi },
];

const remembered = createMemo<Project<ApacheFile>, readonly NamedPlace[]>();

/** Every place of a name that the configuration itself defines. */
export function namesApache(project: Project<ApacheFile>): readonly NamedPlace[] {
  let places = remembered.get(project);
  if (!places) {
    places = withDefinition([...project.files.values()].flatMap((file) => [...inNodes(file, file.nodes)]));
    remembered.set(project, places);
  }
  return places;
}

function* inNodes(file: ApacheFile, nodes: readonly ApacheNode[]): Iterable<NamedPlace> {
  for (const node of nodes) {
    yield* wholeWord(file, node);
    yield* partsOfWords(file, node);
    if (node.kind !== 'section') continue;
    if (node.key === 'macro') yield* parametersOf(file, node);
    yield* inNodes(file, node.children);
  }
}

function* wholeWord({ document }: ApacheFile, node: ApacheNode): Iterable<NamedPlace> {
  const found = entryOf(naming, node.key);
  const word = found?.word(node);
  if (!found || !word) return;
  const written = document.text.slice(word.range.start, word.range.end);
  // `<IfDefine !NAME>`; the `>` of a tag may stand right behind.
  const [, before = '', name = ''] = /^(["']?!?)([\w.-]+)["']?>?$/.exec(written) ?? [];
  if (name === '') return;
  const start = word.range.start + before.length;
  yield placeOf(found.kind, document.file, start, name, found.role);
}

function* partsOfWords({ document }: ApacheFile, node: ApacheNode): Iterable<NamedPlace> {
  for (const { range, value } of node.args) {
    if (!value.includes('${') && !value.includes('://')) continue;
    const text = document.text.slice(range.start, range.end);
    for (const { kind, pattern } of within) {
      for (const match of text.matchAll(pattern)) {
        const [, before = '', name = ''] = match;
        const isDefinition = kind === balancer && node.key === 'proxy';
        const start = range.start + match.index + before.length;
        yield placeOf(kind, document.file, start, name, isDefinition ? 'definition' : 'use');
      }
    }
  }
}

function placeOf(kind: NameKind, file: string, start: number, written: string, role: NamedPlace['role']): NamedPlace {
  const name = kind === macro || kind === balancer ? written.toLowerCase() : written;
  return { kind, space: '', name, role, location: { file, range: { start, end: start + written.length } } };
}
