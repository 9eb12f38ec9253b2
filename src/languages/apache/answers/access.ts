import { createMemo } from '../../../memory/memo.ts';
import { prefixFinder } from '../../../text/prefixes.ts';
import type { Location } from '../../../text/range.ts';
import { headLocation, isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import { restAfter, toRegExp } from './path.ts';

export type Access =
  | { readonly kind: 'granted' }
  | { readonly kind: 'denied'; readonly by: string; readonly location: Location }
  | { readonly kind: 'unknown'; readonly reason: string };

const authorization = /^(?:require|requireall|requireany|requirenone|order|allow|deny|satisfy)$/;

/**
 * Who may fetch a file: `<Directory>` sections from the shortest path on, then `<DirectoryMatch>`, then `<Location>` in
 * order; the last one that speaks of authorization decides (`AuthMerging Off`, the default), with `Require` and with the
 * directives of 2.2 each.
 */
export function accessTo(servers: readonly (readonly Statement[])[], file: string, path: string): Access {
  const found = servers.map((sections) => sectionsFor(sections, file, path));
  const asked = [
    ...found.flatMap(({ directories }) => directories).sort((a, b) => depth(a) - depth(b)),
    ...found.flatMap(({ expressions }) => expressions),
    ...found.flatMap(({ locations }) => locations),
  ];
  for (const section of asked) {
    if (section.children.some(answersItself)) {
      return { kind: 'unknown', reason: `${nameOf(section)} may answer by itself` };
    }
  }
  const [modern, old] = [asked.findLast(has(isRequire)), asked.findLast(has(isOrder))];
  // Both have to let a request in, or with `Satisfy any` one of them.
  const answers = [old && judgeOrder(old), modern && judgeRequire(modern)];
  const refused =
    answers.find((access) => access?.kind === 'denied') ?? answers.find((access) => access?.kind === 'unknown');
  if (refused === undefined) return { kind: 'granted' };
  const eases = ({ key, args: [word] }: Statement) => key === 'satisfy' && !/^all$/i.test(word?.value ?? '');
  return old?.children.some(eases)
    ? { kind: 'unknown', reason: `Satisfy in ${nameOf(old)} lets in whom one of two lets in` }
    : refused;
}

/** What answers a request or joins what sections say, and is not followed here. */
function answersItself({ key, args: [word], children }: Statement): boolean {
  switch (key) {
    case 'rewriteengine':
      return !/^off$/i.test(word?.value ?? '');
    case 'authmerging':
      return !/^off$/i.test(word?.value ?? '');
    case 'redirect':
    case 'redirectmatch':
      return true;
    case 'limit':
    case 'limitexcept':
      return children.some(isAuthorization);
    default:
      return false;
  }
}

export function isAuthorization({ key }: Statement): boolean {
  return authorization.test(key);
}

/** The sections of one server that hold for a file and its path, each kind in the order of the text. */
interface Found {
  readonly directories: readonly Statement[];
  /** `<DirectoryMatch>` and `<Directory ~>`. */
  readonly expressions: readonly Statement[];
  readonly locations: readonly Statement[];
}

/** So many sections are looked through as they are. */
const few = 12;

function sectionsFor(sections: readonly Statement[], file: string, path: string): Found {
  if (sections.length > few) return sectionIndex(sections).find(file, path);
  const directories: Statement[] = [];
  const expressions: Statement[] = [];
  const locations: Statement[] = [];
  for (const section of sections) {
    if (section.key.startsWith('location')) {
      if (locationMatches(section, path)) locations.push(section);
      continue;
    }
    const folder = folderOf(section);
    if (folder === undefined) {
      if (expressionMatches(section, file, 'directory')) expressions.push(section);
    } else if (isWildcard(folder) ? wildcardPattern(folder)?.test(file) : holds(folder, file))
      directories.push(section);
  }
  return { directories, expressions, locations };
}

/** The folder of a `<Directory>` whose name is known. */
function folderOf({ key, args: [first] }: Statement): string | undefined {
  const folder = first?.value ?? '';
  return key !== 'directory' || folder === '~' || isUncertain(folder) ? undefined : withoutSlash(folder);
}

function holds(folder: string, file: string): boolean {
  return restAfter(`${file}/`, folder) !== undefined;
}

interface Matching {
  readonly section: Statement;
  readonly pattern: RegExp | undefined;
}

function matchingAmong(sections: readonly Matching[], file: string): readonly Statement[] {
  return sections.filter(({ pattern }) => pattern?.test(file)).map(({ section }) => section);
}

const indexes = createMemo<readonly Statement[], SectionIndex>();

function sectionIndex(sections: readonly Statement[]): SectionIndex {
  let found = indexes.get(sections);
  if (!found) {
    found = new SectionIndex(sections);
    indexes.set(sections, found);
  }
  return found;
}

/** The sections of a server that has many, and is asked for the files of many. */
class SectionIndex {
  readonly #literal = new Map<string, Statement[]>();
  readonly #prefixesOf: (path: string) => readonly string[];
  readonly #wildcards: Matching[] = [];
  readonly #expressions: Matching[] = [];
  readonly #locations: Statement[] = [];
  readonly #byPath = new Map<string, readonly Statement[]>();

  constructor(sections: readonly Statement[]) {
    for (const section of sections) {
      const folder = folderOf(section);
      const expression = expressionOf(section, 'directory');
      if (section.key.startsWith('location')) this.#locations.push(section);
      else if (expression !== undefined) this.#expressions.push({ section, pattern: toRegExp(expression) });
      else if (folder === undefined) continue;
      else if (isWildcard(folder)) this.#wildcards.push({ section, pattern: wildcardPattern(folder) });
      else {
        const alike = this.#literal.get(folder);
        if (alike) alike.push(section);
        else this.#literal.set(folder, [section]);
      }
    }
    this.#prefixesOf = prefixFinder(new Set(this.#literal.keys()));
  }

  find(file: string, path: string): Found {
    const named = this.#prefixesOf(`${file}/`)
      .filter((folder) => holds(folder, file))
      .flatMap((folder) => this.#literal.get(folder) ?? []);
    return {
      directories: [...named, ...matchingAmong(this.#wildcards, file)].sort((a, b) => a.order - b.order),
      expressions: matchingAmong(this.#expressions, file),
      locations: this.#locationsOf(path),
    };
  }

  #locationsOf(path: string): readonly Statement[] {
    let found = this.#byPath.get(path);
    if (!found) {
      found = this.#locations.filter((section) => locationMatches(section, path));
      this.#byPath.set(path, found);
    }
    return found;
  }
}

export function locationMatches(section: Statement, path: string): boolean {
  if (section.key !== 'location') return expressionMatches(section, path, 'location');
  const prefix = section.args[0]?.value ?? '';
  if (prefix === '~') return expressionMatches(section, path, 'location');
  return restAfter(path, prefix.length > 1 ? prefix.replace(/\/$/, '') : prefix) !== undefined || prefix === '/';
}

function expressionMatches(section: Statement, text: string, kind: 'directory' | 'location'): boolean {
  const pattern = expressionOf(section, kind);
  return pattern !== undefined && (toRegExp(pattern)?.test(text) ?? false);
}

function expressionOf(section: Statement, kind: 'directory' | 'location'): string | undefined {
  const { key, args } = section;
  const first = args[0]?.value;
  if (key === kind) return first === '~' ? args[1]?.value : undefined;
  return key === `${kind}match` ? first : undefined;
}

function isWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

/** The file lies in a folder that a name with wildcards stands for. */
function wildcardPattern(folder: string): RegExp | undefined {
  const source = folder
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return toRegExp(`^${source}(?:/|$)`);
}

/** How many folders a path names, one within the other. */
function depth({ args: [path] }: Statement): number {
  const text = path?.value ?? '';
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== slash && (at === 0 || text.charCodeAt(at - 1) === slash)) count++;
  }
  return count;
}

const slash = 47;

function nameOf({ node }: Statement): string {
  return `<${node.name} ${node.raw}>`;
}

function has(test: (statement: Statement) => boolean): (section: Statement) => boolean {
  return ({ children }) => children.some(test);
}

const isRequire = ({ key }: Statement) => key.startsWith('require') && authorization.test(key);
/** Directives of mod_access_compat, of which a section has all or none: it joins nothing with the sections around. */
const isOrder = ({ key }: Statement) => oldKeys.has(key);
const oldKeys = new Set(['order', 'allow', 'deny', 'satisfy']);

function conditional(section: Statement, says: readonly Statement[]): Access | undefined {
  return says.some(({ branches }) => branches.length > 0)
    ? { kind: 'unknown', reason: `${nameOf(section)} depends on a condition` }
    : undefined;
}

function judgeRequire(section: Statement): Access {
  const says = section.children.filter(isRequire);
  const open = conditional(section, says);
  if (open) return open;
  const words = says.map((statement) => statement.args.map(({ value }) => value.toLowerCase()).join(' '));
  if (says.every(({ key }) => key === 'require')) {
    if (words.includes('all granted')) return { kind: 'granted' };
    const [first] = says as [Statement, ...Statement[]];
    if (words.some((text) => /^(?:expr|env|method|not)\b/.test(text) || isUncertain(text))) {
      return { kind: 'unknown', reason: `${nameOf(section)} decides by the request` };
    }
    return { kind: 'denied', by: `Require ${words[0]} in ${nameOf(section)}`, location: locationOf(first) };
  }
  if (says.length === 1 && says[0]?.key !== 'requirenone') {
    const inner = says[0]?.children ?? [];
    const texts = inner.map((statement) => statement.args.map(({ value }) => value.toLowerCase()).join(' '));
    const others = texts.filter((text) => text !== 'all granted' && !/^not (?:ip|host|env|forward-dns)\b/.test(text));
    if (texts.includes('all granted') && others.length === 0) return { kind: 'granted' };
  }
  return { kind: 'unknown', reason: `${nameOf(section)} decides by the request` };
}

/** `Order`, `Allow` and `Deny` of 2.2, which mod_access_compat still reads. */
function judgeOrder(section: Statement): Access {
  const says = section.children.filter(isOrder);
  const open = conditional(section, says);
  if (open) return open;
  const from = (key: string) =>
    says.filter((statement) => statement.key === key).map(({ args }) => args.map(({ value }) => value.toLowerCase()));
  const isAll = (words: readonly string[]) => words.includes('all');
  const order = from('order').at(-1)?.join('') ?? 'deny,allow';
  const allowed = from('allow').some(isAll);
  const denied = from('deny').some(isAll);
  const granted = order.startsWith('allow,deny') ? allowed && !denied : allowed || !denied;
  if (granted) return { kind: 'granted' };
  return { kind: 'denied', by: `Deny from all in ${nameOf(section)}`, location: headLocation(section) };
}
