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
  const foreign = /[\s/\\?#@:%]/.exec(trimmed)?.[0];
  if (foreign !== undefined) {
    return noName(text, foreign.trim() === '' ? 'a name has no blanks' : 'write the host name alone');
  }
  const isWildcard = trimmed.startsWith('*.');
  const ascii = domainToASCII((isWildcard ? trimmed.slice(2) : trimmed).replace(/\.$/, ''));
  // Of numbers alone the conversion makes an address.
  if (isIP(ascii) !== 0) return noName(text, 'numbers alone make an address, which has four from 0 to 255');
  if (ascii.includes('*'))
    return { problem: `"${text}" has a wildcard that is not the whole first label, as in *.example.com` };
  const fault = faultOf(ascii);
  if (fault !== undefined) return noName(text, fault);
  return { type: 'dns', value: isWildcard ? `*.${ascii}` : ascii };
}

function noName(text: string, why: string): { readonly problem: string } {
  return { problem: `"${text}" is no domain name: ${why}` };
}

/** What RFC 1035 section 2.3.4 and RFC 5890 section 2.3.1 do not allow; undefined: nothing. */
function faultOf(name: string): string | undefined {
  if (name === '') return 'write it as in www.example.com';
  if (name.length > 253) return 'it has more than 253 characters';
  for (const label of name.split('.')) {
    if (label === '') return 'nothing stands before or between dots';
    if (label.length > 63) return 'a part between dots has more than 63 characters';
    if (/^-|-$/.test(label)) return `"${label}" begins or ends with a hyphen`;
    if (!/^[a-z0-9_-]+$/.test(label)) return `"${label}" has other signs than letters, digits and hyphens`;
  }
  return undefined;
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
