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
  const within = 'location' in answer ? locationAround(server, answer.location) : undefined;
  const location = within ?? findLocation(server, '/');
  if (typeof location === 'string') return undefined;
  return enclosing(location.scope, server).reduceRight(
    (headers, scope) => headersIn(scope, inherited(headers), target, facts),
    outside,
  );
}

/** The innermost location in which something stands. */
function locationAround(scope: Scope, place: Location): LocationBlock | undefined {
  const found = locationsOf(scope).find(({ item }) => {
    const { file, range } = locate(item);
    return file === place.file && encloses(range, place.range);
  });
  return found && (locationAround(found.scope, place) ?? found);
}
