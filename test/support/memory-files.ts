import type { Files, Unreadable } from '../../src/host/host.ts';

/** Files that live in memory: paths to texts or bytes, folders as they follow from them, and links to other files. */
export function memoryFiles(
  content: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
): Files {
  const bytes = new Map(
    Object.entries(content).map(([path, value]) => [
      path,
      typeof value === 'string' ? new TextEncoder().encode(value) : value,
    ]),
  );
  for (const [link, path] of Object.entries(links)) bytes.set(link, bytes.get(path) ?? new Uint8Array());
  const folders = new Set<string>(['/']);
  for (const path of bytes.keys()) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
      folders.add(path.slice(0, end));
  }
  const missing = (path: string): Unreadable => ({ error: 'missing', message: `${path} does not exist` });
  return {
    async stat(path) {
      const file = bytes.get(path);
      if (file !== undefined) return { kind: 'file', size: file.length, modified: 0, mode: 0o644 };
      return folders.has(path) ? { kind: 'directory', size: 0, modified: 0, mode: 0o755 } : missing(path);
    },
    async read(path, limit) {
      return bytes.get(path)?.subarray(0, limit) ?? missing(path);
    },
    async list(path) {
      if (!folders.has(path)) return missing(path);
      const prefix = path === '/' ? '/' : `${path}/`;
      const entries = new Map<string, 'file' | 'directory'>();
      for (const file of bytes.keys()) {
        if (!file.startsWith(prefix)) continue;
        const [name = '', ...more] = file.slice(prefix.length).split('/');
        entries.set(name, more.length === 0 ? 'file' : 'directory');
      }
      return [...entries].map(([name, kind]) => ({ name, kind }));
    },
    async realPath(path) {
      return links[path] ?? path;
    },
  };
}
