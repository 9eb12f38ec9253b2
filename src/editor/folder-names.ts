/** What the workspace calls its folders: by name, and with as many folders above as tell namesakes apart. */
export function folderNames(
  folders: readonly { readonly name: string; readonly path: string }[],
): ReadonlyMap<string, string> {
  return new Map(
    folders.map(({ name, path }) => {
      const others = folders.filter((other) => other.name === name && other.path !== path);
      const parts = path.split('/').filter(Boolean);
      const tail = (count: number) => parts.slice(-count).join('/');
      let count = 1;
      while (count < parts.length && others.some((other) => other.path.endsWith(`/${tail(count)}`))) count++;
      return [path, others.length === 0 ? name : tail(count)];
    }),
  );
}
