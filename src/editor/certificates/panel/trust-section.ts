import type { Certificate } from '../../../certificates/certificate.ts';
import { shortName } from '../../../certificates/chain/node.ts';
import { type ChainOptions, findPaths, type TrustStore } from '../../../certificates/chain/paths.ts';
import type { RowView, SectionView } from '../../../protocol/inspection.ts';
import { capitalised } from '../../../text/capitalised.ts';

/**
 * Who trusts the chain, a line a store: whether one of its roots ends a path without faults, and if not, why not.
 * Undefined where there is nobody to ask.
 */
export function trustSection(
  leaf: Certificate | undefined,
  pool: readonly Certificate[],
  options: Pick<ChainOptions, 'crypto' | 'now'> & { readonly stores: readonly TrustStore[] },
): SectionView | undefined {
  const stores = options.stores.filter(({ certificates }) => certificates.length > 0);
  if (leaf === undefined || stores.length === 0) return undefined;
  return { title: 'Trusted by', rows: stores.map((store) => trustRow(store, leaf, pool, options)) };
}

function trustRow(
  store: TrustStore,
  leaf: Certificate,
  pool: readonly Certificate[],
  { crypto, now }: Pick<ChainOptions, 'crypto' | 'now'>,
): RowView {
  const label = capitalised(store.name);
  const { paths } = findPaths(leaf, pool, { crypto, now, stores: [store] });
  const trusted = paths.filter(({ end }) => end === 'trusted');
  const good = trusted.find(({ problems }) => problems.length === 0);
  if (good === undefined) {
    const reason = trusted[0]?.problems[0];
    return { label, value: reason === undefined ? 'no: none of its certificates issued it' : `no: ${reason}` };
  }
  const end = good.certificates.at(-1);
  const value = end === undefined || end === leaf ? 'yes, itself' : `yes, by ${shortName(end)}`;
  // What this machine cannot check, another one may refuse.
  const unchecked = good.edges.some(({ signature }) => signature === 'cannot-judge' || signature === 'not-checked');
  return { label, value: unchecked ? `${value}; a signature on the way cannot be checked here` : value };
}
