/**
 * The folder of the main file stands in for a `ServerRoot` that is compiled in, as Debian's `/etc/apache2` is. A text that was never
 * saved is in none.
 */
export function defaultServerRoot({ entry }: { readonly entry: string }): string {
  const slash = entry.lastIndexOf('/');
  return slash === -1 ? '.' : entry.slice(0, Math.max(1, slash));
}
