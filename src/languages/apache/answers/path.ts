/**
 * What is left of `path` behind `prefix`, or undefined where it does not match. A prefix matches whole segments only:
 * `/icons` takes `/icons` and `/icons/a`, not `/iconset` (mod_alias `alias_matches`).
 */
export function restAfter(path: string, prefix: string): string | undefined {
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.slice(prefix.length);
  return rest === '' || prefix.endsWith('/') || rest.startsWith('/') ? rest : undefined;
}

export function joinPath(directory: string, rest: string): string {
  if (rest === '') return directory;
  return `${directory.replace(/\/$/, '')}/${rest.replace(/^\//, '')}`;
}
