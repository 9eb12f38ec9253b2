import { createMemo } from '../../../../memory/memo.ts';
import type { Location } from '../../../../text/range.ts';
import { isUncertain, type Statement } from '../../evaluate/statement.ts';
import { type ProxyTarget, proxyTargets } from './proxying.ts';

/** The places among those to which a server sends requests that the text alone says. */
export function backendsOf(statements: readonly Statement[]): readonly ProxyTarget[] {
  return proxyTargets(statements).filter(({ to }) => !isUncertain(to));
}

const placesOf = createMemo<readonly Statement[], ReadonlyMap<string, ProxyTarget>>();

/** The backend that a place names: a thousand fixes ask for theirs. */
export function backendAt(statements: readonly Statement[], { file, range }: Location): ProxyTarget | undefined {
  let places = placesOf.get(statements);
  if (!places) {
    places = new Map(
      backendsOf(statements).map((backend) => [
        `${backend.statement.node.range.start} ${backend.statement.file}`,
        backend,
      ]),
    );
    placesOf.set(statements, places);
  }
  return places.get(`${range.start} ${file}`);
}
