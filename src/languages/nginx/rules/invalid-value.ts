import { headRange, locate } from '../scope.ts';
import { areValuesTaken, hasValueCheck, meantInstead, valueComplaint } from '../values/index.ts';
import { quoted } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** A value that a directive does not take. */
export const invalidValue: DirectiveRule = {
  id: 'invalid-value',
  title: 'Value that the directive does not take',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact !== undefined && hasValueCheck(fact),
  isPleased: areValuesTaken,
  check(visit) {
    const complaint = valueComplaint(visit);
    if (!complaint) return undefined;
    const { item } = visit;
    const { message, word, instead = meantInstead(visit, complaint) } = complaint;
    const location = locate(item, word ?? headRange(item));
    return {
      rule: 'invalid-value',
      message,
      location,
      fixes:
        instead === undefined
          ? []
          : [
              {
                title: `Change "${word?.value ?? ''}" to "${instead}"`,
                safe: false,
                edits: [{ ...location, newText: quoted(instead) }],
              },
            ],
    };
  },
};
