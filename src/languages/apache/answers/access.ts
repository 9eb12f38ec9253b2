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
  const sections = servers.filter(({ length }) => length > 0).map(sectionIndex);
  const directories = sections.flatMap((index) => directoriesOf(index, file)).sort((a, b) => depth(a) - depth(b));
  const expressions = sections.flatMap((index) => index.expressions.filter(({ pattern }) => pattern?.test(file)));
  const locations = sections.flatMap((index) => locationsOf(index, path));
  const asked = [...directories, ...expressions.map(({ section }) => section), ...locations];
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

/** The sections of one server, which is asked for the files of many. */
interface SectionIndex {
  readonly literal: ReadonlyMap<string, readonly Statement[]>;
  readonly prefixesOf: (path: string) => readonly string[];
  /** `<Directory>` with wildcards. */
  readonly wildcards: readonly Statement[];
  /** `<DirectoryMatch>` and `<Directory ~>`. */
  readonly expressions: readonly { readonly section: Statement; readonly pattern: RegExp | undefined }[];
  readonly locations: readonly Statement[];
  readonly byPath: Map<string, readonly Statement[]>;
}

const indexes = createMemo<readonly Statement[], SectionIndex>();

function sectionIndex(sections: readonly Statement[]): SectionIndex {
  let found = indexes.get(sections);
  if (!found) {
    const literal = new Map<string, Statement[]>();
    const wildcards: Statement[] = [];
    for (const section of sections) {
      const folder = section.args[0]?.value ?? '';
      if (section.key !== 'directory' || folder === '~' || isUncertain(folder)) continue;
      if (isWildcard(folder)) wildcards.push(section);
      else {
        const alike = literal.get(withoutSlash(folder));
        if (alike) alike.push(section);
        else literal.set(withoutSlash(folder), [section]);
      }
    }
    const expressions = sections.flatMap((section) => {
      const text = expressionOf(section, 'directory');
      return text === undefined ? [] : [{ section, pattern: toRegExp(text) }];
    });
    const locations = sections.filter(({ key }) => key.startsWith('location'));
    const prefixesOf = prefixFinder(new Set(literal.keys()));
    found = { literal, prefixesOf, wildcards, expressions, locations, byPath: new Map() };
    indexes.set(sections, found);
  }
  return found;
}

/** In the order of the text. */
function directoriesOf({ literal, prefixesOf, wildcards }: SectionIndex, file: string): readonly Statement[] {
  const named = prefixesOf(`${file}/`)
    .filter((folder) => restAfter(`${file}/`, folder) !== undefined)
    .flatMap((folder) => literal.get(folder) ?? []);
  const found = [...named, ...wildcards.filter((section) => wildcardMatches(section, file))];
  return found.sort((a, b) => a.order - b.order);
}

function locationsOf({ locations, byPath }: SectionIndex, path: string): readonly Statement[] {
  if (locations.length === 0) return locations;
  let found = byPath.get(path);
  if (!found) {
    found = locations.filter((section) => locationMatches(section, path));
    byPath.set(path, found);
  }
  return found;
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

function wildcardMatches(section: Statement, file: string): boolean {
  const source = (section.args[0]?.value ?? '')
    .replace(/\/$/, '')
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return toRegExp(`^${source}(?:/|$)`)?.test(file) ?? false;
}

function depth(section: Statement): number {
  return (section.args[0]?.value ?? '').split('/').filter(Boolean).length;
}

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
