import { createHash } from 'node:crypto';
import { updateTxt } from '../../network/dns-update.ts';
import { placeOfRecord } from '../../network/dns-zone.ts';
import { txtRecordsOf } from '../../network/lookup.ts';
import { shellLine } from '../../text/shell.ts';
import { AcmeProblem, cancelled } from '../client/problem.ts';
import { ensureTrusted } from '../client/trust.ts';
import { pause } from '../client/wait.ts';
import type { DnsPlan } from '../plan/plan.ts';
import { runCommand } from '../run-command.ts';
import { readNamedFile } from '../store/named-file.ts';
import { openNote } from './journal.ts';
import type { ChallengeTask, Presented, SolverContext } from './solver.ts';

/** Sets the TXT record of RFC 8555 section 8.4. */
export async function presentRecord(how: DnsPlan, task: ChallengeTask, context: SolverContext): Promise<Presented> {
  const name = `_acme-challenge.${task.identifier.value}`;
  const value = createHash('sha256').update(task.keyAuthorization).digest('base64url');
  const place = `${name} TXT "${value}"`;
  if (how.by === 'hand') {
    await askForRecord(name, value, context);
    return { place, remove: async () => undefined };
  }
  const note = openNote(context.store, context.certificateId, `${name} ${value}`);
  const removeAll = async (wasSet = true): Promise<void> => {
    try {
      await changeRecord(how, 'remove', name, value, context);
    } catch (error) {
      // What could not add it cannot remove it either, and has said why.
      if (!wasSet) return await note.remove();
      context.onStep({
        kind: 'warning',
        certificate: '',
        message: `${place} could not be removed: ${messageOf(error)} Remove it by hand.`,
      });
    }
    await note.remove();
  };
  await note.write({ kind: 'record', how, name, value });
  try {
    await changeRecord(how, 'add', name, value, context);
  } catch (error) {
    if (error instanceof AcmeProblem && error.type === 'command-not-trusted') await note.remove();
    else await removeAll(!(error instanceof AcmeProblem && error.type === 'dns-failed'));
    throw error;
  }
  return { place, remove: removeAll, spreads: { what: name, seconds: how.wait } };
}

/** @throws AcmeProblem of type `command-not-trusted` or `tsig-secret-missing` */
export async function checkDns(how: DnsPlan, { store, env, hooks }: SolverContext): Promise<void> {
  if (how.by === 'command') await ensureTrusted(store, how.command, how.folder, hooks);
  if (how.by === 'rfc2136') await tsigKey(how, env);
}

/** @throws AcmeProblem of type `dns-failed` */
export async function changeRecord(
  how: DnsPlan,
  action: 'add' | 'remove',
  name: string,
  value: string,
  context: Omit<SolverContext, 'certificateId'>,
): Promise<void> {
  if (how.by === 'hand') return;
  // What was put in place is taken away also when the run was cancelled.
  const signal = action === 'add' ? context.signal : undefined;
  if (how.by === 'command') await ensureTrusted(context.store, how.command, how.folder, context.hooks);
  try {
    if (how.by === 'command')
      return await runCommand([...how.command, action, name, value], { cwd: how.folder, signal });
    const server = {
      host: how.server.host ?? '127.0.0.1',
      port: how.server.port,
      key: await tsigKey(how, context.env),
      signal,
    };
    await updateTxt(server, await placeOfRecord(server, name, how.zone), { action, value, now: context.now() });
  } catch (error) {
    if (error instanceof AcmeProblem) throw error;
    if (signal?.aborted) throw cancelled();
    const what = how.by === 'command' ? `"${shellLine(how.command)}"` : 'The DNS update';
    throw new AcmeProblem(
      'dns-failed',
      `${what} could not ${action} ${name}: ${messageOf(error)}. Correct the challenge in the plan, or the server.`,
      { cause: error },
    );
  }
}

async function tsigKey(how: Extract<DnsPlan, { by: 'rfc2136' }>, env: SolverContext['env']) {
  if (how.key === undefined) return undefined;
  const { name, algorithm, secretFile } = how.key;
  const variable = `TLS_WORKBENCH_TSIG_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
  const text = (secretFile === undefined ? undefined : await readNamedFile(secretFile)) ?? env[variable];
  if (text === undefined) {
    throw new AcmeProblem(
      'tsig-secret-missing',
      `The secret of TSIG key ${name} is not here. Set the environment variable ${variable}, or rfc2136.secretFile in the plan.`,
    );
  }
  // Also the `secret "…";` of a BIND key file.
  const secret = /secret\s+"?([A-Za-z0-9+/=]+)"?/.exec(text)?.[1] ?? text.trim();
  return { name, algorithm, secret: Buffer.from(secret, 'base64') };
}

/** Nobody there to ask: the record may be set already, by the run before or by somebody who read its message. */
async function askForRecord(name: string, value: string, context: SolverContext): Promise<void> {
  if (context.hooks.record !== undefined) {
    if ((await context.hooks.record(name, value)) === 'continue') return;
    throw cancelled();
  }
  const found = await Promise.race([txtRecordsOf(name), pause(5000, context.signal).then((): readonly string[] => [])]);
  if (found.includes(value)) return;
  throw new RecordNeeded([{ name, value }]);
}

interface NeededRecord {
  readonly name: string;
  readonly value: string;
}

/** The order waits for somebody who sets these records. */
export class RecordNeeded extends AcmeProblem {
  readonly records: readonly NeededRecord[];

  constructor(records: readonly NeededRecord[]) {
    const list = records.map(({ name, value }) => `${name} TXT "${value}"`).join(' and ');
    const isShared = new Set(records.map(({ name }) => name)).size < records.length;
    const both = isShared ? ' (a name may have several records)' : '';
    const [what, they] = records.length === 1 ? ['record', 'it is'] : ['records', 'they are'];
    const next = `then run it again: the order waits. With --published ${they} taken for set.`;
    super('record-needed', `Set the DNS ${what} ${list}${both}, ${next}`);
    this.records = records;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
