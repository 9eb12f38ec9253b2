/** Paths with `/`, as servers and URIs write them; no file system behind them. */

/** Joins, resolves `.` and `..`, and collapses double slashes; an absolute `path` ignores `folder`. */
export function resolvePath(folder: string, path: string): string {
  if (isResolved(path)) return path;
  const joined = isAbsolute(path) ? path : `${folder}/${path}`;
  const scheme = schemeOf(joined);
  const parts: string[] = [];
  for (const part of joined.slice(scheme.length).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const drive = /^[a-z]:$/i.test(parts[0] ?? '') && scheme === '';
  return `${scheme}${drive ? '' : '/'}${parts.join('/')}`;
}

/** Absolute, and plainly without anything to resolve: the usual case. */
function isResolved(path: string): boolean {
  return path.startsWith('/') && !path.endsWith('/') && !/\/[./]|:/.test(path);
}

export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path) || schemeOf(path) !== '';
}

/** What a URI has before its path, its host included: `ssh://host`; empty for a path of this machine. */
export function schemeOf(path: string): string {
  // Most begin with a slash.
  return path.startsWith('/') ? '' : (/^[a-z][a-z0-9+.-]+:\/\/[^/]*/i.exec(path)?.[0] ?? '');
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True where `path` is `folder` or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` as seen from `folder`, with `..` where it lies outside. */
export function relativePath(folder: string, path: string): string {
  const from = folder.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.';
}
