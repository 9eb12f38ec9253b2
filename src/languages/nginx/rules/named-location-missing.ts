import { suggest } from '../../../text/suggest.ts';
import type { TextReport } from '../../language.ts';
import { locationsOf } from '../lower/answers/locations.ts';
import { leading } from '../names/locations.ts';
import type { Item } from '../scope.ts';
import { enclosingServer, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** `try_files $uri @app` without `location @app` in the same server: nginx notices when a request is led there (ngx_http_named_location). */
export const namedLocationMissing: DirectiveRule = {
  id: 'named-location-missing',
  title: 'Named location that the server does not have',
  severity: 'warning',
  effect: 'connect',
  concerns: ({ fact }) => fact !== undefined && leading.includes(fact.name),
  isPleased: ({ item }) => nameIn(item) === undefined,
  check({ item }) {
    const name = nameIn(item);
    const word = item.args.at(-1);
    const server = enclosingServer(item.outer);
    if (name === undefined || !word || !server || server.open) return undefined;
    const named = locationsOf(server).filter(({ kind }) => kind === 'named');
    if (named.some(({ pattern }) => pattern === name) || server.find('location').some(isTemplated)) return undefined;
    const near = suggest(
      name,
      named.map(({ pattern }) => pattern),
    );
    const location = locate(item, word);
    return {
      rule: 'named-location-missing',
      message: `This server has no "location ${name}": ${effectOf(item)}. ${near === undefined ? 'Define it in this server, or name another one.' : `Did you mean "${near}"?`}`,
      location,
      ...(isDoneAfterwards(item) ? { severity: 'information', effect: 'advice' } : {}),
      fixes:
        near === undefined
          ? []
          : [{ title: `Change "${name}" to "${near}"`, safe: false, edits: [{ ...location, newText: near }] }],
    } as TextReport;
  },
};

function effectOf(item: Item): string {
  return isDoneAfterwards(item)
    ? `"${item.name}" does nothing but fill the error log`
    : `requests that "${item.name}" leads there are answered with 500`;
}

/** By then the client has its answer (measured with 1.26.3). */
function isDoneAfterwards({ name }: Item): boolean {
  return name === 'post_action';
}

function isTemplated({ args }: Item): boolean {
  return args.some(({ templated }) => templated);
}

/** The last word where it is the name of a location, and no variable makes another one of it. */
function nameIn({ args }: Item): string | undefined {
  const word = args.at(-1);
  return word?.value.startsWith('@') && !word.templated && !word.value.includes('$') ? word.value : undefined;
}
