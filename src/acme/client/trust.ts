import { createHash } from 'node:crypto';
import { shellLine } from '../../text/shell.ts';
import type { IssuanceHooks } from '../order/steps.ts';
import { sweepTemporaries } from '../store/atomic.ts';
import type { Store } from '../store/store.ts';
import { AcmeProblem } from './problem.ts';

/**
 * Makes sure that the user has allowed exactly these words to be run in this folder: a plan comes with a repository, and a
 * repository from anybody, where `./reload` is another program. Allowed once, it stays so until a word changes.
 * @throws AcmeProblem of type `command-not-trusted`
 */
export async function ensureTrusted(
  store: Store,
  command: readonly string[],
  folder: string,
  hooks: IssuanceHooks,
): Promise<void> {
  const path = store.path('trusted-commands.json');
  const hash = createHash('sha256')
    .update(JSON.stringify([folder, command]))
    .digest('hex');
  const trusted = (await store.readJson<readonly string[]>(path)) ?? [];
  if (trusted.includes(hash)) return;
  if ((await hooks.trust?.(command)) !== true) {
    const detail = `"${shellLine(command)}" was not run in ${folder}: it is not trusted yet. Look at it, and allow it once with --trust.`;
    throw new AcmeProblem('command-not-trusted', detail);
  }
  const lock = await store.lock('trusted-commands', 'The list of trusted commands', 5000);
  try {
    await sweepTemporaries(store.folder, 'trusted-commands.');
    const known = (await store.readJson<readonly string[]>(path)) ?? [];
    if (!known.includes(hash)) await store.writeJson(path, [...known, hash]);
  } finally {
    await lock.release();
  }
}
