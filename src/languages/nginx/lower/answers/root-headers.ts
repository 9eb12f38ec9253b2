import { forAdmitted } from '../../../../tls/model/admitted.ts';
import type { ResponseHeader } from '../../../../tls/model/server-model.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import type { Target } from '../../../../tls/target.ts';
import type { Scope } from '../../scope.ts';
import { headersIn } from '../headers.ts';
import { inherited } from '../setting.ts';
import type { RequestFacts } from '../variables.ts';
import { enclosing, type PlacedAnswer } from './answer.ts';
import type { LocationBlock } from './locations.ts';

/** The headers of the location that answers `/` in the end, or of an `if` in it that holds; undefined where none does, or nobody can say which. */
export function headersOfRoot(
  server: Scope,
  placed: PlacedAnswer,
  answerTo: (path: string) => PlacedAnswer,
  outside: Setting<readonly ResponseHeader[]>,
  target: Target,
  facts: RequestFacts,
): Setting<readonly ResponseHeader[]> | undefined {
  const { answer, location, path } = placed;
  if (answer.kind === 'unknown') return undefined;
  const headersOf = (place: PlacedAnswer) =>
    place.location === undefined
      ? outside
      : enclosing(scopeOf(place.location, place), server).reduceRight(
          (headers, scope) => headersIn(scope, inherited(headers), target, facts),
          outside,
        );
  if (forAdmitted(answer).kind === 'files' && path.endsWith('/')) {
    const found = withIndex(location?.scope ?? server, path, answerTo, headersOf);
    if (found) return found;
  }
  return location && headersOf(placed);
}

/**
 * The headers of the folder's index, for which nginx looks through the locations again (ngx_http_index_module); of several names
 * the first one counts that is there. Undefined where no name is known.
 */
function withIndex(
  folder: Scope,
  path: string,
  answerTo: (path: string) => PlacedAnswer,
  headersOf: (place: PlacedAnswer) => Setting<readonly ResponseHeader[]>,
): Setting<readonly ResponseHeader[]> | undefined {
  const found = indexNames(folder).map((name) => answerTo(name.startsWith('/') ? name : path + name));
  if (found.some(({ answer }) => answer.kind === 'unknown')) return undefined;
  const places = new Map(found.map((place) => [place.location && scopeOf(place.location, place), place]));
  const settings = [...places.values()].map(headersOf);
  const [first, ...others] = settings;
  if (first === undefined || others.length === 0) return first;
  const lists = settings.map(({ value }) => value);
  const values = lists.flatMap((value) => (value.kind === 'known' ? [value.value] : []));
  return values.length === lists.length ? { value: { kind: 'one-of', values }, origin: first.origin } : undefined;
}

/** The block whose headers are sent: that of the location, or of an `if` in it. */
function scopeOf(location: LocationBlock, { within }: PlacedAnswer): Scope {
  return within ?? location.scope;
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
