import { remember } from '../../memory/remember.ts';
import type { Project } from '../language.ts';
import { mainFile } from './beside-main.ts';
import { rootScope } from './configuration.ts';
import { everywhere } from './everywhere.ts';
import { includePattern } from './includes.ts';
import type { NginxFile } from './parse/file.ts';
import type { Item, Scope } from './scope.ts';
import { lineOwnership } from './write/place.ts';

/** The files that an include brings. */
export function filesOf({ args, outer }: Item, project: Project<NginxFile>): readonly string[] {
  const pattern = includePattern(args, mainFile(project), outer.owner?.name);
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
 * Which of two directives of one block can go without being missed elsewhere: what stands in a file is there for all who include
 * it, in this configuration or another, and those of the file that includes the other one's keep that.
 * @param may asked of each whether it can go at all
 */
export function removable(
  second: Item,
  first: Item,
  project: Project<NginxFile>,
  may: (item: Item) => boolean = () => true,
): Item | undefined {
  const canGo = (item: Item, other: Item) =>
    may(item) && (item.file === other.file || comesBy(item, other, project)) && lineOwnership(item) === undefined;
  if (canGo(second, first)) return second;
  return canGo(first, second) ? first : undefined;
}

/** Whether an include in the file of the one brings the other one into their block. */
export function comesBy(one: Item, other: Item, project: Project<NginxFile>): boolean {
  return one.file !== other.file && filesAbove(other, project).has(one.file);
}

/** The files by whose includes a directive comes into its block. */
function filesAbove({ file, outer }: Item, project: Project<NginxFile>): ReadonlySet<NginxFile> {
  const above = new Set<NginxFile>();
  const visit = (path: string): void => {
    for (const include of includesOf(path, project).byBlock.get(outer) ?? []) {
      if (above.has(include.file)) continue;
      above.add(include.file);
      visit(include.file.document.file);
    }
  };
  visit(file.document.file);
  return above;
}
