import { domainToUnicode } from 'node:url';

/** What people read in a domain name that is written for machines, such as `xn--mller-kva.example`; undefined where it says no more. */
export function unicodeName(domain: string): string | undefined {
  const decoded = domain.includes('xn--') ? domainToUnicode(domain) : '';
  return decoded === '' || decoded === domain ? undefined : decoded;
}
