import { remember } from '../../../memory/remember.ts';
import type { FileEdit } from '../../../text/edit.ts';
import { challengePath } from '../../../tls/model/challenge-path.ts';
import type { TextReport } from '../../language.ts';
import { mainFile } from '../beside-main.ts';
import { contentOf, handlerOf } from '../lower/answers/content.ts';
import { findLocation, type LocationBlock, locationsOf, locationWith } from '../lower/answers/locations.ts';
import type { Word } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { enclosingServer, headRange, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/**
 * `location /x/ { alias /y; }`, which looks for `/x/page` in `/ypage`, and `location /x { alias /y/; }`, which takes `/x../page`
 * and so answers from the folder around (ngx_http_map_uri_to_path puts what follows the location behind the alias as it is).
 */
export const aliasSlash: DirectiveRule = {
  id: 'alias-slash',
  title: 'Only one of a location and its alias ends with a slash',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) => fact?.name === 'alias',
  isPleased: ({ item }) => folderIn(item) === undefined,
  check({ item, project }) {
    const word = folderIn(item);
    const location = word && locationWith(item.outer);
    if (!word || location?.kind !== 'prefix' || location.pattern.endsWith('/') === word.value.endsWith('/'))
      return undefined;
    if (changesPath(location.scope)) return undefined;
    return word.value.endsWith('/')
      ? aroundFolder(item, location, word, mainFile(project))
      : besideFolder(item, location, word);
  },
};

/** The path, where it is known how it ends and that it is meant for a folder. */
function folderIn({ args: [word] }: Item): Word | undefined {
  return word && !word.templated && /[^-_.=~$}]$/.test(word.value) && !/\$\w+$/.test(word.value) ? word : undefined;
}

/** True where files are not looked for by the path that a client asks for. */
function changesPath(scope: Scope): boolean {
  if (scope.open || handlerOf([scope])) return true;
  return ['internal', 'return', 'rewrite'].some((name) => scope.findFirst(name) !== undefined);
}

function besideFolder(item: Item, { pattern, scope }: LocationBlock, word: Word): TextReport | undefined {
  const files = scope.findLast('try_files')?.args.slice(0, -1);
  if (files && !files.some(({ value }) => /\$(?:document_)?uri\b|\$\{(?:document_)?uri\}/.test(value)))
    return undefined;
  if (isFile(word)) return besideFile(item, pattern, word);
  const outcome = challengePath.startsWith(pattern)
    ? `nginx looks for a challenge in ${word.value}${challengePath.slice(pattern.length)}, where no ACME client writes it: it answers 404, and the certificate is not renewed`
    : `nginx looks for ${pattern}page in ${word.value}page, and for ${pattern}-old/page in ${word.value}-old/page`;
  return {
    rule: 'alias-slash',
    message: `What follows "${pattern}" is appended directly to the alias: ${outcome}. End the alias with a slash too: ${word.value}/.`,
    location: locate(item, word),
    fixes: fix('Write a slash after the alias', true, slashBehind(item, word)),
  };
}

function besideFile(item: Item, pattern: string, word: Word): TextReport {
  const name = word.value.lastIndexOf('/');
  const instead = `root ${word.value.slice(0, name) || '/'}; try_files ${word.value.slice(name)} =404;`;
  return {
    rule: 'alias-slash',
    message: `What follows "${pattern}" is appended directly to the alias: nginx looks for ${pattern}page in ${word.value}page. If the one file should answer all of them, write "${instead}" instead; otherwise set a folder with a slash at its end.`,
    severity: 'information',
    effect: 'advice',
    location: locate(item, word),
  };
}

/** A single file, behind which a slash would be no better. */
function isFile({ value }: Word): boolean {
  return /\.(?:css|gif|html?|ico|jpe?g|js|json|php|png|svg|txt|webp|xml)$/i.test(value);
}

function aroundFolder(item: Item, location: LocationBlock, word: Word, entry: string): TextReport | undefined {
  const { owner } = location.scope;
  const written = owner?.args.at(-1);
  if (!owner || !written || word.value === '/' || !isReached(location, entry)) return undefined;
  const outer = `${word.value.replace(/\/+$/, '')}/../`;
  const withSlash = `${location.pattern}/`;
  const isTaken = prefixesIn(owner.outer).has(withSlash);
  return {
    rule: 'alias-slash',
    message: `"${location.pattern}" also matches ${location.pattern}../page, which nginx answers from ${outer}page: clients can read files outside ${word.value} (path traversal). End the location with a slash too: "${withSlash}".`,
    location: locate(item, word),
    related: [{ location: locate(owner, headRange(owner)), message: 'The location without a slash' }],
    // The path without a slash is then somebody else's.
    fixes: isTaken ? [] : fix(`Match only what begins with "${withSlash}"`, false, slashBehind(owner, written)),
  };
}

/** Nobody else takes such a path, and whoever asks may come in. */
function isReached({ pattern, scope }: LocationBlock, entry: string): boolean {
  const scopes: Scope[] = [];
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) scopes.push(at);
  // A snippet may have no server around it.
  const server = enclosingServer(scope) ?? (scopes.at(-1) as Scope);
  if (refusesDots(server) || countExpressions(server) > most) return false;
  const path = `${pattern}../page`;
  const found = findLocation(server, path);
  if (typeof found === 'string' || found.scope !== scope) return false;
  return contentOf(scopes, found, path, entry).kind === 'files';
}

const refusesDots = remember((server: Scope) =>
  server.find('if').some(({ args }) => args.some(({ value }) => value.includes('\\.\\.'))),
);

const prefixesIn = remember(
  (scope: Scope) => new Set(locationsOf(scope).flatMap(({ kind, pattern }) => (kind === 'prefix' ? [pattern] : []))),
);

/** Each location is asked for by itself, so that more expressions than people write are not tried. */
const most = 100;

const countExpressions = remember((scope: Scope): number =>
  locationsOf(scope).reduce(
    (count, { kind, scope: inside }) => count + (kind === 'regex' ? 1 : 0) + countExpressions(inside),
    0,
  ),
);

function slashBehind(item: Item, word: Word): FileEdit | undefined {
  const { file, range } = locate(item, rangeOf(item, word));
  const text = item.file.document.text.slice(range.start, range.end);
  const end = word.quote !== '' && text.endsWith(word.quote) ? range.end - 1 : range.end;
  return /[\s\\]$/.test(text) ? undefined : { file, range: { start: end, end }, newText: '/' };
}

function fix(title: string, safe: boolean, edit: FileEdit | undefined): NonNullable<TextReport['fixes']> {
  return edit ? [{ title, safe, edits: [edit] }] : [];
}
