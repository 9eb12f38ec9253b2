/** Folders that hold parts of a configuration, whose main file lies beside them. */
const folderOfParts =
  /\/(?:sites-(?:available|enabled)|conf\.d|snippets|includes|(?:http|stream|default)\.d)\/(?!nginx\.conf$)(?=[^/]*$)/;

/** Where the main file lies, from which relative paths count: that of a part which nothing includes here, as a site before it is enabled, too. */
export function besideMain(entry: string): string {
  return entry.replace(folderOfParts, '/');
}
