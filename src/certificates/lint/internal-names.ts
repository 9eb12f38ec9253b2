import { networkName } from '../../text/host-place.ts';
import { addressKey } from '../host-names.ts';

/** Reserved or never delegated: RFC 2606, RFC 6761, RFC 6762, RFC 8375, and what homes and companies use. */
const internalSuffix = networkName('localhost|test|example|invalid');
const reservedAddress =
  /^(?:0\.|10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|192\.0\.[02]\.|198\.1[89]\.|198\.51\.100\.|203\.0\.113\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|2(?:2[4-9]|3\d|4\d|5[0-5])\.|::1?$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|2001:(?::|[01]?[0-9a-f]{1,2}:|db8:)|::ffff:|64:ff9b:|100::|2002:|3fff:|5f00:|ff[0-9a-f]{2}:)/i;

/** Why no public CA may certify a name; undefined where it may. Also what a request's preflight asks. */
export function internalNameFault(name: string): string | undefined {
  if (addressKey(name) !== undefined) return reservedAddress.test(name) ? 'is a reserved address' : undefined;
  const bare = name.replace(/^\*\./, '');
  if (!bare.includes('.')) return 'is no full domain name';
  if (/\.(?:in-addr|ip6)\.arpa\.?$/i.test(bare)) return 'is a name of reverse lookup';
  return internalSuffix.test(bare) && !/(?:^|\.)example\.(?:com|net|org)$/i.test(bare)
    ? 'is under no public top-level domain'
    : undefined;
}

/** As `internalNameFault`, with what is only forbidden to public CAs: clients do match such names. */
export function publicNameFault(name: string): string | undefined {
  return internalNameFault(name) ?? (name.includes('_') ? 'has an underscore' : undefined);
}
