import type { FileEdit } from '../../../text/edit.ts';
import { locationsOf } from '../lower/locations.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast } from '../scope.ts';
import type { Outcome } from './place.ts';
import {
  addTo,
  edits,
  fileOwnership,
  indentationOf,
  indentationStep,
  insertAfter,
  ownership,
  quoted,
  refused,
  remove,
  replaceArguments,
} from './place.ts';

const challengePrefix = '/.well-known/acme-challenge/';

/** Answers ACME challenges from a folder, before anything else of the server is looked at. */
export function writeChallengeDirectory(directory: string | undefined, scope: Scope, owner: Item): Outcome {
  const existing = locationsOf(scope).find(
    ({ pattern }) => pattern === challengePrefix || pattern === challengePrefix.slice(0, -1),
  );
  if (directory === undefined) return existing ? edits(remove(existing.item)) : edits();
  const reason = fileOwnership(owner.file);
  if (reason !== undefined) return refused(reason);
  const folder = directory.endsWith('/') ? directory : `${directory}/`;
  const moved = moveReturn(scope, owner);
  if (moved === 'blocked') {
    return refused('A "rewrite" or "if" of the server is run before any location: move it into "location /" first.');
  }
  if (existing) {
    const path = findLast(existing.scope, 'alias') ?? findLast(existing.scope, 'root');
    if (path && path.name === 'alias') return edits(replaceArguments(path, [folder]), ...moved);
    return edits(...moved, ...(path ? [remove(path)] : []), insertAlias(existing.item, folder));
  }
  const step = indentationStep(owner);
  const lines = [`location ^~ ${challengePrefix} {`, `${step}alias ${quoted(folder)};`, '}'];
  const near = findLast(scope, 'server_name') ?? findLast(scope, 'listen');
  const added = near && near.file === owner.file ? insertAfter(near, lines) : addTo(scope, owner, lines);
  return edits(added, ...moved);
}

/** Answers everything of a plain server by a redirect, but for what other locations take. */
export function writeRedirect(scope: Scope, owner: Item): Outcome {
  const reason = fileOwnership(owner.file);
  if (reason !== undefined) return refused(reason);
  if (findLast(scope, 'return')) return refused('The server answers by "return" already.');
  const root = locationsOf(scope).find(({ kind, pattern }) => kind === 'prefix' && pattern === '/');
  const answer = 'return 301 https://$host$request_uri;';
  const step = indentationStep(owner);
  if (root) {
    const { block } = root.item.directive;
    const owned = root.scope.items.map(ownership).find((found) => found !== undefined);
    if (!block || owned !== undefined) return refused(owned ?? 'The location has no block.');
    const { text, file } = root.item.file.document;
    const indentation = indentationOf(text, root.item.directive.start);
    const newText = `\n${indentation}${step}${answer}\n${indentation}`;
    return edits({ file, range: { start: block.start + 1, end: block.close.start }, newText });
  }
  return edits(addTo(scope, owner, ['', 'location / {', `${step}${answer}`, '}']));
}

/** `return` of the server goes into `location /`, so that other locations are reached. */
function moveReturn(scope: Scope, owner: Item): readonly FileEdit[] | 'blocked' {
  if (scope.items.some((item) => item.name === 'rewrite' || (item.name === 'if' && answersInside(item))))
    return 'blocked';
  const step = indentationStep(owner);
  const items = scope.find('return');
  const [item] = items;
  if (!item) return [];
  if (items.some((candidate) => ownership(candidate) !== undefined || candidate.file !== owner.file)) return 'blocked';
  const { text, file } = item.file.document;
  const indentation = indentationOf(text, item.directive.start);
  const statement = text.slice(item.directive.start, item.directive.end);
  const newText = `location / {\n${indentation}${step}${statement}\n${indentation}}`;
  return [{ file, range: { start: item.directive.start, end: item.directive.end }, newText }];
}

function answersInside(item: Item): boolean {
  return item.inner !== undefined && item.inner.find('return').length + item.inner.find('rewrite').length > 0;
}

function insertAlias(location: Item, folder: string): FileEdit {
  const { text, file } = location.file.document;
  const at = (location.directive.block?.start ?? location.directive.end) + 1;
  const indentation = indentationOf(text, location.directive.start) + indentationStep(location);
  return { file, range: { start: at, end: at }, newText: `\n${indentation}alias ${quoted(folder)};` };
}
