import { remember, rememberHere } from '../../../../memory/remember.ts';
import type { PathAnswer, ResponseHeader, Route } from '../../../../tls/model/server-model.ts';
import { type Setting, unknown } from '../../../../tls/model/setting.ts';
import { takesName } from '../../answers/files.ts';
import { mappingOf } from '../../answers/mapping.ts';
import { readRedirect, redirectAnswer } from '../../answers/redirect.ts';
import { inOrder, sectionsOn } from '../../answers/sections.ts';
import { locationOf, type Statement } from '../../evaluate/statement.ts';
import { isUncertain } from '../../uncertain.ts';
import { headersIn, type ServerScope } from '../scopes/scopes.ts';
import { mostInherited, originOf } from '../scopes/settle.ts';
import { headersWith, readHeader } from './headers.ts';

/** Sections whose headers some of a site's answers have; `<Location />` holds for all. */
const parts = new Set(['location', 'directory', 'files'].flatMap((name) => [name, `${name}match`]));

/** Sections of the main server that set headers in the answers of all. */
const headerSections = remember((statements: readonly Statement[]) =>
  statements.filter((statement) => isPartial(statement) && headersIn(statement).length > 0).slice(0, mostInherited),
);

/** The routes that they make, which are the same for all virtual hosts with the same headers. */
const inheritedRoutes = remember((headers: Setting<readonly ResponseHeader[]>) =>
  rememberHere((statements: readonly Statement[]) =>
    headerSections(statements).flatMap((section) => sectionRoute(section, headers) ?? []),
  ),
);

function isPartial({ key, args: [first] }: Statement): boolean {
  return parts.has(key) && (key !== 'location' || first?.value !== '/');
}

/**
 * Aliases, redirects and sections that set headers, in the order of the text, the main server's sections first.
 * @param folderFiles what files in the folder of `/` say, as sections
 */
export function lowerRoutes(
  scope: ServerScope,
  headers: Setting<readonly ResponseHeader[]>,
  resolve: (path: string) => string,
  folderFiles: readonly Statement[],
): readonly Route[] {
  const routes: Route[] = [...inheritedRoutes(headers)(scope.inheritedStatements)];
  for (const statement of [...scope.statements, ...folderFiles]) {
    if (statement.key === 'alias') {
      const pattern = statement.args[0]?.value ?? '';
      const location = locationOf(statement);
      const target = statement.args[1]?.value ?? '';
      const directory = target.startsWith('/') ? target : resolve(target);
      routes.push({ pattern, kind: 'prefix', answer: { kind: 'files', directory, location }, headers, location });
      continue;
    }
    const redirect = readRedirect(statement);
    if (redirect) {
      const location = locationOf(statement);
      const { from = '/', status, to } = redirect;
      const kind = redirect.isRegex ? 'regex' : 'prefix';
      const answer: PathAnswer = (kind === 'prefix' ? redirectAnswer(statement, from) : undefined) ?? {
        kind: 'redirect',
        status,
        to,
        location,
      };
      routes.push({ pattern: from, kind, answer, headers, location });
    } else if (isPartial(statement)) {
      const route = sectionRoute(statement, headers);
      if (route) routes.push(route);
    }
  }
  return routes;
}

/**
 * What sections make of the headers that a server gives to a folder's index, for which mod_dir asks itself; undefined where they
 * change none. Of several names the first one counts that is there.
 */
export function headersInFolder(
  { statements, inheritedStatements }: ServerScope,
  headers: Setting<readonly ResponseHeader[]>,
  folder: string,
  folderFiles: readonly Statement[],
): Setting<readonly ResponseHeader[]> | undefined {
  if (headers.value.kind !== 'known' || headers.value.value.length > mostInherited) return undefined;
  const before = headers.value.value;
  const lists = [inheritedStatements, statements];
  const servers = lists.map((list) => mappingOf(list).sections.filter(isPartial));
  const ofFolder = sectionsOn(servers, folder, '/', folderFiles);
  const names = indexNamesIn([...lists, ...inOrder(ofFolder).map(({ children }) => children)]);
  if (names === undefined) return { ...headers, value: unknown('DirectoryIndex leads to another folder') };
  const own = names.map((name) => {
    const sections = sectionsOn(servers, folder, `/${name}`, folderFiles);
    const { directories, expressions, locations } = sections;
    const around = [...lists, ...inOrder(sections).map(({ children }) => children)];
    const files = around
      .flatMap((list) => mappingOf(list).files.filter(isFiles))
      .filter((each) => takesName(each, name));
    return [...directories, ...expressions, ...files, ...locations].flatMap(headersIn);
  });
  const [first = [], ...others] = own.length > 0 ? own : [inOrder(ofFolder).flatMap(headersIn)];
  const different = others.filter((list) => list.length !== first.length || list.some((each, i) => each !== first[i]));
  const found = headersWith(first, before);
  if (different.length === 0) return first.length === 0 ? undefined : found;
  const values = [found, ...different.map((list) => headersWith(list, before))].flatMap(({ value }) =>
    value.kind === 'known' ? [value.value] : [],
  );
  return values.length === different.length + 1 ? { ...found, value: { kind: 'one-of', values } } : undefined;
}

const isFiles = ({ key }: Statement) => key.startsWith('files');

/** What `DirectoryIndex` names, the last one of the lists; undefined where that leads elsewhere, or is filled in. */
function indexNamesIn(lists: readonly (readonly Statement[])[]): readonly string[] | undefined {
  const said = lists
    .map((list) => list.filter(({ key }) => key === 'directoryindex'))
    .filter(({ length }) => length > 0);
  const names = said.at(-1)?.flatMap(({ args }) => args.map(({ value }) => value)) ?? ['index.html'];
  if (names.includes('disabled')) return [];
  return names.some((name) => name.includes('/') || isUncertain(name)) ? undefined : names;
}

/** A section that has `Header` directives of its own, which go on where the server's leave off. */
function sectionRoute(section: Statement, headers: Setting<readonly ResponseHeader[]>): Route | undefined {
  const own = headersIn(section);
  const last = own.at(-1);
  const pattern = section.args[0]?.value ?? '';
  if (!last || headers.value.kind !== 'known') return undefined;
  const before = headers.value.value;
  const { value } =
    before.length > mostInherited
      ? { value: unknown('the server has more headers than are followed into its sections') }
      : headersWith(own, before);
  const reason = `<${section.node.name} ${section.node.raw}> is a section, not an answer`;
  const removed = own.flatMap((statement) => {
    const header = readHeader(statement);
    return header?.action === 'unset' ? [{ name: header.name, location: locationOf(statement) }] : [];
  });
  return {
    pattern,
    kind: section.key.endsWith('match') || pattern === '~' ? 'regex' : 'prefix',
    answer: { kind: 'unknown', reason },
    headers: { value, origin: originOf(last, false) },
    ...(removed.length > 0 && { removed }),
    location: locationOf(section),
  };
}
