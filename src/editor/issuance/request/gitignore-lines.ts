import { baseName } from '../../../text/path.ts';

/**
 * Whether a .gitignore covers a path, by the last of its lines that does or takes it back; undefined where none does. The plain
 * forms only: missing a clever one means asking once more.
 */
export function isIgnored(gitignore: string, path: string): boolean | undefined {
  const extension = extensionOf(path);
  const folders = path.split('/').slice(0, -1);
  const names = new Set([
    path,
    `/${path}`,
    baseName(path),
    `*${extension}`,
    `**/*${extension}`,
    ...folders.flatMap((_, depth) => {
      const folder = folders.slice(0, depth + 1).join('/');
      // Of what lies in folders below, only those folders are covered by a star.
      const itsFiles = depth === folders.length - 1 ? [`${folder}/*${extension}`] : [];
      return [`${folder}/`, `/${folder}/`, folder, `/${folder}`, `${folder}/*`, ...itsFiles];
    }),
  ]);
  const lines = gitignore.split(/\r?\n/).map((line) => line.trim());
  const last = lines.findLast((line) => names.has(line.replace(/^!/, '')));
  return last === undefined ? undefined : !last.startsWith('!');
}

/** `.key`, or the whole name where it has no extension. */
export function extensionOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? baseName(path);
}
