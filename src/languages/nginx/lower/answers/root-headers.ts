import { encloses, type Location } from '../../../../text/range.ts';
import type { PathAnswer, ResponseHeader } from '../../../../tls/model/server-model.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import type { Target } from '../../../../tls/target.ts';
import { locate, type Scope } from '../../scope.ts';
import { headersIn } from '../headers.ts';
import { inherited } from '../setting.ts';
import type { RequestFacts } from '../variables.ts';
import { enclosing } from './answer.ts';
import { findLocation, type LocationBlock, locationsOf } from './locations.ts';

/** The headers of the location that answers `/` in the end; undefined where none does, or nobody can say which. */
export function headersOfRoot(
  server: Scope,
  answer: PathAnswer,
  outside: Setting<readonly ResponseHeader[]>,
  target: Target,
  facts: RequestFacts,
): Setting<readonly ResponseHeader[]> | undefined {
  if (answer.kind === 'unknown' || ('first' in answer && answer.first)) return undefined;
  const headersOf = (location: LocationBlock | 'none') =>
    location === 'none'
      ? outside
      : enclosing(location.scope, server).reduceRight(
          (headers, scope) => headersIn(scope, inherited(headers), target, facts),
          outside,
        );
  const within = 'location' in answer ? locationAround(server, answer.location) : undefined;
  const found = findLocation(server, '/');
  const location = within ?? found;
  if (answer.kind === 'files' && location === found && found !== 'unknown') {
    return withIndex(server, found, headersOf) ?? (found === 'none' ? undefined : headersOf(found));
  }
  return typeof location === 'string' ? undefined : headersOf(location);
}

/**
 * The headers of the folder's index, for which nginx looks through the locations again (ngx_http_index_module); of several names
 * the first one counts that is there. Undefined where no name is known.
 */
function withIndex(
  server: Scope,
  folder: LocationBlock | 'none',
  headersOf: (location: LocationBlock | 'none') => Setting<readonly ResponseHeader[]>,
): Setting<readonly ResponseHeader[]> | undefined {
  const names = indexNames(folder === 'none' ? server : folder.scope);
  const locations = names.map((name) => findLocation(server, name.startsWith('/') ? name : `/${name}`));
  const known = locations.flatMap((location) => (location === 'unknown' ? [] : [location]));
  if (known.length < locations.length) return undefined;
  const settings = [...new Set(known)].map(headersOf);
  const [first, ...others] = settings;
  if (first === undefined || others.length === 0) return first;
  const lists = settings.map(({ value }) => value);
  const values = lists.flatMap((value) => (value.kind === 'known' ? [value.value] : []));
  return values.length === lists.length ? { ...first, value: { kind: 'one-of', values } } : undefined;
}

/** Those of the nearest block that has some, where no variable stands in them. */
function indexNames(scope: Scope): readonly string[] {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) {
    const items = at.find('index');
    if (items.length > 0) return items.flatMap(({ args }) => args.map(({ value }) => value)).filter(isPlain);
  }
  return ['index.html'];
}

function isPlain(name: string): boolean {
  return !name.includes('$');
}

/** The innermost location in which something stands. */
function locationAround(scope: Scope, place: Location): LocationBlock | undefined {
  const found = locationsOf(scope).find(({ item }) => {
    const { file, range } = locate(item);
    return file === place.file && encloses(range, place.range);
  });
  return found && (locationAround(found.scope, place) ?? found);
}
