import type { Range } from '../../../text/range.ts';
import { confCommandWords } from '../../../tls/conf-command-words.ts';
import { cipherStringWords, type DescribedWord, groupWords, protocolWords } from '../../../tls/describe.ts';
import type { Target } from '../../../tls/target.ts';
import { notYetIn, typedWord } from '../../../tls/typed-word.ts';
import type { Completion, Project } from '../../language.ts';
import { withinQuotes } from '../../proposed-words.ts';
import { rootScope } from '../configuration.ts';
import type { Context, DirectiveFact } from '../facts/directives.ts';
import { directiveNames, factsOf, isAllowedIn, isPresent } from '../facts/directives.ts';
import { builtInNames, definedVariables } from '../facts/variables.ts';
import { spaceOf } from '../names/naming.ts';
import { namesFor } from '../names/proposals.ts';
import type { NginxFile, SyntaxProblem } from '../parse/file.ts';
import type { Scope } from '../scope.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { describe } from './hover.ts';
import { snippetsFor } from './snippets.ts';
import { behindForgottenEnds, statementBefore } from './statement.ts';
import { describeVariable } from './variables.ts';
import { wordsOf } from './words.ts';

/** What may stand at an offset: directives of the context and version, or values of the directive before it. */
export function complete(project: Project<NginxFile>, path: string, offset: number): readonly Completion[] {
  const cursor = cursorAt(project, path, offset);
  if (!cursor || cursor.scope.content === 'lua') return [];
  const { text } = cursor.file.document;
  const open = openQuote(cursor.file, offset) ?? offset;
  const written = statementBefore(cursor, open) + text.slice(open, offset);
  const quoted = open < offset ? text.slice(open, offset) : quotedBefore(cursor, offset);
  const statement = quoted === undefined ? behindForgottenEnds(written) : written;
  const partial = quoted ?? /\S*$/.exec(statement)?.[0] ?? '';
  const before = statement.slice(0, statement.length - partial.length).match(/\S+/g) ?? [];
  const end = offset + (/^[\w.:+-]*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0);
  if (cursor.scope.content === 'entries') {
    const range = { start: offset - partial.length, end };
    return before.length === 0 ? entries(cursor.scope, range, followingOf(text, end)) : [];
  }
  // A file that says nothing yet will most likely be a site, which an `http` block includes.
  const context = cursor.scope.context ?? (cursor.scope.owner === undefined ? 'http' : undefined);
  if (before.length === 0) {
    if (context === undefined) return [];
    return directives(project.target, context, { start: offset - partial.length, end }, followingOf(text, end));
  }
  // What is typed within a word takes the place of that word alone.
  const behind = /^[\w.-]*([^;{}\n]*)/.exec(text.slice(offset, offset + 1000))?.[1] ?? '';
  return values(project, cursor.scope, before, partial, { start: offset, end, behind }, context);
}

/** Of a word in quotes, which may have blanks in it, what stands before an offset. */
function quotedBefore({ file, item, word }: Cursor, offset: number): string | undefined {
  if (!item || !word?.quote || item.start + word.from >= offset) return undefined;
  return file.document.text.slice(item.start + word.from, offset);
}

/** Where a quote of this line begins that nothing closes: to nginx a `;` before the offset is in it. */
function openQuote({ problems, document: { text } }: NginxFile, offset: number): number | undefined {
  const isOpen = ({ kind, range }: SyntaxProblem): boolean =>
    kind === 'unclosed-quote' && range.end < offset && /^[ \t;]*$/.test(text.slice(range.end, offset));
  return problems.find(isOpen)?.range.start;
}

/** What stands behind a name already, which whoever mends the name keeps. */
type Following = 'nothing' | 'end' | 'arguments';

function followingOf(text: string, end: number): Following {
  const next = /^[ \t]*([^\s#}])?/.exec(text.slice(end, end + 200))?.[1];
  if (next === undefined) return 'nothing';
  return next === ';' ? 'end' : 'arguments';
}

// Editors keep lists for a while: what explains a row later on holds nothing of the project.

function directives(target: Target, context: Context, range: Range, following: Following): readonly Completion[] {
  const found: Completion[] = [];
  for (const name of directiveNames()) {
    const fact = factsOf(name).find(
      (candidate) =>
        candidate.source !== 'removed' &&
        isAllowedIn(candidate, context) &&
        candidate.contexts.length > 0 &&
        isPresent(candidate, target.nginx),
    );
    if (!fact) continue;
    found.push({
      label: name,
      kind: fact.block ? 'section' : 'directive',
      detail: fact.source === 'open' ? `ngx_${fact.module}_module` : fact.module,
      get documentation() {
        return describe(fact, target);
      },
      insertText: insertion(fact, following),
      isSnippet: true,
      range,
      sortText: `${fact.source === 'open' ? '1' : '2'}${name}`,
      ...(fact.obsoleteSince === undefined ? {} : { deprecated: true }),
    });
  }
  return following === 'nothing' ? [...snippetsFor(context, target, range), ...found] : found;
}

/** Words that begin lines of a block of data, such as that of a map. */
function entries({ owner }: Scope, range: Range, following: Following): readonly Completion[] {
  const fact = factsOf(owner?.name ?? '').find(
    (each) => owner?.outer.context && isAllowedIn(each, owner.outer.context),
  );
  return (fact?.words ?? []).map((word) => ({
    ...value(word, 'value', range),
    insertText: following === 'nothing' ? (aloneInLine.test(word) ? `${word};` : `${word} $1;`) : word,
    isSnippet: true,
  }));
}

const aloneInLine = /^(?:hostnames|volatile|ranges|proxy_recursive)$/;

function insertion(fact: DirectiveFact, following: Following): string {
  if (following === 'arguments') return fact.name;
  const text = wholeOf(fact);
  return following === 'end' ? text.replace(/;$/, '') : text;
}

function wholeOf(fact: DirectiveFact): string {
  const { min, max } = fact.signature;
  if (fact.block) return `${fact.name}${max > 0 ? ' $' + '{1}' : ''} {\n\t$0\n}`;
  if (fact.value === 'flag') return `${fact.name} \${1|on,off|};`;
  return max === 0 || (min === 0 && max === 1) ? `${fact.name};` : `${fact.name} $1;`;
}

function values(
  project: Project<NginxFile>,
  scope: Scope,
  [name = '', first, ...more]: readonly string[],
  partial: string,
  at: Range & { readonly behind: string },
  context: Context | undefined,
): readonly Completion[] {
  const index = first === undefined ? 0 : more.length + 1;
  const fact = factsOf(name).find((candidate) => context === undefined || isAllowedIn(candidate, context));
  const from = (length: number): Range => ({ start: at.start - length, end: at.end });
  const variable = /\$\{?\w*$/.exec(partial)?.[0];
  if (variable !== undefined && isPattern(name, index, partial)) return [];
  const said = first === undefined ? [] : [first, ...more];
  const { target } = project;
  if (variable !== undefined) {
    const usual = wordsOf(name, fact, said, target).flatMap(({ word }) => /^\(?\$(\w+)/.exec(word)?.[1] ?? []);
    return variables(project, scope, usual, from(variable.replace(/^\$\{?/, '').length));
  }
  const { word: listed, sign } = typedWord(partial);
  // What a quote opens is filled between it and the one that the editor has put behind.
  const isQuoted = /^["']/.test(partial);
  const typed = from(/[^\n]*$/.exec(partial.slice(isQuoted ? 1 : 0))?.[0].length ?? 0);
  const inList = from(listed.length);
  const further = (words: readonly DescribedWord[], kind: Completion['kind'], range: Range) => {
    const others = `${said.join(' ')} ${partial.slice(0, partial.length - listed.length)} ${at.behind}`;
    return described(
      notYetIn(others, sign, words, ({ word }) => word),
      kind,
      range,
    );
  };
  if (/(?:^|_)ssl_ciphers$/.test(name)) return further(cipherStringWords(target, sign), 'cipher', inList);
  if (/(?:^|_)ssl_protocols$/.test(name)) return further(protocolWords(target), 'value', typed);
  if (name === 'ssl_ecdh_curve')
    return [
      ...(/[:/]/.test(partial) ? [] : [value('auto', 'group', inList)]),
      ...further(groupWords(target), 'group', inList),
    ];
  if (/(?:^|_)ssl_conf_command$/.test(name)) {
    const proposed = confCommandWords(index === 0 ? undefined : first, target, sign);
    return index > 1 ? [] : further(proposed.words, proposed.kind, index === 0 ? typed : inList);
  }
  const names = namesFor(project, scope, { directive: name, argument: index, partial });
  // Behind `zone=` or a scheme comes a name and nothing else.
  const words = names.some(({ typed }) => typed < partial.length) ? [] : wordsOf(name, fact, said, target);
  const inserted = (word: string) =>
    isQuoted ? withinQuotes(word).replaceAll(partial.charAt(0), `\\${partial.charAt(0)}`) : word;
  return [
    ...names.map(({ name: label, kind, typed }) => ({
      ...value(label, 'value', from(typed)),
      detail: kind.word,
      sortText: `0${label}`,
    })),
    ...words
      .map(({ word, detail = '', isOld }, place) => ({
        ...value(inserted(word), 'value', typed),
        detail,
        sortText: `1${String(place).padStart(4, '0')}`,
        ...(isOld === true ? { deprecated: true } : {}),
      }))
      .filter(({ label }) => label !== ''),
  ];
}

/** The good ones first. */
function described(words: readonly DescribedWord[], kind: Completion['kind'], range: Range): readonly Completion[] {
  return words.map(({ word, description, weak }, index) => ({
    ...value(word, kind, range),
    detail: description,
    sortText: `${weak ? 2 : 1}${String(index).padStart(4, '0')}`,
    ...(weak ? { deprecated: true } : {}),
  }));
}

function value(label: string, kind: Completion['kind'], range: Range): Completion {
  return { label, kind, detail: '', documentation: '', insertText: label, isSnippet: false, range };
}

/** Where a `$` ends an expression: nginx puts nothing in there. */
function isPattern(name: string, index: number, partial: string): boolean {
  if (name === 'server_name') return /^["']?~/.test(partial);
  return name === 'location' || name === 'fastcgi_split_path_info' || (name === 'rewrite' && index === 0);
}

/** `usual`: those that most people want there, the first one first. */
function variables(
  project: Project<NginxFile>,
  scope: Scope,
  usual: readonly string[],
  range: Range,
): readonly Completion[] {
  const kind = spaceOf(scope);
  const names = new Set([
    ...definedVariables(rootScope(project)).names[kind],
    ...builtInNames(kind, project.target.nginx),
  ]);
  return variableRows([...names], usual, kind, project.target, range);
}

function variableRows(
  names: readonly string[],
  usual: readonly string[],
  kind: ReturnType<typeof spaceOf>,
  target: Target,
  range: Range,
): readonly Completion[] {
  return names.map((label) => ({
    ...value(label, 'value', range),
    detail: `$${label}`,
    ...(usual.includes(label) ? { sortText: ` ${usual.indexOf(label)}` } : {}),
    get documentation() {
      return describeVariable(label, kind, target) ?? '';
    },
  }));
}
