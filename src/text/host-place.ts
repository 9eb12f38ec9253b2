/** Last labels that DNS gives to nobody, and networks to machines of their own (RFC 6762 appendix G, RFC 8375). */
const ofNetwork = 'local|localdomain|internal|intern|consul|lan|home|corp|intranet|private|svc|home\\.arpa';

/** A name of a network, or one of `others`. */
export const networkName = (others: string): RegExp => new RegExp(`(?:^|\\.)(?:${ofNetwork}|${others})\\.?$`, 'i');

const privateName = new RegExp(`\\.(?:${ofNetwork})$`);

/**
 * Where a host is, by its name or its address without brackets. A name without a dot is mostly that of a container beside this one,
 * and nothing or a path is a socket. Private: an address of RFC 1918 and the like, or a name that DNS gives to nobody.
 */
export function placeOf(host: string): 'here' | 'private' | 'public' {
  const name = host.trim().toLowerCase();
  if (
    !/[.:]/.test(name) ||
    name.startsWith('/') ||
    /^(?:127\.|0\.0\.0\.0$|::1$)|(?:^|\.)localhost(?:\.localdomain)?$/.test(name)
  )
    return 'here';
  if (/^host\.(?:docker|containers)\.internal$/.test(name)) return 'here';
  if (
    /^(?:10\.|192\.168\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:|fe80:)/.test(
      name,
    )
  )
    return 'private';
  return privateName.test(name) ? 'private' : 'public';
}
