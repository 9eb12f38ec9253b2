import type { Change } from '../../../tls/model/change.ts';
import { everywhere } from '../everywhere.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast } from '../scope.ts';
import { lineOwnership, type Outcome, remove } from './place.ts';
import { writeDirective } from './settings.ts';

/** What does nothing without stapling. */
const companions = ['ssl_stapling_verify', 'ssl_stapling_responder', 'ssl_stapling_file'] as const;

/**
 * Switches stapling, or takes it out of a block with all that serves nothing else there. A `resolver` stays: too much may look
 * names up with it.
 */
export function writeStapling(
  { to }: Change & { readonly setting: 'stapling' },
  scope: Scope,
  owner: Item,
  root: Scope,
): Outcome {
  const args = to === undefined ? undefined : [to ? 'on' : 'off'];
  const outcome = writeDirective({ name: 'ssl_stapling', args }, scope, owner);
  if (outcome.kind === 'refused' || to !== undefined) return outcome;
  // What another file brings may be there for other sites.
  const file = findLast(scope, 'ssl_stapling')?.file;
  const useless = [...companions, ...(verifiesClients(root) ? [] : ['ssl_trusted_certificate'])]
    .flatMap((name) => scope.find(name))
    .filter((item) => item.file === file && lineOwnership(item) === undefined);
  return { kind: 'edits', edits: [...outcome.edits, ...useless.map(remove)] };
}

/** True where the CAs that a response was checked with may check something else. */
function verifiesClients(root: Scope): boolean {
  return ['ssl_verify_client', 'ssl_ocsp'].some((name) => everywhere(root, name).length > 0);
}
