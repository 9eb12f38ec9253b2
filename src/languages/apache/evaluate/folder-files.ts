import { createMemo } from '../../../memory/memo.ts';
import { remember, rememberHere } from '../../../memory/remember.ts';
import { factOf } from '../directives/facts.ts';
import type { ApacheFile } from '../syntax.ts';
import { withKey, withKeyAt } from './by-key.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { deniedBy, mayAnswer, type Overrides, overridesFor } from './overrides.ts';
import type { Statement } from './statement.ts';

/** What the `.htaccess` files on the way to a file bring, as a server reads them with each request. */
export interface FolderFiles {
  /** Each as the `<Directory>` of its folder, outer ones first. */
  readonly sections: readonly Statement[];
  /** That of the file's own folder, where it may answer otherwise and is not at hand; those further up are rare. */
  readonly unseen: string | undefined;
  /** One that holds what the server does not let in, which answers each request with an error. */
  readonly refused: string | undefined;
}

export const noFolderFiles: FolderFiles = { sections: [], unseen: undefined, refused: undefined };

/** `AllowOverride None` everywhere, as packages have it, or nothing of the kind at all. */
const saidOfOverrides = remember((evaluation: Evaluation): 'none' | 'nothing' | 'some' => {
  const isNone = ({ args }: Statement) => args.every(({ value }) => /^none$/i.test(value));
  const said = ['allowoverride', 'allowoverridelist'].flatMap((key) => withKey(evaluation, key));
  return said.length === 0 ? 'nothing' : said.every(isNone) ? 'none' : 'some';
});

const collectors = createMemo<Evaluation, Set<string> | undefined>();

/** Where answers hang on files that nobody has looked for. @param ask asks for the answers */
export function folderFilesMissed(evaluation: Evaluation, ask: () => void): readonly string[] {
  if (saidOfOverrides(evaluation) === 'none') return [];
  const missed = new Set<string>();
  collectors.set(evaluation, missed);
  ask();
  collectors.set(evaluation, undefined);
  return [...missed];
}

/** Folders are looked through from the root down (`ap_directory_walk`). */
export function folderFilesOn(evaluation: Evaluation, host: Statement | undefined, file: string): FolderFiles {
  const { folderFiles } = evaluation;
  const missed = collectors.get(evaluation);
  const said = saidOfOverrides(evaluation);
  if (said === 'none' || (said === 'nothing' && folderFiles.size === 0 && !missed)) return noFolderFiles;
  if (!file.startsWith('/')) return noFolderFiles;
  const name = fileName(evaluation);
  const sections: Statement[] = [];
  let unseen: string | undefined;
  let refused: string | undefined;
  const last = file.lastIndexOf('/');
  for (let slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
    const folder = file.slice(0, slash);
    const overrides = overridesFor(evaluation, host, folder || '/');
    if (overrides?.isIgnored) continue;
    const path = `${folder}/${name}`;
    const content = folderFiles.get(path);
    if (content === undefined) {
      missed?.add(path);
      if (slash === last && (overrides === undefined || mayAnswer(overrides))) unseen = path;
    } else if (content !== null) {
      const section = sectionsOf(evaluation)(path)(content);
      if (overrides === undefined) unseen = path;
      else if (section.children.some((statement) => isDenied(statement, overrides))) refused = path;
      else sections.push(section);
    }
  }
  return { sections, unseen, refused };
}

/** Those for the folder of a `<Directory>`. */
export function folderFilesIn(
  evaluation: Evaluation,
  host: Statement | undefined,
  { key, args: [folder] }: Statement,
): FolderFiles {
  if (key !== 'directory' || !folder) return noFolderFiles;
  return folderFilesOn(evaluation, host, `${folder.value.replace(/\/$/, '')}/`);
}

const longest = 500;

/** Those for a `<Location>` too, in the folder that DocumentRoot makes of its path. */
export function folderFilesAt(evaluation: Evaluation, host: Statement | undefined, section: Statement): FolderFiles {
  if (section.key !== 'location') return folderFilesIn(evaluation, host, section);
  const roots = [undefined, host].flatMap((level) => withKeyAt(evaluation, 'documentroot', level));
  const words = [roots.at(-1)?.args[0], section.args[0]].map((word) => word?.value.replace(/\/$/, '') ?? '');
  const folder = words.join('');
  // Each folder on the way is looked at by itself.
  return folder.length > longest ? noFolderFiles : folderFilesOn(evaluation, host, `${folder}/`);
}

/** `AccessFileName`, whose first name is looked for first. */
function fileName(evaluation: Evaluation): string {
  return withKey(evaluation, 'accessfilename').at(-1)?.args[0]?.value ?? '.htaccess';
}

function isDenied(statement: Statement, overrides: Overrides): boolean {
  const fact = factOf(statement.key);
  if (fact && fact.overrides.length > 0 && deniedBy(overrides, fact, statement) !== undefined) return true;
  return statement.children.some((child) => isDenied(child, overrides));
}

/** Those that are at hand, each with the folder that it is for. */
export function* evaluatedFolderFiles(
  evaluation: Evaluation,
): Iterable<{ readonly folder: string; readonly inside: Evaluation }> {
  for (const [path, file] of evaluation.folderFiles) {
    if (file) yield { folder: folderOfFile(path), inside: evaluationsOf(evaluation)(path)(file) };
  }
}

function folderOfFile(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** One file may be read by many servers. */
const evaluationsOf = remember((server: Evaluation) =>
  rememberHere((path: string) =>
    rememberHere((file: ApacheFile) =>
      evaluate({
        entry: path,
        complete: false,
        context: 'htaccess',
        files: new Map([[path, file]]),
        included: () => undefined,
        target: server.target,
        server,
      }),
    ),
  ),
);

const sectionsOf = remember((server: Evaluation) =>
  rememberHere((path: string) => rememberHere((file: ApacheFile) => sectionOf(server, path, file))),
);

function sectionOf(server: Evaluation, path: string, file: ApacheFile): Statement {
  return asDirectory(path, evaluationsOf(server)(path)(file).statements, file.document.text.length);
}

/** What a file in a folder says, as the `<Directory>` of the folder. @param length of the file's text */
export function asDirectory(path: string, statements: readonly Statement[], length: number): Statement {
  const start = { start: 0, end: 0 };
  const args = [{ value: folderOfFile(path), range: start, quote: '' as const }];
  const all = { start: 0, end: length };
  const place = { nameRange: start, args, raw: '', isMarked: false, guards: undefined, range: all };
  return {
    node: { kind: 'directive', name: path, key: 'directory', ...place },
    file: path,
    key: 'directory',
    args,
    uncertain: false,
    context: 'server config',
    branches: [],
    parents: [],
    children: statements,
    order: 0,
  };
}
