import { remember } from '../../../memory/remember.ts';
import { segmentPattern } from '../../../text/glob.ts';
import { challengePath } from '../../../tls/model/challenge-path.ts';
import type { PathAnswer } from '../../../tls/model/server-model.ts';
import type { FolderFiles } from '../evaluate/folder-files.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { toRegExp } from '../patterns.ts';
import { isUncertain } from '../uncertain.ts';
import { type Access, accessTo, isAuthorization } from './access.ts';
import { answerInFolder, answerInSections, type FolderResult, indexNames } from './folder-rules.ts';
import { type Mapping, type Mappings, mappingOf, oncePerText } from './mapping.ts';
import { readRedirect } from './redirect.ts';
import type { RewriteRequest } from './rewrite-conditions.ts';
import { inOrder, nameOf, type Sections, sectionsOn } from './sections.ts';

/** A file that a path leads to. */
export interface Place {
  /** A folder where it ends with a slash. */
  readonly file: string;
  /** Absent where an alias leads to the file. */
  readonly documentRoot?: string;
  /** The directive that says where files lie. */
  readonly origin: Statement;
}

type FileAnswer = PathAnswer | Extract<FolderResult, { kind: 'again' }>;

/**
 * What becomes of a request for a file: access control first, then the rules of its folder, which may ask for another path.
 * @param isFinal rules of folders have had their last word
 */
export function answerFile(
  { own, inherited }: Mappings,
  place: Place,
  request: RewriteRequest,
  folderFiles: FolderFiles,
  isFinal: boolean,
): FileAnswer {
  const { file, origin } = place;
  if (isUncertain(file)) return { kind: 'unknown', reason: `${origin.node.name} is written with a variable` };
  if (folderFiles.refused !== undefined) {
    return { kind: 'unknown', reason: `${folderFiles.refused} holds what AllowOverride does not let in` };
  }
  const sections = sectionsOn([inherited.sections, own.sections], file, request.path, folderFiles.sections);
  const byFile = decidingByFile({ own, inherited }, sections, file.slice(file.lastIndexOf('/') + 1));
  if (byFile) return { kind: 'unknown', reason: `${nameOf(byFile)} decides by the request or the file` };
  const access = accessTo(sections, request.https);
  if (access.kind === 'unknown') return access;
  const answer = () => answerAdmitted({ own, inherited }, sections, place, request, isFinal);
  if (access.kind !== 'denied') return answer();
  if (access.everybody) return refusal(access);
  const admitted = answer();
  const { by, location } = access;
  return { kind: 'denied', by, location, admitted: admitted.kind === 'again' ? elsewhere : admitted };
}

const elsewhere: PathAnswer = { kind: 'unknown', reason: 'a rule in a folder asks for another path' };

/** The same for those who are let in. */
function answerAdmitted(
  { own, inherited }: Mappings,
  sections: Sections,
  { file, documentRoot, origin }: Place,
  request: RewriteRequest,
  isFinal: boolean,
): FileAnswer {
  const asked = { ...request, file, ...(documentRoot !== undefined && { documentRoot }) };
  const options = [...inherited.options, ...own.options];
  const outerRules = [inherited.rewriting, own.rewriting];
  const inFolder = answerInFolder({ sections, options, outerRules }, asked, isFinal);
  if (inFolder.kind === 'answer') return inFolder.answer;
  if (inFolder.kind === 'again') return inFolder;
  if (origin.key.startsWith('script')) return { kind: 'unknown', reason: `${nameOf(origin)} answers by a program` };
  return { kind: 'files', directory: file.slice(0, Math.max(1, file.lastIndexOf('/'))), location: locationOf(origin) };
}

/**
 * What answers instead of a proxy: access control of each `<Proxy>`, and that, rules and redirects of each `<Location>`, as no
 * file is looked for.
 */
export function answerThrough(
  { own, inherited }: Mappings,
  asked: RewriteRequest,
  url: string,
  isFinal: boolean,
): PathAnswer | undefined {
  const servers = [inherited, own];
  const sections = locationsOn(servers, asked.path);
  const access = accessTo(withProxies(sections, servers, url), asked.https);
  if (access.kind === 'unknown' && access.wantsTls) return access;
  // Those who are let in are answered by the proxy, and no authority is among them.
  if (access.kind === 'denied' && (access.everybody || asked.path.endsWith(challengePath))) return refusal(access);
  const options = servers.flatMap((server) => server.options);
  const outerRules = servers.map(({ rewriting }) => rewriting);
  const inSections = answerInSections({ sections, options, outerRules }, asked, isFinal);
  return inSections.kind === 'answer' ? inSections.answer : undefined;
}

/** `<Proxy *>` and those for what the URL begins with stand in the place of folders (`proxy_walk`). */
function withProxies(sections: Sections, servers: readonly Mapping[], url: string): Sections {
  const directories = servers.flatMap(({ proxies }) =>
    proxies.filter(
      ({ key, args: [start] }) => key === 'proxy' && start && (start.value === '*' || url.startsWith(start.value)),
    ),
  );
  return directories.length === 0 ? sections : { ...sections, directories };
}

function locationsOn(servers: readonly Mapping[], path: string): Sections {
  return sectionsOn(servers.map(placesOf), path, path);
}

/** Of the main server thousands of virtual hosts may ask. */
const placesOf = remember(({ sections }: Mapping) => sections.filter(({ key }) => key.startsWith('location')));

/** A `<Location>` that lets nobody in, which has the last word wherever the files lie, unless an `<If>` comes behind it. */
export function refusedAnywhere(servers: readonly Mapping[], path: string): PathAnswer | undefined {
  if (servers.some(mayLetIn)) return undefined;
  const access = accessTo(locationsOn(servers, path));
  return access.kind === 'denied' ? refusal(access) : undefined;
}

const mayLetIn = remember(({ sections, files }: Mapping) =>
  [...sections, ...files].some(
    ({ branches, children }) => branches.length > 0 || children.some(({ key }) => key === 'satisfy'),
  ),
);

function refusal({ by, location }: Extract<Access, { kind: 'denied' }>): PathAnswer {
  return { kind: 'denied', by, location };
}

/** What lets in, or does not, by the name of a file, which nobody knows of the file that a folder answers with. */
function decidingByFile({ own, inherited }: Mappings, sections: Sections, name: string): Statement | undefined {
  for (const each of name === '' ? indexNames : [name]) {
    const found =
      inheritedFile(inherited.files, each) ??
      own.files.find((statement) => concerns(statement, each)) ??
      inOrder(sections)
        .flatMap(({ children }) => mappingOf(children).files.filter(({ key }) => key.startsWith('files')))
        .find((statement) => concerns(statement, each));
    if (found) return found;
  }
  return undefined;
}

const inheritedFile = oncePerText((files, name) => files.find((each) => concerns(each, name)));

/** Authorization in an `<If>`, or a `<Files>` that may take in a file of the name and has a say in what answers. */
function concerns(statement: Statement, name: string): boolean {
  const { key, children, branches } = statement;
  if (!key.startsWith('files')) return branches.some(({ kind }) => kind === 'request');
  return children.some(decides) && takesName(statement, name);
}

function decides(statement: Statement): boolean {
  return isAuthorization(statement) || statement.key === 'rewriterule' || readRedirect(statement) !== undefined;
}

/** A `<Files>` or `<FilesMatch>` may take in a file of the name. */
export function takesName({ key, args }: Statement, name: string): boolean {
  const [first = '', second = ''] = args.map(({ value }) => value);
  if (key === 'filesmatch' || first === '~') return toRegExp(key === 'filesmatch' ? first : second)?.test(name) ?? true;
  return /[*?[]/.test(first) ? segmentPattern(first).test(name) : first === name;
}
