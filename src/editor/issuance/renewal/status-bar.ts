import { type Disposable, StatusBarAlignment, window } from 'vscode';
import { plural } from '../../certificates/tree/model.ts';
import { commands } from '../../ids.ts';
import type { Plans } from '../plan/plans.ts';

/** Speaks up only when a certificate of the plan is due. */
export function registerStatusBar(plans: Plans): Disposable[] {
  const item = window.createStatusBarItem('tlsWorkbench.due', StatusBarAlignment.Right, 10);
  item.name = 'TLS certificates due';
  item.command = commands.renewDue;
  const refresh = (): void => {
    const due = plans.due.filter(({ notAfter }) => notAfter !== undefined);
    if (due.length === 0) {
      item.hide();
      return;
    }
    item.text = `$(shield) ${due.length} due`;
    item.tooltip = `${plural(due.length, 'certificate')} to renew: ${due.map(({ planned }) => planned.name).join(', ')}. Click to renew.`;
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  };
  return [item, plans.onDidChange(refresh)];
}
