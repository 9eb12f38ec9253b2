import { describeServer } from '../../../tls/target.ts';
import { reaches } from '../facts/versions.ts';
import { headRange, locate } from '../scope.ts';
import { remove } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** A directive that nginx still reads, but no longer follows. */
export const obsoleteDirective: DirectiveRule = {
  id: 'obsolete-directive',
  title: 'Directive with a successor or without effect',
  severity: 'hint',
  effect: 'advice',
  concerns: ({ fact, version }) => fact?.obsoleteSince !== undefined && reaches(version, fact.obsoleteSince),
  check({ item, fact, project }) {
    const since = fact?.obsoleteSince;
    if (!fact || since === undefined) return undefined;
    const instead = fact.successor === undefined ? 'Remove it.' : `Use "${fact.successor}" instead.`;
    return {
      rule: 'obsolete-directive',
      message: `"${fact.name}" is obsolete since nginx ${since} and has no effect in ${describeServer('nginx', project.target)}. ${instead}`,
      location: locate(item, headRange(item)),
      fixes: [{ title: `Remove "${fact.name}"`, safe: true, edits: [remove(item)] }],
    };
  },
};
