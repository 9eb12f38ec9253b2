/** Why no client asks for a name of a site as it is written; undefined of nearly all names. */
export function flawOf(text: string): string | undefined {
  if (!/[/,;:]|[^\0-\x7f]/.test(text) || text.startsWith('[')) return undefined;
  if (text.includes('://')) return 'clients ask for a host, without a scheme before it';
  if (text.includes('/')) return 'clients ask for a host, without a path behind it';
  if (text.includes(',')) return 'names are parted by blanks, and a comma belongs to the name';
  if (text.includes(';')) return 'a semicolon belongs to the name';
  if (/[^\0-\x7f]/.test(text)) return 'clients ask for it in ASCII (xn--…)';
  // Addresses of IPv6 have colons.
  return /^[^:]+:\d+$/.test(text) ? 'a port is no part of the name that is looked up' : undefined;
}
