import { standInOf } from '../../certificates/stand-in.ts';
import { type FileInfo, type Files, isUnreadable, type Unreadable } from '../../host/host.ts';
import type { IncludeRequest, Language, ParsedFile, Project } from '../../languages/language.ts';
import { createDocument } from '../../text/document.ts';
import { isGlob } from '../../text/glob.ts';
import type { Location } from '../../text/range.ts';
import type { Whereabouts } from '../../text/whereabouts.ts';
import type { Target } from '../../tls/target.ts';
import { statedContext } from '../comments/comment-words.ts';
import { decodeText, maximumFileSize } from './decode.ts';
import { expandGlob, filesBelow, templateFor } from './expand.ts';
import type { PathMap } from './path-map.ts';
import { type PinMemo, pinnedTarget } from './pinned-target.ts';

/** A configuration that includes more files than this is broken, or made to be. */
const maximumFiles = 5_000;

/** Remembers parsed files by their text, so that a change in one file parses one file. */
export type ParseCache = Map<string, { readonly text: string; readonly parsed: ParsedFile }>;

/** Links have the name of what they lead to, where that one is edited. */
export type NameOf = (path: string) => string | Promise<string>;

export interface GatherOptions {
  readonly files: Files;
  readonly paths: PathMap;
  readonly target: Target;
  /** The folder that the project lies in, as far as anybody knows. */
  readonly root?: string;
  /** What is read first is a part of a file, whatever it looks like. */
  readonly isPart?: true | undefined;
  readonly cache?: ParseCache;
  readonly pins?: PinMemo;
  readonly signal?: AbortSignal;
  /** Text that stands for what lies in a file, or will lie there: an editor's, standard input's. */
  readonly texts?: ReadonlyMap<string, string>;
  /** The name under which a file is read, where that is not its own: who edits `sites-available` works on what is enabled. */
  readonly nameOf?: NameOf;
}

/** What could not be read on the way, for the reader to know; never an error of the configuration. */
export interface UnreadFile {
  readonly file: string;
  readonly message: string;
  /** What asks for it. */
  readonly location: Location;
  /** It is there, and its server may read it. */
  readonly isClosed?: true;
}

export interface Gathered {
  readonly language: Language;
  readonly project: Project;
  readonly unread: readonly UnreadFile[];
}

/** Reads a configuration and all that it includes, as the server would, each file once. */
export async function gather(
  entry: string,
  text: string,
  language: Language,
  options: GatherOptions,
): Promise<Gathered> {
  // Most have nothing to load, and a step more for nothing would be felt.
  if (language.prepare) await language.prepare();
  const parsedFiles = new Map<string, ParsedFile>();
  const included = new Map<string, readonly string[] | undefined>();
  const absent = new Set<string>();
  const dangling = new Map<string, readonly string[]>();
  const folders = new Map<string, string>();
  const seen = new Set<string>();
  const unread: UnreadFile[] = [];
  const main = parse(entry, text, language, options.cache);
  parsedFiles.set(entry, main);
  const complete = options.isPart !== true && language.isMain(main);
  const mode = options.paths.modeOf(complete);

  const follow = async (request: IncludeRequest): Promise<void> => {
    const { pattern, optional } = request;
    const lost: string[] = [];
    let matches = await resolveInclude(request, language, options, lost);
    if (lost.length > 0 && mode === 'here') dangling.set(pattern, lost);
    if (matches && mode === 'here') seen.add(pattern);
    if (!matches && mode === 'here' && (await isWithoutFolder(request, options))) matches = [];
    const paths = matches && options.nameOf ? await Promise.all(matches.map(options.nameOf)) : matches;
    included.set(pattern, paths);
    const nothing = paths?.length ? undefined : await whyNothing(pattern, paths, options);
    const isTold = optional || (mode === 'here' && (await isMissing(request.below, options)));
    if (nothing === 'absent' && !isTold) absent.add(pattern);
    else if (typeof nothing === 'object') unread.push(unreadFile(nothing.file, nothing.why, request, mode));
    for (const path of paths ?? []) {
      if (parsedFiles.has(path) || parsedFiles.size >= maximumFiles) continue;
      const read = asDeployed(path, await readText(path, options), mode);
      if ('text' in read) parsedFiles.set(path, parse(path, read.text, language, options.cache));
      else unread.push(unreadFile(path, read, request, mode));
      if ('isFolder' in read && mode === 'here') folders.set(pattern, path);
    }
  };

  // Definitions in a later file can change an earlier file's includes, so the round is repeated until nothing is new.
  for (let changed = true; changed && parsedFiles.size < maximumFiles; ) {
    changed = false;
    for (const file of [...parsedFiles.values()]) {
      for (const request of language.includes(file, parsedFiles, entry)) {
        if (included.has(request.pattern)) continue;
        options.signal?.throwIfAborted();
        await follow(request);
        changed = true;
      }
    }
  }

  const project: Project = {
    entry,
    complete,
    context: statedContext(text, language),
    files: parsedFiles,
    included: (pattern) => included.get(pattern),
    absent: (pattern) => (absent.has(pattern) ? mode : undefined),
    mapped: options.paths.mapped,
    ...(mode === 'here' ? { hasFolder: (pattern: string) => seen.has(pattern) } : { isCopy: true }),
    ...(dangling.size > 0 && { dangling: (pattern: string) => dangling.get(pattern) ?? [] }),
    ...(folders.size > 0 && { folder: (pattern: string) => folders.get(pattern) }),
    // Where a server's own folder lies, nothing is deployed from.
    target:
      language.pins && !(language.home && mode === 'here')
        ? await pinnedTarget(entry, language, options)
        : options.target,
  };
  return { language, project: complete ? await withFolderFiles(project, language, options, mode) : project, unread };
}

/** More folders than these are not looked into. */
const mostFolderFiles = 300;

/** A file may lead to another folder, whose own has to be looked for too. */
async function withFolderFiles(
  project: Project,
  language: Language,
  options: GatherOptions,
  mode: Whereabouts,
): Promise<Project> {
  const folderFiles = new Map<string, ParsedFile | null>();
  const tried = new Set<string>();
  let current = project;
  for (let isNew = true; isNew; ) {
    isNew = false;
    const missed = (language.folderFiles?.(current) ?? []).filter((path) => !tried.has(path));
    for (const path of missed.slice(0, mostFolderFiles - tried.size)) {
      options.signal?.throwIfAborted();
      tried.add(path);
      const found = await folderFile(path, language, options, mode);
      if (found !== undefined) folderFiles.set(path, found);
      isNew ||= found != null;
    }
    if (folderFiles.size > 0) current = { ...project, folderFiles: new Map(folderFiles) };
  }
  return current;
}

/** Null where surely nothing is there, which only the server's own machine can tell. */
async function folderFile(
  path: string,
  language: Language,
  options: GatherOptions,
  mode: Whereabouts,
): Promise<ParsedFile | null | undefined> {
  for (const candidate of options.paths.candidates(path)) {
    const info = await options.files.stat(candidate);
    if (isUnreadable(info)) {
      if (info.error === 'missing') continue;
      return undefined;
    }
    const read = await readText(candidate, options);
    return 'text' in read ? parse(path, read.text, language, options.cache) : undefined;
  }
  return mode === 'here' ? null : undefined;
}

function parse(file: string, text: string, language: Language, cache: ParseCache | undefined): ParsedFile {
  const key = `${language.id}:${file}`;
  const cached = cache?.get(key);
  if (cached !== undefined && cached.text === text) return cached.parsed;
  const parsed = language.parse(createDocument(file, text));
  cache?.set(key, { text, parsed });
  return parsed;
}

async function resolveInclude(
  request: IncludeRequest,
  language: Language,
  { files, paths }: GatherOptions,
  dangling: string[],
): Promise<readonly string[] | undefined> {
  for (const candidate of paths.candidates(request.pattern)) {
    const matches = await expandGlob(candidate, files, dangling);
    if (matches === undefined) continue;
    if (!language.includesFolders) return matches;
    const flat: string[] = [];
    for (const match of matches) {
      const info = await files.stat(match);
      if (!isUnreadable(info) && info.kind === 'directory') flat.push(...(await filesBelow(match, files)));
      else flat.push(match);
    }
    return flat;
  }
  return templateFor(request.pattern, files, paths);
}

/** True for a wildcard in a folder that is surely not there: on the server's own machine it matches nothing. */
async function isWithoutFolder({ pattern }: IncludeRequest, { files, paths }: GatherOptions): Promise<boolean> {
  if (!isGlob(pattern)) return false;
  for (const candidate of paths.candidates(pattern)) {
    const info = await files.stat(folderBeforeWildcard(candidate));
    if (!isUnreadable(info) || info.error !== 'missing') return false;
  }
  return true;
}

/** True of a folder that is surely not there. */
async function isMissing(folder: string | undefined, { files, paths }: GatherOptions): Promise<boolean> {
  for (const candidate of folder === undefined ? [] : paths.candidates(folder)) {
    const info = await files.stat(candidate);
    if (!isUnreadable(info) || info.error !== 'missing') return false;
  }
  return folder !== undefined;
}

/**
 * `absent` where no file is what the include asks for, or what keeps it from being looked at: a folder that is closed, a link
 * that leads round in a circle. A wildcard in a folder that is not there proves nothing.
 */
async function whyNothing(
  pattern: string,
  matches: readonly string[] | undefined,
  options: GatherOptions,
): Promise<'absent' | { readonly file: string; readonly why: Unreadable } | undefined> {
  if (isGlob(pattern)) return matches === undefined ? await whyClosed(pattern, options) : 'absent';
  // Where an include may name a folder, an empty one and a closed one give the same.
  if (matches !== undefined) return whyClosed(`${pattern}/*`, options);
  for (const candidate of options.paths.candidates(pattern)) {
    const info = await options.files.stat(candidate);
    if (!isUnreadable(info)) return undefined;
    if (info.error !== 'missing') return { file: candidate, why: info };
  }
  return 'absent';
}

/** The folder of a wildcard, where it is there and nobody here may look into it. */
async function whyClosed(
  pattern: string,
  { files, paths }: GatherOptions,
): Promise<{ readonly file: string; readonly why: Unreadable } | undefined> {
  for (const candidate of paths.candidates(pattern)) {
    const folder = folderBeforeWildcard(candidate);
    const entries = await files.list(folder);
    if (!isUnreadable(entries)) return undefined;
    if (entries.error !== 'missing') return { file: folder, why: entries };
  }
  return undefined;
}

function folderBeforeWildcard(pattern: string): string {
  return pattern.slice(0, pattern.slice(0, pattern.search(/[*?[\]]/)).lastIndexOf('/')) || '/';
}

function unreadFile(
  file: string,
  { message, error }: { readonly message: string; readonly error?: Unreadable['error'] },
  { location }: IncludeRequest,
  mode: Whereabouts,
): UnreadFile {
  const isClosed = mode === 'here' && (error === 'forbidden' || error === 'other');
  return { file, message, location, ...(isClosed && { isClosed }) };
}

/** What a checkout keeps encrypted is not what the server reads, and no mistake of its own. */
function asDeployed(path: string, read: TextOrReason, mode: Whereabouts): TextOrReason {
  const standIn = mode === 'elsewhere' && 'text' in read ? standInOf(read.text) : undefined;
  return standIn === undefined || standIn.kind === 'template' ? read : { message: `${path} ${standIn.what}` };
}

type TextOrReason =
  | { readonly text: string }
  | { readonly message: string; readonly error?: Unreadable['error']; readonly isFolder?: true };

/** The text, or the sentence that says why not. */
async function readText(path: string, { files, texts }: GatherOptions): Promise<TextOrReason> {
  const own = texts?.get(path);
  if (own !== undefined) return { text: own };
  const found = await (files.readSmall?.(path, maximumFileSize) ?? readSmall(path, files));
  if (found instanceof Uint8Array) return { text: decodeText(found) };
  if (isUnreadable(found)) return found;
  if (found.kind === 'file') return { message: tooLarge(path, found.size) };
  return { message: `${path} is not a file`, ...(found.kind === 'directory' && { isFolder: true }) };
}

async function readSmall(path: string, files: Files): Promise<Uint8Array | FileInfo | Unreadable> {
  const info = await files.stat(path);
  return isUnreadable(info) || info.kind !== 'file' || info.size > maximumFileSize ? info : files.read(path);
}

export function tooLarge(path: string, size: number): string {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;
  return `${path} has ${megabytes(size)}; configuration files of more than ${megabytes(maximumFileSize)} are not checked. Split it, or leave it out`;
}
