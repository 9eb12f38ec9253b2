import { createMemo } from '../../../memory/memo.ts';
import type { Project } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import { everywhere } from '../everywhere.ts';
import { filesOf } from '../included-files.ts';
import type { NginxFile } from '../parse/file.ts';
import { headRange, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** nginx keeps no count of the files that it has open, so a circle of them ends when the stack does (ngx_conf_include). */
export const includeCircular: DirectiveRule = {
  id: 'include-circular',
  title: 'File that includes itself',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact?.name === 'include',
  check({ item, project }) {
    const file = item.file.document.file;
    const back = filesOf(item, project).find((path) => path === file || reaches(path, file, project));
    if (back === undefined) return undefined;
    const way = back === file ? 'itself' : `${back}, which leads back to this file`;
    return {
      rule: 'include-circular',
      message: `The file includes ${way}: nginx opens it again and again until it fails, and does not start. Remove this include.`,
      location: locate(item, headRange(item)),
    };
  },
};

/** Whether reading one file brings another. */
function reaches(from: string, to: string, project: Project<NginxFile>): boolean {
  const edges = edgesOf(project);
  const seen = new Set([from]);
  for (const file of seen) {
    for (const next of edges.get(file) ?? []) {
      if (next === to) return true;
      seen.add(next);
    }
  }
  return false;
}

const remembered = createMemo<Project<NginxFile>, ReadonlyMap<string, readonly string[]>>();

/** The files that each file includes; those of most files are none. */
function edgesOf(project: Project<NginxFile>): ReadonlyMap<string, readonly string[]> {
  let edges = remembered.get(project);
  if (!edges) {
    const found = new Map<string, string[]>();
    for (const item of everywhere(rootScope(project), 'include')) {
      const file = item.file.document.file;
      const list = found.get(file) ?? [];
      list.push(...filesOf(item, project));
      found.set(file, list);
    }
    edges = found;
    remembered.set(project, edges);
  }
  return edges;
}
