import { rememberHere } from '../memory/remember.ts';
import { rememberTexts } from '../memory/remember-texts.ts';
import type { Range } from '../text/range.ts';
import { suggest } from '../text/suggest.ts';
import { atLeastVersion, type Version } from '../text/version.ts';
import {
  defaultGroupList,
  findGroup,
  findGroupAnywhere,
  groupNames,
  isGroupAllowedAtLevel,
  type NamedGroup,
} from './named-groups.ts';

export interface GroupListOptions {
  readonly openssl: Version;
  readonly securityLevel: number;
}

/** A name that this OpenSSL does not know. */
export interface UnknownGroup {
  readonly word: string;
  /** Within the list. */
  readonly range: Range;
  /** True where the whole list is refused for it; false behind `?`, which says "if you know it". */
  readonly fatal: boolean;
  /** Release that brought the group, where it is one of another release. */
  readonly since: Version | undefined;
  readonly suggestion: string | undefined;
}

export interface GroupListResult {
  /** What a server would use, in order: level applied, each group once. */
  readonly groups: readonly NamedGroup[];
  /** The same by rank, which `/` parts since 3.5; before that there is one. */
  readonly ranks: readonly (readonly NamedGroup[])[];
  /** Listed, but below the security level. */
  readonly belowLevel: readonly NamedGroup[];
  readonly unknown: readonly UnknownGroup[];
  /** Why OpenSSL refuses the list (the server does not start); undefined where it takes it. */
  readonly error: { readonly reason: string; readonly range: Range } | undefined;
  /** True for `auto` and `DEFAULT`: the library's own list. */
  readonly isDefault: boolean;
}

/**
 * Reads a group list as SSL_CTX_set1_groups_list(3) of the given release does: names joined by `:`; since 3.3 `?` before a
 * name that may be unknown; since 3.5 `/` between ranks of groups, `*` for key shares (four at most), `-` to take one away,
 * `DEFAULT`, and any case. `auto` is nginx's word for the library's own list.
 */
export function evaluateGroups(text: string, options: GroupListOptions): GroupListResult {
  return evaluators(options.openssl)(options.securityLevel)(text);
}

const evaluators = rememberHere((openssl: Version) =>
  rememberHere((securityLevel: number) => rememberTexts((text) => evaluate(text, { openssl, securityLevel }), 256)),
);

function evaluate(text: string, { openssl, securityLevel }: GroupListOptions): GroupListResult {
  const isDefault = text === 'auto' || isDefaultList(text, openssl);
  const list: Listed = { ranks: new Map(), shares: new Set() };
  const unknown: UnknownGroup[] = [];
  let error: GroupListResult['error'];
  for (const item of readItems(text === 'auto' ? defaultGroupList(openssl) : text, openssl)) {
    error = applyItem(item, openssl, list, unknown);
    if (error !== undefined) break;
  }
  // Names behind `?` alone; 3.5 takes such a list, and offers no group.
  if (error === undefined && list.ranks.size === 0 && !atLeastVersion(openssl, '3.5'))
    error = { reason: 'it knows none of these groups', range: { start: 0, end: text.length } };
  const groups = error === undefined ? [...list.ranks.keys()] : [];
  const allowed = groups.filter((group) => isGroupAllowedAtLevel(group, securityLevel));
  return {
    groups: allowed,
    ranks: byRank(allowed, list.ranks),
    belowLevel: groups.filter((group) => !isGroupAllowedAtLevel(group, securityLevel)),
    unknown,
    error,
    isDefault,
  };
}

function byRank(groups: readonly NamedGroup[], rankOf: ReadonlyMap<NamedGroup, number>): GroupListResult['ranks'] {
  const ranks = new Map<number, NamedGroup[]>();
  for (const group of groups) {
    const rank = rankOf.get(group) ?? 0;
    const known = ranks.get(rank);
    if (known) known.push(group);
    else ranks.set(rank, [group]);
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([, members]) => members);
}

interface Listed {
  readonly ranks: Map<NamedGroup, number>;
  /** Those with `*`. */
  readonly shares: Set<NamedGroup>;
}

/** A client sends no more key shares than that. */
const mostShares = 4;

interface Item {
  readonly prefix: string;
  readonly word: string;
  readonly range: Range;
  /** How many `/` stand before it, those of a `DEFAULT` before it too. */
  readonly rank: number;
}

function readItems(text: string, openssl: Version): readonly Item[] {
  // An empty list is taken, and no group is offered.
  if (text === '' && atLeastVersion(openssl, '3.5')) return [];
  const separators = atLeastVersion(openssl, '3.5') ? /[:/]/ : /:/;
  const prefixes = atLeastVersion(openssl, '3.5') ? /^[?*-]*/ : atLeastVersion(openssl, '3.3') ? /^\??/ : /^/;
  const items: Item[] = [];
  let start = 0;
  let rank = 0;
  for (const part of text.split(separators)) {
    const trimmed = part.trim();
    const from = start + part.indexOf(trimmed);
    const prefix = prefixes.exec(trimmed)?.[0] ?? '';
    const word = trimmed.slice(prefix.length);
    items.push({ prefix, word, range: { start: from + prefix.length, end: from + trimmed.length }, rank });
    start += part.length + 1;
    if (isDefaultList(word, openssl)) rank += ranksOfDefault(openssl);
    if (text[start - 1] === '/') rank++;
  }
  return items;
}

function isDefaultList(word: string, openssl: Version): boolean {
  return word.toUpperCase() === 'DEFAULT' && atLeastVersion(openssl, '3.5');
}

/** How many `/` the library's own list has. */
function ranksOfDefault(openssl: Version): number {
  return defaultGroupList(openssl).split('/').length - 1;
}

function applyItem(item: Item, openssl: Version, list: Listed, unknown: UnknownGroup[]): GroupListResult['error'] {
  const { prefix, word, range, rank } = item;
  if (word === '') return { reason: 'an empty name', range };
  if (new Set(prefix).size !== prefix.length) return { reason: `"${prefix}" before a name`, range };
  if (isDefaultList(word, openssl)) {
    if (prefix !== '') return { reason: `"${prefix}" before ${word}`, range };
    return applyDefault(item, openssl, list);
  }
  const group = findGroup(word, openssl);
  if (group === undefined) {
    const fatal = !prefix.includes('?');
    unknown.push({ word, range, fatal, ...explain(word, openssl) });
    return fatal ? { reason: `unknown group "${word}"`, range } : undefined;
  }
  if (prefix.includes('-')) {
    list.ranks.delete(group);
    list.shares.delete(group);
    return undefined;
  }
  if (list.ranks.has(group)) return atLeastVersion(openssl, '3.5') ? undefined : { reason: `"${word}" twice`, range };
  list.ranks.set(group, rank);
  return prefix.includes('*') ? share(group, list, range) : undefined;
}

/** The library's own list in the place of its name. */
function applyDefault({ rank, range }: Item, openssl: Version, list: Listed): GroupListResult['error'] {
  for (const { word: name, rank: within, prefix } of readItems(defaultGroupList(openssl), openssl)) {
    const group = findGroup(name, openssl);
    if (group === undefined || list.ranks.has(group)) continue;
    list.ranks.set(group, rank + within);
    const error = prefix.includes('*') ? share(group, list, range) : undefined;
    if (error !== undefined) return error;
  }
  return undefined;
}

function share(group: NamedGroup, { shares }: Listed, range: Range): GroupListResult['error'] {
  shares.add(group);
  return shares.size > mostShares ? { reason: `"*" before more than ${mostShares} groups`, range } : undefined;
}

function explain(word: string, openssl: Version): Pick<UnknownGroup, 'since' | 'suggestion'> {
  const elsewhere = findGroupAnywhere(word);
  if (elsewhere !== undefined && !atLeastVersion(openssl, elsewhere.since)) {
    return { since: elsewhere.since, suggestion: undefined };
  }
  if (elsewhere !== undefined) {
    const name = [elsewhere.name, ...elsewhere.aliases].find(
      (candidate) => findGroup(candidate, openssl) !== undefined,
    );
    return { since: undefined, suggestion: name };
  }
  const successor = drafts.find(([name]) => name.test(word))?.[1];
  if (successor !== undefined && findGroup(successor, openssl) !== undefined) {
    return { since: undefined, suggestion: successor };
  }
  return { since: undefined, suggestion: suggest(word, groupNames(openssl)) };
}

/** What experiments with Kyber (oqs-provider, BoringSSL) called the groups that became standard with ML-KEM (FIPS 203). */
const drafts: readonly (readonly [RegExp, string])[] = [
  [/^x25519_?kyber768(?:draft00)?$/i, 'X25519MLKEM768'],
  [/^(?:p256|secp256r1)_?kyber768(?:draft00)?$/i, 'SecP256r1MLKEM768'],
  [/^(?:p384|secp384r1)_?kyber1024$/i, 'SecP384r1MLKEM1024'],
];
