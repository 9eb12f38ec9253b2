import type { ClientDemand } from '../../../tls/model/server-model.ts';
import { everywhereIn } from '../everywhere.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import { isConditional } from './conditions.ts';
import type { OwnerOf } from './owners.ts';

/** True of every client that was asked for no certificate: `$ssl_client_verify` is `NONE` then, and empty without TLS. */
const unverified = /^\( ?\$\{?ssl_client_verify\}? (?:!= SUCCESS|= NONE) ?\)$/;

/** Lua may ask for a certificate itself (`ngx.ssl.verify_client`). */
const asking = ['ssl_certificate_by_lua_block', 'ssl_certificate_by_lua_file'];

/** `if ($ssl_client_verify != SUCCESS) { return 403; }`. */
export function clientDemandsOf(root: Scope, ownerOf: OwnerOf): readonly ClientDemand[] {
  const refusing = everywhereIn(root, ['if']).filter(isRefusal);
  if (refusing.length === 0 || everywhereIn(root, asking).length > 0) return [];
  return refusing.flatMap((item) => {
    const owner = ownerOf(item);
    if (owner === 'shared' || owner === 'nobody') return [];
    return [{ site: owner.site.id, ofAll: item.outer.owner?.name === 'server', location: locate(item) }];
  });
}

function isRefusal(item: Item): boolean {
  const { args, inner } = item;
  if (!unverified.test(args.map(({ value }) => value).join(' ')) || isConditional(item)) return false;
  const status = inner?.findFirst('return')?.args[0];
  return status !== undefined && !status.templated && /^4\d\d$/.test(status.value);
}
