import type { FileEdit } from '../../../text/edit.ts';
import type { Fix } from '../../../text/finding.ts';
import { locationWith } from '../lower/answers/locations.ts';
import type { Word } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';
import { type Item, locate, type Scope } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** `location api`, which takes no request: every path begins with a slash (ngx_http_core_find_location). */
export const pathSlashMissing: DirectiveRule = {
  id: 'path-slash-missing',
  title: 'Path without the slash that every path begins with',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) => fact?.name === 'location',
  isPleased: ({ item }) => hasSlash(item),
  check({ item }) {
    if (hasSlash(item)) return undefined;
    const location = item.inner && locationWith(item.inner);
    const word = item.args.at(-1);
    if (!location || !word || word.templated || item.outer.owner?.name === 'location') return undefined;
    if (location.kind !== 'prefix' && location.kind !== 'exact') return undefined;
    const { pattern, scope } = location;
    // What a backend names by X-Accel-Redirect may begin with anything.
    if (pattern === '' || /^[/@${]/.test(pattern) || scope.findFirst('internal')) return undefined;
    const isPattern = /[\\^$*(|]/.test(pattern);
    const meant = isPattern ? `An expression is written with "~" before it` : `Write /${pattern}`;
    return {
      rule: 'path-slash-missing',
      message: `No request matches: every path begins with a slash, and "${pattern}" does not, so ${outcome(scope)}. ${meant}.`,
      location: locate(item, word),
      ...(refuses(scope) ? {} : { severity: 'information', effect: 'advice' }),
      fixes: isPattern ? [] : slashBefore(item, word, pattern),
    };
  },
};

function hasSlash({ args: [first, second] }: Item): boolean {
  return /^[/@~]/.test(first?.value ?? '/') || second?.value.startsWith('/') === true;
}

const refusing = ['deny', 'auth_basic', 'auth_request', 'auth_jwt', 'satisfy'];

/** It is there to keep somebody out. */
function refuses(scope: Scope): boolean {
  const code = Number(scope.findFirst('return')?.args[0]?.value);
  return code >= 400 || refusing.some((name) => scope.findFirst(name) !== undefined);
}

function outcome(scope: Scope): string {
  return refuses(scope) ? 'this location blocks nothing' : 'another location, or none, answers';
}

function slashBefore(item: Item, word: Word, pattern: string): readonly Fix[] {
  const place = locate(item, rangeOf(item, word));
  const text = item.file.document.text.slice(place.range.start, place.range.end);
  const at = text.lastIndexOf(pattern);
  if (at < 0) return [];
  const start = place.range.start + at;
  const edit: FileEdit = { file: place.file, range: { start, end: start }, newText: '/' };
  return [{ title: 'Write a slash before it', safe: false, edits: [edit] }];
}
