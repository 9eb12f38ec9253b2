import type { Related } from '../../text/finding.ts';
import type { NamedPath, ServerModel } from '../../tls/model/server-model.ts';
import { fewRelated } from './few-related.ts';
import { remember } from './remember.ts';

/** A file that the configuration names for one purpose, however often. */
export interface UsedPath extends NamedPath {
  /** True where the server refuses to start without it at one of the places at least. */
  readonly required: boolean;
  /** The directives after the first one, as places to look at. */
  readonly otherUses: readonly Related[];
}

/** Each path once for each of its purposes, at the first directive that names it: what is wrong with it is one mistake. */
export const usedPaths = remember((model: ServerModel): readonly UsedPath[] => {
  const uses = new Map<string, [NamedPath, ...NamedPath[]]>();
  for (const named of model.paths) {
    const key = `${named.purpose} ${named.path}`;
    const known = uses.get(key);
    if (known === undefined) uses.set(key, [named]);
    else known.push(named);
  }
  return [...uses.values()].map(([first, ...others]) => {
    // The place where the server stops is the one to show.
    const shown = first.required ? first : (others.find(({ required }) => required) ?? first);
    const more = [first, ...others].filter((named) => named !== shown);
    return { ...shown, otherUses: fewRelated(more, () => 'The same file') };
  });
});
