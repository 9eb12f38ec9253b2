import { isGlob } from '../../../text/glob.ts';
import { describeLeftOvers } from '../../left-over-words.ts';
import { mainFile } from '../beside-main.ts';
import { includePattern } from '../includes.ts';
import { headRange, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** A wildcard takes all that lies in a folder, the copies of editors and packages with it (ngx_conf_include, glob(3)). */
export const leftOverIncluded: DirectiveRule = {
  id: 'left-over-included',
  title: 'A copy or a file that was switched off is loaded too',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact?.name === 'include',
  check({ item, project }) {
    const pattern = includePattern(item.args, mainFile(project), item.outer.owner?.name);
    const [word] = item.args;
    if (pattern === undefined || word === undefined || !isGlob(pattern)) return undefined;
    const include = { pattern, written: word.value, word: locate(item, word) };
    const words = describeLeftOvers(include, project, ({ directives }) => directives[0]?.start);
    return words && { rule: 'left-over-included', location: locate(item, headRange(item)), ...words };
  },
};
