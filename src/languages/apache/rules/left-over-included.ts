import { describeLeftOvers } from '../../left-over-words.ts';
import type { ApacheRule } from './rule.ts';

/**
 * A wildcard takes all that lies in a folder but names that begin with a dot, and a folder all, those too; of folders within,
 * everything (`ap_process_resource_config`; measured with 2.4.71).
 */
export const leftOverIncluded: ApacheRule = {
  id: 'left-over-included',
  title: 'A copy or a file that was switched off is loaded too',
  severity: 'information',
  effect: 'advice',
  *check({ project, evaluation }) {
    for (const { pattern, location, statement } of evaluation.includes) {
      const written = statement.args[0]?.value ?? pattern;
      const words = describeLeftOvers(
        { pattern, written, word: location },
        project,
        ({ nodes }) => nodes[0]?.range.start,
      );
      if (words) yield { ...words, location, statement };
    }
  },
};
