import { type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import { commands } from './ids.ts';
import { registerCommand } from './register.ts';

/** What the extension does, for whoever asks why. Never holds secrets: nothing writes keys, tokens or passphrases to it. */
export function createLog(context: ExtensionContext): LogOutputChannel {
  const log = window.createOutputChannel('TLS Workbench', { log: true });
  context.subscriptions.push(
    log,
    registerCommand(commands.showLog, () => log.show()),
  );
  return log;
}

/** One sentence about what went wrong, and the way to the log. */
export async function reportFailure(log: LogOutputChannel, what: string, error: unknown): Promise<void> {
  log.error(error instanceof Error ? error : String(error));
  const reason = error instanceof Error ? error.message : String(error);
  const chosen = await window.showErrorMessage(`${what}: ${reason}`, 'Show Log');
  if (chosen === 'Show Log') log.show();
}
