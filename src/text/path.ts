/** Paths with `/`, as servers and URIs write them; no file system behind them. */

/**
 * Joins, resolves `.` and `..`, and collapses double slashes; an absolute `path` ignores `folder`, and one below `.` stays
 * relative. Above a folder that a variable is nobody knows where one is: such a `..` stays.
 */
export function resolvePath(folder: string, path: string): string {
  if (isResolved(path)) return path;
  const joined = isAbsolute(path) ? path : `${folder}/${path}`;
  const root = rootOf(joined);
  const isRelative = joined.startsWith('./');
  const parts: string[] = [];
  for (const part of joined.slice(root.length).split(isDrive(root) ? /[\\/]/ : '/')) {
    if (part === '..' && !/^(?:\$\{.*|\.\.)$/.test(parts.at(-1) ?? (isRelative ? '..' : ''))) parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return isRelative ? parts.join('/') || '.' : `${root}/${parts.join('/')}`;
}

/** Absolute, and plainly without anything to resolve: the usual case. */
function isResolved(path: string): boolean {
  return path.startsWith('/') && !path.endsWith('/') && !/\/[./]|:/.test(path);
}

export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || rootOf(path) !== '';
}

/**
 * What comes before an absolute path's first slash: nothing, a drive of Windows (`C:`), or what a URI has before its path, its host
 * included (`ssh://host`). Empty for a relative path.
 */
export function rootOf(path: string): string {
  // Most begin with a slash.
  return path.startsWith('/') ? '' : (/^(?:[a-z]:(?=[\\/])|[a-z][a-z0-9+.-]+:\/\/[^/]*)/i.exec(path)?.[0] ?? '');
}

/** The folder of a file, or above a folder; the topmost one is its own. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash <= 0) return '/';
  const folder = path.slice(0, slash);
  return isDrive(folder) ? `${folder}/` : folder;
}

/** The folders that a file lies in, the nearest first and the topmost last. */
export function foldersAround(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== folders.at(-1); folder = folderOf(folder)) folders.push(folder);
  return folders;
}

/** What lies in a folder under a name. */
export function pathIn(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

function isDrive(path: string): boolean {
  return path.length === 2 && path.endsWith(':');
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True where `path` is `folder` or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` as seen from `folder`, with `..` where it lies outside; as it is on another drive or machine. */
export function relativePath(folder: string, path: string): string {
  if (rootOf(folder) !== rootOf(path)) return path;
  const from = folder.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.';
}
