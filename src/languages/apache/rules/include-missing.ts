import { describeAbsentInclude, describeDanglingLinks } from '../../include-words.ts';
import type { ApacheRule } from './rule.ts';

/** `Include` needs at least one file, for a wildcard too; `IncludeOptional` needs none (mod_so's ap_process_resource_config). */
export const includeMissing: ApacheRule = {
  id: 'include-missing',
  title: 'Included file does not exist',
  severity: 'error',
  effect: 'start',
  *check({ project, evaluation }) {
    for (const { pattern, optional, location, statement } of evaluation.includes) {
      // Where a relative path of a snippet starts, its main file decides.
      const isPlaced = project.complete || statement.args[0]?.value.startsWith('/') === true;
      if (optional || !isPlaced) continue;
      const where = project.absent(pattern);
      const words = where
        ? describeAbsentInclude('Apache', pattern, where, project.mapped?.(pattern))
        : describeDanglingLinks('Apache', project.dangling?.(pattern));
      if (words) yield { ...words, location, statement };
    }
  },
};
