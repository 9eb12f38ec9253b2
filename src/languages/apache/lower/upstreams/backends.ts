import { remember } from '../../../../memory/remember.ts';
import { PlaceMap } from '../../../../text/place-map.ts';
import type { Location } from '../../../../text/range.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { isUncertain } from '../../uncertain.ts';
import { type ProxyTarget, proxyTargets } from './proxying.ts';

/** The places among those to which a server sends requests that the text alone says. */
export function backendsOf(statements: readonly Statement[]): readonly ProxyTarget[] {
  return proxyTargets(statements).filter(({ to }) => !isUncertain(to));
}

/** The backend that a place names: a thousand fixes ask for theirs. */
export function backendAt(statements: readonly Statement[], place: Location): ProxyTarget | undefined {
  return placesOf(statements).get(place);
}

const placesOf = remember((statements: readonly Statement[]) => {
  const places = new PlaceMap<ProxyTarget>();
  for (const backend of backendsOf(statements)) {
    const { file, node } = backend.statement;
    places.set({ file, range: node.range }, backend);
  }
  return places;
});
