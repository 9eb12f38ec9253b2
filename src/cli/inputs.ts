import { detectLanguage, mayBeConfiguration } from '../analysis/languages.ts';
import { decodeText, looksBinary, looksUtf16, maximumFileSize } from '../analysis/project/decode.ts';
import { type Dump, readDump } from '../analysis/project/dump.ts';
import { tooLarge } from '../analysis/project/gather.ts';
import { mayHold, readHeld } from '../analysis/project/held.ts';
import { type Files, isUnreadable, type Unreadable } from '../host/host.ts';
import type { Language } from '../languages/language.ts';
import { nginx } from '../languages/nginx/index.ts';
import { holdsOnlyStatements } from '../languages/recognition.ts';
import { pathIn } from '../text/path.ts';
import type { Excluded } from './exclude.ts';
import { cannotRead, UsageError } from './io.ts';
import { noSuchFile } from './no-such-file.ts';

/** A configuration file that the command line asks about. */
export interface InputFile {
  readonly file: string;
  readonly text: string;
  readonly language: Language;
  /** Where it is what `nginx -T` printed or a file that holds some, which stands for the files that it holds. */
  readonly dump?: Dump;
}

export interface Inputs {
  readonly files: readonly InputFile[];
  /** Files that were named or found and could not be taken, one sentence each. */
  readonly skipped: readonly string[];
  /** Files that were named among others and are no configurations, as a list of what has changed has them. */
  readonly foreign: readonly string[];
  /** Files and folders that were named and shall be left out. */
  readonly excluded: readonly string[];
  /** Something below a folder is there and cannot be read: what was found is not all. */
  readonly isPartial: boolean;
  /** Something below a folder shall be left out. */
  readonly leavesOut?: boolean;
}

/** Which of the files that are named or found count. */
export interface Selection {
  /** Whether a file that is named alone may be no configuration, as one that is named among others may. */
  readonly takesAny: boolean;
  readonly excluded: Excluded;
}

/** What others have written, and what no person has. Configurations that shall be deployed lie in `dist` too. */
const skippedFolders = new Set([
  'node_modules',
  'site-packages',
  '.venv',
  '.tox',
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
]);
/** Names that nothing but a configuration has; many a program has none of the endings above. */
const onlyConfigurationName = /\.(conf|vhost|nginx|apache|apacheconf|htaccess)$/i;

/**
 * Reads what the paths name: a file as it is, a folder with all configurations below it.
 * @throws UsageError where a named file cannot be read, or one that is named alone is no configuration
 */
export async function readInputs(paths: readonly string[], files: Files, selection: Selection): Promise<Inputs> {
  const { takesAny, excluded } = selection;
  const found: InputFile[] = [];
  const skipped: string[] = [];
  const foreign: string[] = [];
  const looked = { visited: new Set<string>(), read: new Set<string>() };
  const search: Search = { files, found, skipped, foreign, excluded, isPartial: false, leavesOut: false, ...looked };
  const left: string[] = [];
  for (const path of paths) {
    // Before it is looked at: a socket, or a link that leads nowhere, is left out so, too.
    if (excluded.named(path)) {
      left.push(path);
      continue;
    }
    const info = await files.stat(path);
    if (isUnreadable(info)) throw await noSuchFile(path, info, files);
    if (info.kind === 'other') {
      throw new UsageError(
        `${path} is neither a file nor a folder. What a program writes is read from standard input: "PROGRAM | tls-workbench lint --stdin-filename NAME -".`,
      );
    }
    if (info.kind === 'file') await readNamed(path, info.size, takesAny || paths.length > 1, search);
    else {
      const entries = await files.list(path);
      if (isUnreadable(entries)) throw cannotRead(entries);
      await readFolder(path, search);
    }
  }
  const { isPartial, leavesOut } = search;
  return { files: await once(found, files), skipped, foreign, excluded: left, isPartial, leavesOut };
}

/** Each file by one name, its own where that is among them: a site that is enabled by a link is one site. */
async function once(found: readonly InputFile[], files: Files): Promise<readonly InputFile[]> {
  const names = new Map<string, string>();
  for (const file of new Set(found.map(({ file }) => file))) {
    const real = await files.realPath(file);
    if (!names.has(real) || file === real) names.set(real, file);
  }
  const kept = new Set(names.values());
  return found.filter(({ file }) => kept.has(file));
}

async function readNamed(path: string, size: number, mayBeForeign: boolean, search: Search): Promise<void> {
  const { files, found, skipped, foreign, read } = search;
  if (read.has(path)) return;
  read.add(path);
  if (size > maximumFileSize) {
    if (!mayBeForeign || onlyConfigurationName.test(path)) throw new UsageError(`${tooLarge(path, size)}.`);
    foreign.push(path);
    return;
  }
  const bytes = await files.read(path);
  if (isUnreadable(bytes)) throw cannotRead(bytes);
  const text = decodeText(bytes);
  const isText = !looksBinary(text) && text.trim() !== '';
  if (isText && recognise(path, text).length > 0) found.push(...asInputs(path, text));
  // A shell names all that lies in a folder, and git all that has changed.
  else if (mayBeForeign && !(looksUtf16(text) && mayBeConfiguration(path))) foreign.push(path);
  else if (isText && holdsOnlyStatements(text))
    skipped.push(`${path} holds statements of a template and no directives`);
  else found.push(...asInputs(path, text));
}

/** The configurations of a file: itself, or those that it holds. */
function recognise(file: string, text: string): readonly InputFile[] {
  const dump = readDump(file, text);
  if (dump) return [{ file, text, language: nginx, dump }];
  const held = readHeld(file, text);
  if (held.length > 0) return held.map((each) => ({ file, text, ...each }));
  const language = detectLanguage(file, text);
  return language ? [{ file, text, language }] : [];
}

/** @throws UsageError where the text is no configuration */
export function asInputs(file: string, text: string): readonly InputFile[] {
  if (looksUtf16(text)) {
    throw new UsageError(`${file} is UTF-16, which no server reads. Save it as UTF-8 without a byte order mark.`);
  }
  if (looksBinary(text)) throw new UsageError(`${file} is a binary file. Name a configuration file.`);
  // Whatever it is called: what was to write it has failed, perhaps.
  if (text.trim() === '')
    throw new UsageError(
      `${file} is empty. Name a file that holds directives, or see what should have written this one.`,
    );
  const found = recognise(file, text);
  if (found.length > 0) return found;
  if (text.includes('-----BEGIN '))
    throw new UsageError(`${file} holds PEM and no directives. "tls-workbench inspect" shows what is in it.`);
  throw new UsageError(
    `${file} is not recognised as a configuration of nginx or Apache, or as settings of Django. Name a file that holds directives, or give it a name such as nginx.conf, apache2.conf or settings.py.`,
  );
}

interface Search {
  readonly files: Files;
  readonly found: InputFile[];
  readonly skipped: string[];
  readonly foreign: string[];
  readonly excluded: Excluded;
  isPartial: boolean;
  leavesOut: boolean;
  /** Folders by their real paths. */
  readonly visited: Set<string>;
  /** Files that have been read. */
  readonly read: Set<string>;
}

async function readFolder(folder: string, search: Search): Promise<void> {
  const { files, found, skipped, excluded, visited, read } = search;
  // A link to a folder above would lead round and round.
  const real = await files.realPath(folder);
  if (visited.has(real)) return;
  visited.add(real);
  const entries = await files.list(folder);
  if (isUnreadable(entries)) return skip(entries, search);
  for (const { name, kind } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = pathIn(folder, name);
    if (excluded.found(path)) {
      search.leavesOut = true;
      continue;
    }
    if (kind === 'directory') {
      if (!skippedFolders.has(name)) await readFolder(path, search);
      continue;
    }
    if (kind !== 'file' || read.has(path) || !(mayBeConfiguration(path) || mayHold(path))) continue;
    read.add(path);
    const info = await files.stat(path);
    if (isUnreadable(info)) skip(info, search);
    else if (info.size > maximumFileSize) {
      // A program that has no ending, too.
      if (onlyConfigurationName.test(name)) skipped.push(tooLarge(path, info.size));
    } else {
      const bytes = await files.read(path);
      if (isUnreadable(bytes)) {
        skip(bytes, search);
        continue;
      }
      const text = decodeText(bytes);
      const inputs = recognise(path, text);
      found.push(...inputs);
      if (inputs.length === 0 && looksBinary(text) && onlyConfigurationName.test(name)) {
        const isUtf16 = looksUtf16(text);
        skipped.push(`${path} is ${isUtf16 ? 'UTF-16, which no server reads. Save it as UTF-8' : 'a binary file'}`);
        // Somebody has written it, and means it.
        if (isUtf16) search.isPartial = true;
      }
    }
  }
}

/** A link that leads nowhere is left out as the file that is not there; what is closed to this user may say anything. */
function skip({ error, message }: Unreadable, search: Search): void {
  search.skipped.push(message);
  if (error !== 'missing') search.isPartial = true;
}
