import { createMemo } from '../../../memory/memo.ts';
import type { Statement } from '../evaluate/statement.ts';

/** The statements of one server that have a say in what answers a path, each list in the order of the text. */
export interface Mapping {
  /** `RewriteEngine`, `RewriteCond`, `RewriteRule`, `RewriteOptions`. */
  readonly rewriting: readonly Statement[];
  /** `ProxyPass` and its like, and `<Location>`s that hold some. */
  readonly proxies: readonly Statement[];
  /** `Redirect` and its like, and `<Location>`s that hold some. */
  readonly redirects: readonly Statement[];
  readonly aliases: readonly Statement[];
  /** `WSGIScriptAlias` and its like, and `<Location>`s with a handler. */
  readonly programs: readonly Statement[];
  readonly roots: readonly Statement[];
  /** `<Directory>`, `<Location>` and their `Match` forms. */
  readonly sections: readonly Statement[];
  /** `<Files>` and `<FilesMatch>`, and authorization that an `<If>` around brings. */
  readonly files: readonly Statement[];
}

type Part = keyof Mapping;

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...['rewriteengine', 'rewritecond', 'rewriterule', 'rewriteoptions'].map((key) => [key, 'rewriting'] as const),
  ...['proxypass', 'proxypassmatch'].map((key) => [key, 'proxies'] as const),
  ...['redirect', 'redirectmatch', 'redirectpermanent', 'redirecttemp'].map((key) => [key, 'redirects'] as const),
  ...['alias', 'aliasmatch', 'scriptalias', 'scriptaliasmatch'].map((key) => [key, 'aliases'] as const),
  ...['wsgiscriptalias', 'wsgiscriptaliasmatch'].map((key) => [key, 'programs'] as const),
  ['documentroot', 'roots'],
  ...['files', 'filesmatch', 'require', 'requireall', 'requireany'].map((key) => [key, 'files'] as const),
  ...['directory', 'directorymatch', 'location', 'locationmatch'].map((key) => [key, 'sections'] as const),
]);

/** Asks one part of a server's statements once for each path: hundreds of virtual hosts inherit the same. */
export function oncePerPath<Answer>(
  part: Part,
  answer: (statements: readonly Statement[], path: string) => Answer | undefined,
): (mapping: Mapping, path: string) => Answer | undefined {
  const known = createMemo<readonly Statement[], Map<string, Answer | undefined>>();
  return ({ [part]: statements }, path) => {
    if (statements.length === 0) return undefined;
    let paths = known.get(statements);
    if (!paths) {
      paths = new Map();
      known.set(statements, paths);
    }
    if (!paths.has(path)) paths.set(path, answer(statements, path));
    return paths.get(path);
  };
}

const mappings = createMemo<readonly Statement[], Mapping>();

/** Sorts the statements of a server once, however many paths are asked for. */
export function mappingOf(statements: readonly Statement[]): Mapping {
  let found = mappings.get(statements);
  if (!found) {
    found = sort(statements);
    mappings.set(statements, found);
  }
  return found;
}

function sort(statements: readonly Statement[]): Mapping {
  const mapping: Record<Part, Statement[]> = {
    rewriting: [],
    proxies: [],
    redirects: [],
    aliases: [],
    programs: [],
    roots: [],
    sections: [],
    files: [],
  };
  for (const statement of statements) {
    const part = parts.get(statement.key);
    if (part === undefined) continue;
    mapping[part].push(statement);
    if (part !== 'sections' || !statement.key.startsWith('location')) continue;
    const inside = new Set(statement.children.map(innerPart));
    for (const inner of ['proxies', 'redirects', 'programs'] as const) {
      if (inside.has(inner)) mapping[inner].push(statement);
    }
  }
  return mapping;
}

/** What a line of a `<Location>` makes of it. */
function innerPart({ key, args: [word] }: Statement): Part | undefined {
  if (key !== 'sethandler') return parts.get(key);
  return /^(?:none|default-handler)$/i.test(word?.value ?? '') ? undefined : 'programs';
}
