import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import type { WriteContext } from './draft.ts';
import { refusalFor } from './refusal.ts';

/** What does nothing without stapling. */
const companions: readonly string[] = [
  'sslstaplingerrorcachetimeout',
  'sslstaplingfaketrylater',
  'sslstaplingforceurl',
  'sslstaplingrespondertimeout',
  'sslstaplingresponsemaxage',
  'sslstaplingresponsetimeskew',
  'sslstaplingreturnrespondererrors',
  'sslstaplingstandardcachetimeout',
];

/**
 * What goes with `SSLUseStapling` where that is taken out: from the same block and file what serves nothing else. The cache is
 * the whole server's, which does not start where somebody else staples without one (AH01958): it goes with the last who does.
 */
export function staplingCompanions(
  removed: readonly Statement[],
  { own }: ServerScope,
  { evaluation, project }: WriteContext,
): readonly Statement[] {
  const files = new Set(removed.map(({ file }) => file));
  const isLast = project.complete && withKey(evaluation, 'sslusestapling').every((each) => removed.includes(each));
  return [
    ...companions.flatMap((key) => own.get(key) ?? []),
    ...(isLast ? withKey(evaluation, 'sslstaplingcache') : []),
  ]
    .filter((statement) => files.has(statement.file) && refusalFor(statement, project) === undefined)
    .sort((a, b) => a.order - b.order);
}
