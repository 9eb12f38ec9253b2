import type { ClientDemand } from '../../../tls/model/server-model.ts';
import { isConditional } from '../conditions.ts';
import { everywhereIn, openScopes } from '../everywhere.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import type { OwnerOf } from './owners.ts';

/** True of every client that was asked for no certificate: `$ssl_client_verify` is `NONE` then, and empty without TLS. */
const unverified = /^\( ?\$\{?ssl_client_verify\}? (?:!= SUCCESS|= NONE) ?\)$/;

/** Lua may ask for a certificate itself (`ngx.ssl.verify_client`). */
const asking = ['ssl_certificate_by_lua_block', 'ssl_certificate_by_lua_file'];

/** What may answer before, as each of a server's own comes in the order of the text. */
const rewriting: ReadonlySet<string> = new Set(['if', 'return', 'rewrite', 'break']);

/** `if ($ssl_client_verify != SUCCESS) { return 403; }`. */
export function clientDemandsOf(root: Scope, ownerOf: OwnerOf): readonly ClientDemand[] {
  const conditions = everywhereIn(root, ['if']).filter(isOfUnverified);
  if (conditions.length === 0 || everywhereIn(root, asking).length > 0) return [];
  const answered = answeredOtherwise(root);
  return conditions.flatMap((item) => {
    const owner = ownerOf(item);
    if (owner === 'shared' || owner === 'nobody' || !isRefusal(item, answered)) return [];
    return [{ site: owner.site.id, ofAll: isFirstOfServer(item), location: locate(item) }];
  });
}

function isOfUnverified(item: Item): boolean {
  return unverified.test(item.args.map(({ value }) => value).join(' ')) && !isConditional(item);
}

/** @param answered statuses of which another answer is made */
export function isRefusal({ inner }: Item, answered: ReadonlySet<string>): boolean {
  const status = inner?.findFirst('return')?.args[0];
  return status !== undefined && !status.templated && /^4\d\d$/.test(status.value) && !answered.has(status.value);
}

/** Statuses of which `error_page 418 = @password` makes another answer. */
export function answeredOtherwise(root: Scope): ReadonlySet<string> {
  const pages = everywhereIn(root, ['error_page']).filter(({ args }) =>
    args.some(({ value }) => /^[=@]|^https?:|\$/.test(value)),
  );
  return new Set(pages.flatMap(({ args }) => args.map(({ value }) => value)));
}

function isFirstOfServer(demand: Item): boolean {
  const { outer } = demand;
  if (outer.owner?.name !== 'server') return false;
  let first = outer.first;
  while (first && !rewriting.has(first.name)) first = first.next;
  return first === demand;
}

/**
 * Variables of client certificates, those of the module for VOMS too, in letters of any case, and programs within nginx and pages
 * with commands, which can read them.
 */
const looking = /\$\{?(?:ssl_client|voms)_|_by_lua|\b(?:(?:js|perl)_|ssi\b)/i;

/** False where nothing in a configuration can see whether a client had a certificate. */
export function looksAtClients(root: Scope, files: Iterable<NginxFile>): boolean {
  if (openScopes(root).length > 0) return true;
  for (const { document } of files) if (looking.test(document.text)) return true;
  return false;
}
