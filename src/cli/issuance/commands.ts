import { AcmeProblem } from '../../acme/client/problem.ts';
import { choice, readArguments } from '../options.ts';
import { commonOptions, type IssuanceCommand, type IssuanceIo } from './arguments.ts';
import { issueCommand, renewCommand } from './issue.ts';

export type IssuanceCommandName = 'issue' | 'renew' | 'revoke' | 'account' | 'import' | 'export';

/** Each command's code is loaded when it is called. */
const commands: Readonly<Record<IssuanceCommandName, () => Promise<IssuanceCommand>>> = {
  issue: async () => issueCommand,
  renew: async () => renewCommand,
  revoke: async () => (await import('./revoke.ts')).revokeCommand,
  account: async () => (await import('./account.ts')).accountCommand,
  import: async () => (await import('./import.ts')).importCommand,
  export: async () => (await import('./export.ts')).exportCommand,
};

/**
 * Runs one of the issuance commands.
 * @returns exit code: 0 all done or nothing due, 1 some failed, 2 could not run
 */
export async function issuanceCommand(
  name: IssuanceCommandName,
  args: readonly string[],
  io: IssuanceIo,
): Promise<number> {
  try {
    const command = await commands[name]();
    const parsed = readArguments(args, { ...commonOptions, ...command.options });
    choice(parsed.values, 'format', ['text', 'json'], 'text');
    if (parsed.values['help'] !== true) return await command.run(parsed, io);
    io.stdout(command.help);
    return 0;
  } catch (error) {
    // What a CA answered is a failure of the request, not of the call.
    const isRefusal = error instanceof AcmeProblem && (error.status !== undefined || error.type.startsWith('urn:'));
    const message = error instanceof Error ? error.message : String(error);
    io.stderr(`tls-workbench ${name}: ${message}\n`);
    return isRefusal ? 1 : 2;
  }
}
