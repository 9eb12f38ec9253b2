/** A workspace folder: its path, and what the workspace calls a file in it (`''`, or `name/` where there are several). */
export interface NamedFolder {
  readonly path: string;
  readonly name: string;
}

/**
 * A message with paths as the workspace shows them: a list of problems has room for the beginning of a message, and a long
 * path would take it all. Paths that the configuration itself writes out stay, so that they are found in it.
 * @param text of the file that the message is about
 */
export function shortenPaths(message: string, folders: readonly NamedFolder[], text: string): string {
  let short = message;
  for (const { path, name } of folders) {
    const start = `${path}/`;
    if (path !== '' && short.includes(start) && !text.includes(start)) short = short.replaceAll(start, name);
  }
  return short;
}
