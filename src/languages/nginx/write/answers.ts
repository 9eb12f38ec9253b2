import type { FileEdit } from '../../../text/edit.ts';
import { indentAt } from '../../../text/lines.ts';
import { type LocationBlock, locationsOf } from '../lower/answers/locations.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast } from '../scope.ts';
import type { Outcome } from './place.ts';
import {
  addTo,
  edits,
  fileOwnership,
  indentationStep,
  insertAfter,
  insertAtStart,
  lineOwnership,
  ownership,
  quoted,
  quotedLike,
  refused,
  remove,
  replaceArguments,
} from './place.ts';

const challengePrefix = '/.well-known/acme-challenge/';

/** Answers ACME challenges from a folder, before anything else of the server is looked at. */
export function writeChallengeDirectory(directory: string | undefined, scope: Scope, owner: Item): Outcome {
  const existing = locationsOf(scope).find(
    ({ kind, pattern }) =>
      kind === 'prefix' && (pattern === challengePrefix || pattern === challengePrefix.slice(0, -1)),
  );
  if (directory === undefined) return existing ? edits(remove(existing.item)) : edits();
  const reason = fileOwnership(owner.file);
  if (reason !== undefined) return refused(reason);
  const folder = directory.endsWith('/') ? directory : `${directory}/`;
  let moved = moveAnswer(scope, owner);
  if (moved === 'blocked') return refused(runFirst);
  if (existing && keepsOut(existing.scope)) {
    return refused('The location for challenges says itself whom it lets in: let the CA in by hand.');
  }
  const access = letIn(scope, existing?.scope);
  if (existing) {
    moved = [...moved, ...beforeExpressions(scope, existing)];
    const path = findLast(existing.scope, 'alias') ?? findLast(existing.scope, 'root');
    const opened = access.length === 0 ? [] : [insertLines(existing.item, access)];
    if (path && leadsTo(path, folder)) return edits(...opened, ...moved);
    // What follows the location is put behind the alias as it is.
    const alias = existing.pattern.endsWith('/') ? folder : folder.slice(0, -1);
    if (path && path.name === 'alias') return edits(replaceArguments(path, [alias]), ...opened, ...moved);
    const inserted = insertLines(existing.item, [`alias ${quoted(alias)};`, ...access]);
    return edits(...moved, ...(path ? [remove(path)] : []), inserted);
  }
  const step = indentationStep(owner);
  const inside = [`alias ${quoted(folder)};`, ...access].map((line) => `${step}${line}`);
  const lines = [`location ^~ ${challengePrefix} {`, ...inside, '}'];
  const near = findLast(scope, 'server_name') ?? findLast(scope, 'listen');
  const added = near && near.file === owner.file ? insertAfter(near, lines) : addTo(scope, owner, lines);
  return edits(added, ...moved);
}

/** True for a `root` below which challenges lie in the folder already. */
function leadsTo({ name, args: [word] }: Item, folder: string): boolean {
  return name === 'root' && word?.value.replace(/\/+$/, '') + challengePrefix === folder;
}

/** `^~` for a location, where a regular expression of the server may take its path otherwise. */
function beforeExpressions(scope: Scope, { item, noRegex }: LocationBlock): readonly FileEdit[] {
  const [pattern] = item.args;
  if (noRegex || pattern === undefined || !locationsOf(scope).some(({ kind }) => kind === 'regex')) return [];
  const { start } = rangeOf(item, pattern);
  return [{ file: item.file.document.file, range: { start, end: start }, newText: '^~ ' }];
}

/** True for a block with rules of its own about who may come, which somebody has put there. */
function keepsOut(own: Scope): boolean {
  const denies = own.find('deny').some(({ args }) => args[0]?.value === 'all');
  const asks = gates.some((name) => ![undefined, 'off'].includes(findLast(own, name)?.args[0]?.value));
  return denies || asks;
}

const gates = ['auth_basic', 'auth_request', 'auth_jwt'] as const;

/** Lets locations answer before the redirect of the whole server, which moves into one of its own. */
export function writeChallengeRoute(scope: Scope, owner: Item): Outcome {
  const reason = fileOwnership(owner.file);
  if (reason !== undefined) return refused(reason);
  const moved = moveAnswer(scope, owner);
  return moved === 'blocked' ? refused(runFirst) : edits(...moved);
}

const runFirst = 'What the server itself answers is run before any location: move it into "location /" by hand.';

/** Answers everything of a plain server by a redirect, but for what other locations take. */
export function writeRedirect(scope: Scope, owner: Item): Outcome {
  const reason = fileOwnership(owner.file);
  if (reason !== undefined) return refused(reason);
  if (findLast(scope, 'return')) return refused('The server answers by "return" already.');
  const root = locationsOf(scope).find(({ kind, pattern }) => kind === 'prefix' && pattern === '/');
  const answer = 'return 301 https://$host$request_uri;';
  const step = indentationStep(owner);
  if (root) {
    const { block } = root.item;
    const owned = root.scope.items.map(ownership).find((found) => found !== undefined);
    if (!block || owned !== undefined) return refused(owned ?? 'The location has no block.');
    const { text, file } = root.item.file.document;
    const indentation = indentAt(text, root.item.start);
    const newText = `\n${indentation}${step}${answer}\n${indentation}`;
    return edits({ file, range: { start: block.start + 1, end: block.close.start }, newText });
  }
  return edits(addTo(scope, owner, ['', 'location / {', `${step}${answer}`, '}']));
}

/** Leads a redirect to `https://` where it leads to `http://`. */
export function writeRedirectOverTls(item: Item): Outcome {
  const reason = ownership(item);
  if (reason !== undefined) return refused(reason);
  const word = item.args.find(({ value }) => /^http:\/\//i.test(value));
  if (!word) return refused('The redirect gets its scheme from a variable. Change that by hand.');
  const newText = quotedLike(word.value.replace(/^http/i, 'https'), word);
  return edits({ file: item.file.document.file, range: rangeOf(item, word), newText });
}

/** Has a redirect to a host lead to the path that was asked for, with its query. */
export function writeRedirectWithPath(item: Item): Outcome {
  const reason = ownership(item);
  if (reason !== undefined) return refused(reason);
  const word = item.args.find(({ value }) => /^https:\/\/[^/?]+\/?$/i.test(value));
  if (!word) return refused('The redirect gets its address from a variable. Change that by hand.');
  // `rewrite` itself appends the query, but for a question mark at the end.
  const path = item.name === 'rewrite' ? '$request_uri?' : '$request_uri';
  const newText = quotedLike(word.value.replace(/\/$/, '') + path, word);
  return edits({ file: item.file.document.file, range: rangeOf(item, word), newText });
}

/** What the server itself answers by goes into `location /` as it stands, so that other locations are reached. */
function moveAnswer(scope: Scope, owner: Item): readonly FileEdit[] | 'blocked' {
  const items = scope.items.filter((item) => answers(item));
  const [first] = items;
  if (!first) return [];
  const root = locationsOf(scope).find(({ kind, pattern }) => kind === 'prefix' && pattern === '/')?.item;
  const touched = root ? [...items, root] : items;
  if (touched.some((item) => lineOwnership(item) !== undefined || item.file !== owner.file)) return 'blocked';
  // A path that is rewritten, and a variable that is set in between, may be for other locations too.
  if (items.some((item) => rewritesPath(item)) || scope.items.some((item) => mayDecide(item, first))) return 'blocked';
  const { text, file } = first.file.document;
  const step = indentationStep(owner);
  const outer = indentAt(text, first.start);
  const inner = root ? indentAt(text, root.start) + step : outer + step;
  const statements = items.map(({ start, end }) => text.slice(start, end).replaceAll(`\n${outer}`, `\n${inner}`));
  if (root) return [...items.map(remove), insertAtStart(root, statements)];
  const lines = statements.map((statement) => `\n${inner}${statement}`).join('');
  const range = { start: first.start, end: first.end };
  return [{ file, range, newText: `location / {${lines}\n${outer}}` }, ...items.slice(1).map(remove)];
}

function answers(item: Item): boolean {
  return item.name === 'return' || item.name === 'rewrite' || (item.name === 'if' && answersInside(item));
}

/** A `rewrite` that leads to another path of the server and not to the client. */
function rewritesPath({ name, args, inner }: Item): boolean {
  if (name === 'if') return inner?.items.some((item) => rewritesPath(item)) ?? false;
  const [, target, flag] = args.map(({ value }) => value);
  return (
    name === 'rewrite' && !/^(?:https?:\/\/|\$scheme)/.test(target ?? '') && flag !== 'permanent' && flag !== 'redirect'
  );
}

function mayDecide({ name, order, inner }: Item, first: Item): boolean {
  return (
    order > first.order &&
    (name === 'set' || name === 'break' || (name === 'if' && inner?.findFirst('set') !== undefined))
  );
}

function answersInside(item: Item): boolean {
  return item.inner !== undefined && item.inner.find('return').length + item.inner.find('rewrite').length > 0;
}

/** What lets a CA in where the blocks around a location keep clients out, unless it says itself whom it lets in. */
function letIn(outer: Scope, own: Scope | undefined): readonly string[] {
  const lines: string[] = [];
  const has = (name: string) => own?.findFirst(name) !== undefined;
  const around = (name: string) => {
    for (let at: Scope | undefined = outer; at; at = at.owner?.outer) {
      const found = findLast(at, name);
      if (found) return found;
    }
    return undefined;
  };
  if (around('deny') && !has('allow') && !has('deny')) lines.push('allow all;');
  for (const name of gates) {
    const found = around(name);
    if (found && found.args[0]?.value !== 'off' && !has(name)) lines.push(`${name} off;`);
  }
  return lines;
}

function insertLines(location: Item, lines: readonly string[]): FileEdit {
  const { text, file } = location.file.document;
  const at = (location.block?.start ?? location.end) + 1;
  const indentation = indentAt(text, location.start) + indentationStep(location);
  return { file, range: { start: at, end: at }, newText: lines.map((line) => `\n${indentation}${line}`).join('') };
}
