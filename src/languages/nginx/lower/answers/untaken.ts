import { everywhere } from '../../everywhere.ts';
import type { Item, Scope } from '../../scope.ts';
import { isConditional } from '../conditions.ts';
import { conditionHolds } from './rewrite.ts';

const ofScheme = /^\(? ?\$(scheme|https)\b/i;

/** Redirects to HTTPS that plain HTTP does not get, by their conditions, with why and what mends it: `if ($https = off)`. */
export function untakenRedirects(root: Scope): readonly { readonly item: Item; readonly reason: string }[] {
  return everywhere(root, 'if').flatMap((item) => {
    const [, variable] = ofScheme.exec(item.args.map(({ value }) => value).join(' ')) ?? [];
    if (!variable || !redirects(item) || isConditional(item)) return [];
    if (conditionHolds(item, { scheme: 'http' }, item.outer) !== false) return [];
    const isScheme = variable.toLowerCase() === 'scheme';
    const holds = isScheme ? '$scheme is "http"' : '$https is empty';
    return [{ item, reason: `${holds} over plain HTTP: correct its condition, as in if ($scheme = http)` }];
  });
}

function redirects({ inner }: Item): boolean {
  const found = inner?.findFirst('return') ?? inner?.findFirst('rewrite');
  return found?.args.some(({ value }) => /^https:/i.test(value)) === true;
}
