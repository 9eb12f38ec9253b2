import { atLeastVersion, type Version } from '../../text/version.ts';
import type { NamedGroup } from '../named-groups.ts';
import type { Client } from './clients.ts';

export interface ServerGroups {
  /** What the server takes, in its order; since OpenSSL 3.5 by rank, before that in one. */
  readonly ranks: readonly (readonly NamedGroup[])[];
  /** The server's order counts and not the client's. */
  readonly byServer: boolean;
  readonly openssl: Version;
}

/** The group of a handshake up to TLS 1.2 (tls1_shared_group): the first of one side that the other has too. */
export function olderGroup(client: Client, { ranks, byServer }: ServerGroups): NamedGroup | undefined {
  const own = ranks.flat();
  const theirs = client.groups ?? [];
  if (byServer) return own.find(({ id }) => theirs.includes(id));
  return byClient(theirs, own);
}

/**
 * The group of TLS 1.3. Before OpenSSL 3.5 the first key share that the server takes, in the client's order; where there is
 * none, the client is asked again for the server's favourite (tls_parse_ctos_key_share, HelloRetryRequest of RFC 8446 section
 * 4.1.4). Since 3.5 the server's ranks are gone through one by one (SSL_CTX_set1_groups_list(3)).
 */
export function newerGroup(client: Client, { ranks, byServer, openssl }: ServerGroups): NamedGroup | undefined {
  const theirs = client.groups ?? [];
  const shares = client.keyShares.filter((id) => theirs.includes(id));
  if (!atLeastVersion(openssl, '3.5')) {
    const own = ranks.flat();
    return byClient(shares, own) ?? own.find(({ id }) => theirs.includes(id));
  }
  for (const rank of ranks) {
    const choose = (offered: readonly number[]) =>
      byServer ? rank.find(({ id }) => offered.includes(id)) : byClient(offered, rank);
    const chosen = choose(shares) ?? choose(theirs);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

function byClient(offered: readonly number[], own: readonly NamedGroup[]): NamedGroup | undefined {
  for (const wanted of offered) {
    const group = own.find(({ id }) => id === wanted);
    if (group !== undefined) return group;
  }
  return undefined;
}
