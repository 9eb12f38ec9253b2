import { isUnreadable } from '../host/host.ts';
import { folderOf, foldersAround, pathIn, relativePath } from '../text/path.ts';
import { host } from './host.ts';

/** So many are named. */
const mostNamed = 3;

/**
 * A sentence about plans that lie beside or above the files, but not above the working folder: somebody wrote settings there,
 * and they do not count.
 */
export async function settingsBelow(files: readonly string[], cwd: string): Promise<string | undefined> {
  const above = new Set(foldersAround(pathIn(cwd, '.')));
  const folders = new Set(files.map(folderOf));
  const others = new Set([...folders].flatMap((folder) => foldersAround(pathIn(folder, '.'))));
  const plans = [...others]
    .filter((folder) => !above.has(folder))
    .map((folder) => pathIn(folder, 'tls-workbench.yaml'));
  const texts = await Promise.all(plans.sort().map((file) => host.files.read(file)));
  const decoder = new TextDecoder();
  const found = plans.filter((_, index) => {
    const bytes = texts[index];
    return bytes !== undefined && !isUnreadable(bytes) && /^lint[ \t]*:/m.test(decoder.decode(bytes));
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const names = found.slice(0, mostNamed).map((file) => relativePath(cwd, file));
  if (found.length > mostNamed) names.push(`${found.length - mostNamed} more`);
  const [subject, verb] = [names.join(', '), found.length === 1 ? 'has' : 'have'];
  return `${subject} ${verb} settings that do not apply here: those of this folder or of one above do. To use them, run lint in ${relativePath(cwd, folderOf(first))}.`;
}
