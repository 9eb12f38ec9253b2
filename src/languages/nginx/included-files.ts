import { remember } from '../../memory/remember.ts';
import type { Project } from '../language.ts';
import { rootScope } from './configuration.ts';
import { everywhere } from './everywhere.ts';
import { includePattern } from './includes.ts';
import type { NginxFile } from './parse/file.ts';
import type { Item, Scope } from './scope.ts';

/** The files that an include brings. */
export function filesOf({ args, outer }: Item, project: Project<NginxFile>): readonly string[] {
  const pattern = includePattern(args, project.entry, outer.owner?.name);
  return (pattern === undefined ? undefined : project.included(pattern)) ?? [];
}

/** The includes by which nginx comes to a file, in the order of reading. */
interface Includes {
  readonly all: readonly Item[];
  readonly byBlock: ReadonlyMap<Scope, readonly Item[]>;
}

const none: Includes = { all: [], byBlock: new Map() };

/** Those of a file, once for each time that nginx reads it. */
export function includesOf(file: string, project: Project<NginxFile>): Includes {
  return readings(project).get(file) ?? none;
}

const readings = remember((project: Project<NginxFile>): ReadonlyMap<string, Includes> => {
  const found = new Map<string, { all: Item[]; byBlock: Map<Scope, Item[]> }>();
  for (const item of everywhere(rootScope(project), 'include')) {
    for (const path of filesOf(item, project)) {
      const { all, byBlock } = found.get(path) ?? { all: [], byBlock: new Map<Scope, Item[]>() };
      all.push(item);
      const inBlock = byBlock.get(item.outer);
      if (inBlock) inBlock.push(item);
      else byBlock.set(item.outer, [item]);
      found.set(path, { all, byBlock });
    }
  }
  return found;
});

/**
 * Which of two directives of one block can go without being missed elsewhere: what stands in a shared file is there for others too.
 * @param may asked of each whether it can go at all
 */
export function removable(
  second: Item,
  first: Item,
  project: Project<NginxFile>,
  may: (item: Item) => boolean = () => true,
): Item | undefined {
  const candidates = [second, first].filter(may);
  if (second.file === first.file) return candidates[0];
  return candidates.find(({ file }) => includesOf(file.document.file, project).all.length < 2);
}
