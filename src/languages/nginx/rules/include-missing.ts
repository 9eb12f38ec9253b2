import type { Whereabouts } from '../../../text/whereabouts.ts';
import { describeAbsentInclude, describeDanglingLinks } from '../../include-words.ts';
import type { Project, TextReport } from '../../language.ts';
import { absolutePath, includePattern } from '../includes.ts';
import type { NginxFile } from '../parse/file.ts';
import { headRange, type Item, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** nginx takes a wildcard that matches nothing, and does not start without a file that is named (ngx_conf_include). */
export const includeMissing: DirectiveRule = {
  id: 'include-missing',
  title: 'Included file does not exist',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact?.name === 'include',
  check: ({ item, project }) => absentInclude(item, project),
};

/** What is said of a wildcard that is none. */
function wildcardTakenAsIs(path: string, where: Whereabouts): ReturnType<typeof describeAbsentInclude> {
  const what = `"geo" does not expand wildcards in "include": nginx looks for a file that is called ${path}`;
  if (where === 'here') return { message: `${what}, and does not start without it. Include each file by name.` };
  return { message: `${what}. Include each file by name.`, severity: 'information', effect: 'advice' };
}

/** A wildcard matches folders too, and nginx reads each of its matches as a file. */
function folderComplaint(folder: string | undefined): { readonly message: string } | undefined {
  if (folder === undefined) return undefined;
  const path = folder.replace(/\/$/, '');
  return {
    message: `${path} is a folder, which nginx cannot read as a file, so it does not start. Include the files in it (${path}/*.conf), or move it elsewhere.`,
  };
}

/** What is said of an `include` whose file does not exist, among entries too; undefined where it does, or nobody can tell. */
export function absentInclude(item: Item, project: Project<NginxFile>): TextReport | undefined {
  // Where a relative path of a snippet starts, its main file decides.
  if (!project.complete && !item.args[0]?.value.startsWith('/')) return undefined;
  const pattern = includePattern(item.args, project.entry, item.outer.owner?.name);
  if (pattern === undefined) return undefined;
  const path = absolutePath(item.args[0]?.value ?? '', project.entry);
  const where = project.absent(pattern);
  const words = where
    ? pattern === path
      ? describeAbsentInclude('nginx', path, where, project.mapped?.(path))
      : wildcardTakenAsIs(path, where)
    : (describeDanglingLinks('nginx', project.dangling?.(pattern)) ?? folderComplaint(project.folder?.(pattern)));
  return words && { rule: 'include-missing', ...words, location: locate(item, headRange(item)) };
}
