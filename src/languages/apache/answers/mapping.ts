import { createMemo } from '../../../memory/memo.ts';
import type { Statement } from '../evaluate/statement.ts';
import { setsNoProxy } from './spared.ts';

/** The statements of one server, or of a section, that have a say in what answers a path, each list in the order of the text. */
export interface Mapping {
  /** `RewriteEngine`, `RewriteCond`, `RewriteRule`, `RewriteOptions`, `RewriteBase`. */
  readonly rewriting: readonly Statement[];
  /** `ProxyPass` and its like, `<Location>`s that hold some, and `<Proxy>`s. */
  readonly proxies: readonly Statement[];
  /** `SetEnvIf` and its like that set `no-proxy`. */
  readonly sparing: readonly Statement[];
  /** `Redirect` and its like, and `<Location>`s that hold some. */
  readonly redirects: readonly Statement[];
  /** `Alias` and its like, and `<Location>`s that hold one. */
  readonly aliases: readonly Statement[];
  /** `WSGIScriptAlias` and its like, and `<Location>`s with a handler. */
  readonly programs: readonly Statement[];
  readonly roots: readonly Statement[];
  /** `VirtualDocumentRoot` and `VirtualDocumentRootIP`. */
  readonly virtualRoots: readonly Statement[];
  readonly options: readonly Statement[];
  /** `<Directory>`, `<Location>` and their `Match` forms. */
  readonly sections: readonly Statement[];
  /** `<Files>` and `<FilesMatch>`, and authorization that an `<If>` around brings. */
  readonly files: readonly Statement[];
}

type Part = keyof Mapping;

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...['rewriteengine', 'rewritecond', 'rewriterule', 'rewriteoptions', 'rewritebase'].map(
    (key) => [key, 'rewriting'] as const,
  ),
  ...['proxypass', 'proxypassmatch', 'proxy'].map((key) => [key, 'proxies'] as const),
  ...['setenvif', 'setenvifnocase', 'setenvifexpr', 'browsermatch', 'browsermatchnocase'].map(
    (key) => [key, 'sparing'] as const,
  ),
  ...['redirect', 'redirectmatch', 'redirectpermanent', 'redirecttemp'].map((key) => [key, 'redirects'] as const),
  ...['alias', 'aliasmatch', 'scriptalias', 'scriptaliasmatch'].map((key) => [key, 'aliases'] as const),
  ...['wsgiscriptalias', 'wsgiscriptaliasmatch'].map((key) => [key, 'programs'] as const),
  ['documentroot', 'roots'],
  ...['virtualdocumentroot', 'virtualdocumentrootip'].map((key) => [key, 'virtualRoots'] as const),
  ['options', 'options'],
  ...['files', 'filesmatch', 'require', 'requireall', 'requireany'].map((key) => [key, 'files'] as const),
  ...['directory', 'directorymatch', 'location', 'locationmatch'].map((key) => [key, 'sections'] as const),
]);

/** What a virtual host has of its own, and what it has from the main server. */
export interface Mappings {
  readonly own: Mapping;
  readonly inherited: Mapping;
}

type Ask<Answer> = (statements: readonly Statement[], text: string) => Answer | undefined;

/** Asks a list of statements once for each text: hundreds of virtual hosts inherit the same. */
export function oncePerText<Answer>(ask: Ask<Answer>): Ask<Answer> {
  const known = createMemo<readonly Statement[], Map<string, Answer | undefined>>();
  return (statements, text) => {
    if (statements.length === 0) return undefined;
    let answers = known.get(statements);
    if (!answers) {
      answers = new Map();
      known.set(statements, answers);
    }
    if (!answers.has(text)) answers.set(text, ask(statements, text));
    return answers.get(text);
  };
}

/** Asks one part of a server's statements for a path, and then those that it inherits. */
export function ownOrInherited<Answer>(
  part: Part,
  ask: Ask<Answer>,
): (mappings: Mappings, path: string) => Answer | undefined {
  const askInherited = oncePerText(ask);
  return ({ own: { [part]: own }, inherited: { [part]: inherited } }, path) =>
    (own.length === 0 ? undefined : ask(own, path)) ?? askInherited(inherited, path);
}

const mappings = createMemo<readonly Statement[], Mapping>();

/** Sorts the statements of a server or section once, however many paths are asked for. */
export function mappingOf(statements: readonly Statement[]): Mapping {
  let found = mappings.get(statements);
  if (!found) {
    found = sort(statements);
    mappings.set(statements, found);
  }
  return found;
}

const none: readonly Statement[] = [];

/** Most servers have something to say in few of the parts. */
const nothing: Mapping = {
  rewriting: none,
  proxies: none,
  sparing: none,
  redirects: none,
  aliases: none,
  programs: none,
  roots: none,
  virtualRoots: none,
  options: none,
  sections: none,
  files: none,
};

function sort(statements: readonly Statement[]): Mapping {
  const mapping: Record<Part, readonly Statement[]> = { ...nothing };
  const add = (part: Part, statement: Statement): void => {
    const list = mapping[part] as Statement[];
    if (list === none) mapping[part] = [statement];
    else list.push(statement);
  };
  for (const statement of statements) {
    const part = parts.get(statement.key);
    if (part === undefined || (part === 'sparing' && !setsNoProxy(statement))) continue;
    add(part, statement);
    if (part !== 'sections' || !statement.key.startsWith('location')) continue;
    for (const inner of innerParts) {
      if (statement.children.some((child) => innerPart(child) === inner)) add(inner, statement);
    }
  }
  return mapping;
}

/** Parts that a `<Location>` has a say in by what stands in it. */
const innerParts = ['proxies', 'redirects', 'aliases', 'programs'] as const;

/** What a line of a `<Location>` makes of it. */
function innerPart({ key, args: [word] }: Statement): Part | undefined {
  if (key !== 'sethandler') return parts.get(key);
  return /^(?:none|default-handler)$/i.test(word?.value ?? '') ? undefined : 'programs';
}
