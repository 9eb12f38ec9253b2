import { isIP, SocketAddress } from 'node:net';
import { domainToASCII } from 'node:url';
import { internalNameFault } from '../../certificates/lint/internal-names.ts';

/** A name or an address that a certificate is for (RFC 8555 section 7.1.3, RFC 8738). */
export interface Identifier {
  readonly type: 'dns' | 'ip';
  /** Lower case, internationalised labels as `xn--…`; addresses in their shortest form. */
  readonly value: string;
}

/** The identifier that a text of the plan means, or why it means none. */
export function parseIdentifier(text: string): Identifier | { readonly problem: string } {
  const trimmed = text.trim().replace(/^\[(.*)\]$/, '$1');
  if (isIP(trimmed) !== 0) return { type: 'ip', value: shortestAddress(trimmed) };
  // The conversion of the URL standard would cut a text at these.
  if (/[\s/\\?#@:%]/.test(trimmed)) return { problem: `"${text}" is no domain name` };
  const isWildcard = trimmed.startsWith('*.');
  const ascii = domainToASCII((isWildcard ? trimmed.slice(2) : trimmed).replace(/\.$/, ''));
  // Of numbers alone the conversion makes an address.
  if (ascii === '' || isIP(ascii) !== 0) return { problem: `"${text}" is no domain name` };
  if (ascii.includes('*'))
    return { problem: `"${text}" has a wildcard that is not the whole first label, as in *.example.com` };
  if (ascii.length > 253 || ascii.split('.').some((label) => !/^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label))) {
    return { problem: `"${text}" is no domain name` };
  }
  return { type: 'dns', value: isWildcard ? `*.${ascii}` : ascii };
}

export function isWildcard(name: string): boolean {
  return name.startsWith('*.');
}

/** One way to write each address (RFC 5952). */
export function shortestAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

/** Names that no public CA may issue for (CA/Browser Forum BR 4.2.2), and those that none does over ACME (RFC 7686, RFC 9476). */
export function isPrivateName({ value }: Identifier): boolean {
  return internalNameFault(value) !== undefined || /\.(alt|onion)$/.test(value);
}
