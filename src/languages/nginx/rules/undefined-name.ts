import { suggest } from '../../../text/suggest.ts';
import type { TextReport } from '../../language.ts';
import type { ScopeRule } from '../check.ts';
import type { Item, Scope } from '../scope.ts';
import { allScopes, locate, rootScope } from '../scope.ts';
import type { Word } from '../tree.ts';

/** A zone, cache or log format that is used but nowhere made. */
export const undefinedName: ScopeRule = {
  id: 'undefined-name',
  title: 'Name of a zone, cache or log format that nothing defines',
  severity: 'error',
  effect: 'start',
  *check(scope, project) {
    if (!project.complete || (scope.context !== 'http' && scope.context !== 'stream')) return;
    const inside = [...allScopes(scope)];
    if (inside.some(({ open }) => open) || rootScope(project).open) return;
    const zones = names(inside, ['limit_req_zone', 'limit_conn_zone', 'keyval_zone'], (item) =>
      parameter(item, 'zone='),
    );
    const caches = names(
      inside,
      ['proxy_cache_path', 'fastcgi_cache_path', 'uwsgi_cache_path', 'scgi_cache_path'],
      (item) => parameter(item, 'keys_zone='),
    );
    const formats = names(inside, ['log_format'], ({ directive }) => directive.args[0]?.value);
    const upstreams = names(inside, ['upstream'], ({ directive }) => directive.args[0]?.value);
    if (scope.context === 'http') formats.add('combined');
    for (const one of inside) {
      yield* usesOf(
        one,
        'limit_req',
        ({ directive }) => directive.args.find(({ value }) => value.startsWith('zone=')),
        zones,
      );
      yield* usesOf(one, 'limit_conn', ({ directive }) => directive.args[0], zones);
      for (const name of ['proxy_cache', 'fastcgi_cache', 'uwsgi_cache', 'scgi_cache']) {
        yield* usesOf(one, name, ({ directive }) => directive.args[0], new Set([...caches, 'off']));
      }
      yield* usesOf(one, 'access_log', formatWord, formats);
      for (const name of scope.context === 'stream' ? ['proxy_pass', 'pass'] : portless) {
        yield* usesOf(one, name, hostWord, upstreams);
      }
    }
  },
};

/** Directives that need a port, or the name of an upstream, which has its own. */
const portless = ['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass'];

function hostWord({ directive }: Item): Word | undefined {
  const [word] = directive.args;
  return word === undefined || word.value.includes(':') ? undefined : word;
}

function formatWord({ directive }: Item): Word | undefined {
  const [path, format] = directive.args;
  return path?.value === 'off' || format === undefined || /=|^gzip$/.test(format.value) ? undefined : format;
}

function names(
  scopes: readonly Scope[],
  directives: readonly string[],
  nameOf: (item: Item) => string | undefined,
): Set<string> {
  const found = new Set<string>();
  for (const scope of scopes) {
    for (const directive of directives) {
      for (const item of scope.find(directive)) {
        const name = nameOf(item);
        if (name !== undefined) found.add(name);
      }
    }
  }
  return found;
}

function parameter({ directive }: Item, prefix: string): string | undefined {
  return directive.args
    .find(({ value }) => value.startsWith(prefix))
    ?.value.slice(prefix.length)
    .split(':')[0];
}

function* usesOf(
  scope: Scope,
  directive: string,
  wordOf: (item: Item) => Word | undefined,
  defined: ReadonlySet<string>,
): Generator<TextReport> {
  for (const item of scope.find(directive)) {
    const word = wordOf(item);
    if (!word || word.templated || word.value.includes('$')) continue;
    const name = word.value.replace(/^zone=/, '');
    if (defined.has(name)) continue;
    const near = suggest(name, defined);
    const location = locate(item, word);
    yield {
      rule: 'undefined-name',
      message: `"${name}" of "${directive}" is unknown: nothing defines it.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      location,
      related: placesOf(item, scope),
      fixes:
        near === undefined
          ? []
          : [
              {
                title: `Change "${name}" to "${near}"`,
                safe: false,
                edits: [{ ...location, newText: word.value.replace(name, near) }],
              },
            ],
    };
  }
}

/** nginx looks for some names only where the block around all of them ends. */
function placesOf(item: Item, scope: Scope): NonNullable<TextReport['related']> {
  let top = scope.owner;
  while (top?.outer.owner) top = top.outer.owner;
  const here = { location: locate(item), message: 'It is used here.' };
  if (!top?.directive.block) return [here];
  return [
    here,
    { location: locate(top, top.directive.block.close), message: 'nginx notices it where this block ends.' },
  ];
}
