import { type Disposable, commands as editorCommands, type Memento, window, workspace } from 'vscode';
import { commands } from '../../ids.ts';
import type { PlannedState, Plans } from '../plan/plans.ts';

const hour = 3_600_000;
/** Certificates are looked at again this often while a window is open. */
const checkInterval = 6 * hour;
/** "Later" is a day. */
const quietTime = 24 * hour;
const quietKey = 'renewal.quietUntil';

export interface RenewalCheckServices {
  readonly plans: Plans;
  readonly memory: Memento;
  readonly now: () => Date;
}

/** Speaks up when a renewal is due: one notification at most, and none for a day after "Later". */
export function createRenewalCheck({ plans, memory, now }: RenewalCheckServices): RenewalCheck {
  let isShown = false;
  const check = async (): Promise<void> => {
    await plans.refresh();
    const due = plans.due.filter(({ notAfter }) => notAfter !== undefined);
    if (due.length === 0 || isShown || !workspace.isTrusted) return;
    if (now().getTime() < memory.get<number>(quietKey, 0)) return;
    isShown = true;
    const chosen = await window.showInformationMessage(describeDue(due), 'Renew', 'Later');
    isShown = false;
    if (chosen === 'Renew') await editorCommands.executeCommand(commands.renewDue);
    // Closing it says as much as "Later".
    else await memory.update(quietKey, now().getTime() + quietTime);
  };
  const timer = setInterval(() => void check(), checkInterval);
  return { check, dispose: () => clearInterval(timer) };
}

export interface RenewalCheck extends Disposable {
  check(): Promise<void>;
}

function describeDue(due: readonly PlannedState[]): string {
  const names = due.map(({ planned }) => planned.name);
  const [only] = due;
  if (due.length === 1 && only !== undefined) return `${names[0]} is due for renewal. ${only.action.reason}`;
  const listed = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return `${due.length} certificates are due for renewal: ${listed}.`;
}
