import { baseName } from '../../../text/path.ts';

/** Whether a line of .gitignore covers a path. The plain forms only: missing a clever one means asking once more. */
export function isIgnored(gitignore: string, path: string): boolean {
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
      return [`${folder}/`, `/${folder}/`, folder, `/${folder}`, `${folder}/*`, `${folder}/*${extension}`];
    }),
  ]);
  return gitignore.split(/\r?\n/).some((line) => names.has(line.trim()));
}

/** `.key`, or the whole name where it has no extension. */
export function extensionOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0] ?? baseName(path);
}
