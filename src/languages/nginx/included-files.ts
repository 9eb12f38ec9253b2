import { createMemo } from '../../memory/memo.ts';
import type { Project } from '../language.ts';
import { rootScope } from './configuration.ts';
import { everywhere } from './everywhere.ts';
import { includePattern } from './includes.ts';
import type { NginxFile } from './parse/file.ts';
import type { Item } from './scope.ts';

/** The files that an include brings. */
export function filesOf({ args, outer }: Item, project: Project<NginxFile>): readonly string[] {
  const pattern = includePattern(args, project.entry, outer.owner?.name);
  return (pattern === undefined ? undefined : project.included(pattern)) ?? [];
}

const remembered = createMemo<Project<NginxFile>, ReadonlyMap<string, readonly Item[]>>();

/** The includes by which nginx comes to a file, once for each time that it reads the file. */
export function includesOf(file: string, project: Project<NginxFile>): readonly Item[] {
  let all = remembered.get(project);
  if (!all) {
    const found = new Map<string, Item[]>();
    for (const item of everywhere(rootScope(project), 'include')) {
      for (const path of filesOf(item, project)) {
        const list = found.get(path);
        if (list) list.push(item);
        else found.set(path, [item]);
      }
    }
    all = found;
    remembered.set(project, all);
  }
  return all.get(file) ?? [];
}

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
  return candidates.find(({ file }) => includesOf(file.document.file, project).length < 2);
}
