/** Why nginx takes a text neither as a host name nor as one with a wildcard (ngx_hash_add_key); undefined where it does. */
export function wildcardComplaint(name: string): string | undefined {
  const stars = name.split('*').length - 1;
  if (stars > 1) return 'it has more than one "*"';
  if (name.includes('..')) return 'a label in it is empty';
  // Behind a dot in front nothing more is looked at.
  if (stars === 0 || /^\../.test(name) || (name.length > 2 && (name.startsWith('*.') || name.endsWith('.*'))))
    return undefined;
  return 'a "*" can only be its first or last label';
}
