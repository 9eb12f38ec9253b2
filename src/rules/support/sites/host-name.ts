/** Why no client asks for a name of a site as it is written; undefined of nearly all names. */
export function flawOf(text: string): string | undefined {
  if (!/[/,;:\s]|[^\0-\x7f]/.test(text) || text.startsWith('[')) return undefined;
  if (text.includes('://')) return 'clients ask for a host, without a scheme';
  if (text.includes('/')) return 'clients ask for a host, without a path';
  if (text.includes(',')) return 'names are separated by spaces, and a comma is part of the name';
  if (/\s/.test(text)) return 'within quotes a space is part of the name';
  if (text.includes(';')) return 'a semicolon is part of the name';
  if (/[^\0-\x7f]/.test(text)) return 'clients ask for it in ASCII (xn--…)';
  // Addresses of IPv6 have colons.
  return /^[^:]+:\d+$/.test(text) ? 'a port is not part of the name that is looked up' : undefined;
}
