import { isConditional } from '../../conditions.ts';
import { everywhere } from '../../everywhere.ts';
import { enclosingServer, type Item, type Scope } from '../../scope.ts';
import { conditionHolds } from './rewrite.ts';

const ofScheme = /^\(? ?\$(scheme|https)\b/i;

/** Redirects to HTTPS that plain HTTP does not get, by their conditions, with why and what mends it: `if ($https = off)`. */
export function untakenRedirects(root: Scope): readonly { readonly item: Item; readonly reason: string }[] {
  return everywhere(root, 'if').flatMap((item) => {
    const [, variable] = ofScheme.exec(item.args.map(({ value }) => value).join(' ')) ?? [];
    const target = variable && isForAll(item.outer) ? targetOf(item) : undefined;
    if (!variable || !target || isConditional(item)) return [];
    if (conditionHolds(item, { scheme: 'http' }, item.outer) !== false) return [];
    // Over HTTPS it may well lead to another host.
    if (!namesServer(target, item.outer) && conditionHolds(item, { scheme: 'https' }, item.outer) !== false) return [];
    const isScheme = variable.toLowerCase() === 'scheme';
    const holds = isScheme ? '$scheme is "http"' : '$https is empty';
    return [{ item, reason: `${holds} over plain HTTP: correct its condition, as in if ($scheme = http)` }];
  });
}

function namesServer(target: string, scope: Scope): boolean {
  const [, host = ''] = /^https:\/\/(\$?[^/:?$]*)/i.exec(target) ?? [];
  const names = enclosingServer(scope)?.find('server_name') ?? [];
  return (
    /^\$(?:host|http_host|server_name)\b/.test(host) ||
    names.some(({ args }) => args.some(({ value }) => value === host))
  );
}

/** A redirect of one path more would leave the others as they are. */
function isForAll({ context, owner }: Scope): boolean {
  return context === 'server' || owner?.args.at(-1)?.value === '/';
}

function targetOf({ inner }: Item): string | undefined {
  const found = inner?.findFirst('return') ?? inner?.findFirst('rewrite');
  return found?.args.find(({ value }) => /^https:/i.test(value))?.value;
}
