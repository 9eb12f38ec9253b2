import { AcmeProblem } from '../../acme/client/problem.ts';
import type { CliIo } from './arguments.ts';
import { runIssue } from './issue.ts';

export type IssuanceCommandName = 'issue' | 'renew' | 'revoke' | 'account' | 'import' | 'export';

type Run = (args: readonly string[], io: CliIo) => Promise<number>;

/** Each command's code is loaded when it is called. */
const commands: Readonly<Record<IssuanceCommandName, Run>> = {
  issue: (args, io) => runIssue('issue', args, io),
  renew: (args, io) => runIssue('renew', args, io),
  revoke: async (args, io) => (await import('./revoke.ts')).runRevoke(args, io),
  account: async (args, io) => (await import('./account.ts')).runAccount(args, io),
  import: async (args, io) => (await import('./import.ts')).runImport(args, io),
  export: async (args, io) => (await import('./export.ts')).runExport(args, io),
};

/**
 * Runs one of the issuance commands.
 * @returns exit code: 0 all done or nothing due, 1 some failed, 2 could not run
 */
export async function issuanceCommand(name: IssuanceCommandName, args: readonly string[], io: CliIo): Promise<number> {
  try {
    return await commands[name](args, io);
  } catch (error) {
    // What a CA answered is a failure of the request, not of the call.
    const isRefusal = error instanceof AcmeProblem && (error.status !== undefined || error.type.startsWith('urn:'));
    const message = error instanceof Error ? error.message : String(error);
    io.stderr(`tls-workbench ${name}: ${message}\n`);
    return isRefusal ? 1 : 2;
  }
}
