/**
 * The places that a name takes in a table of host names. nginx ignores a server's name of which a place is taken already, all
 * of it ("conflicting server name …, ignored"), and refuses such an entry elsewhere (ngx_hash_add_key).
 */
export function placesOfName(name: string): readonly string[] {
  const lower = name.toLowerCase();
  // `.example.com` is both the name itself and all names below it.
  if (lower.length > 1 && lower.startsWith('.')) return [lower.slice(1), `*${lower}`];
  return [lower];
}
