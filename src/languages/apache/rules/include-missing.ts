import { isGlob } from '../../../text/glob.ts';
import { resolvePath } from '../../../text/path.ts';
import { describeAbsentInclude, describeDanglingLinks } from '../../include-words.ts';
import { defaultServerRoot } from '../evaluate/server-root.ts';
import { filesAskedFor, type Statement } from '../evaluate/statement.ts';
import { type ApacheRule, fix } from './rule.ts';

/** `Include` needs at least one file, for a wildcard too; `IncludeOptional` needs none (mod_so's ap_process_resource_config). */
export const includeMissing: ApacheRule = {
  id: 'include-missing',
  title: 'Included file does not exist',
  severity: 'error',
  effect: 'start',
  *check({ project, evaluation }) {
    const root = evaluation.serverRoot ?? defaultServerRoot(project);
    for (const { pattern, optional, location, statement } of evaluation.includes) {
      // Where a relative path of a snippet starts, its main file decides.
      const isPlaced = project.complete || statement.args[0]?.value.startsWith('/') === true;
      if (optional || !isPlaced) continue;
      if (filesAskedFor(statement).some((file) => resolvePath(root, file) === pattern)) continue;
      const where = project.absent(pattern);
      if (where === 'here' && isGlob(pattern)) {
        const message = `No file matches ${pattern}, so Apache does not start. Correct the path, or write IncludeOptional if there need not be any.`;
        yield { message, location, statement, fixes: [makeOptional(statement)] };
        continue;
      }
      const words = where
        ? describeAbsentInclude('Apache', pattern, where, project.mapped?.(pattern))
        : describeDanglingLinks('Apache', project.dangling?.(pattern));
      if (words) yield { ...words, location, statement };
    }
  },
};

function makeOptional({ file, node }: Statement) {
  return fix('Write IncludeOptional', false, { file, range: node.nameRange, newText: 'IncludeOptional' });
}
