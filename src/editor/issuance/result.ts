import { type LogOutputChannel, window, workspace } from 'vscode';
import type { CertificateRow } from '../../operations/issue.ts';
import type { CertificateStore } from '../certificates/certificate-store.ts';
import type { InspectionPanels } from '../certificates/panel/panel.ts';
import type { Plans } from './plan/plans.ts';

/** Where results are shown. */
export interface Shown {
  readonly log: LogOutputChannel;
  readonly store: CertificateStore;
  readonly panels: InspectionPanels;
  readonly plans: Plans;
}

/** Shows what came of a run: the new certificate in tree and panel, or why there is none and what to do. */
export async function reportRows(rows: readonly CertificateRow[], services: Shown): Promise<void> {
  const { store, panels, plans, log } = services;
  await Promise.all([store.refresh(), plans.refresh()]);
  const [only] = rows;
  if (rows.length === 1 && only?.status === 'issued' && only.dryRun !== true) {
    const file = only.files['fullchain'] ?? only.files['certificate'] ?? only.files['combined'];
    if (file !== undefined) panels.showFileAside(file);
  }
  const failed = rows.filter(({ error }) => error !== null && error.type !== 'cancelled');
  for (const { name, error } of failed) log.error(`${name}: ${error?.detail}`);
  const message = summaryOf(rows);
  if (failed.length === 0) {
    void window.showInformationMessage(message);
    return;
  }
  const chosen = await window.showErrorMessage(message, 'Show Log');
  if (chosen === 'Show Log') log.show();
}

/** One sentence a certificate; of many, only what matters. */
function summaryOf(rows: readonly CertificateRow[]): string {
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return sentenceOf(only);
  const count = (status: CertificateRow['status']) => rows.filter((row) => row.status === status).length;
  const parts = [
    count('issued') > 0 ? `${count('issued')} issued` : '',
    count('current') > 0 ? `${count('current')} not due yet` : '',
    count('failed') > 0 ? `${count('failed')} failed` : '',
  ].filter(Boolean);
  const reason = rows.find(({ error }) => error !== null);
  return `Certificates: ${parts.join(', ')}.${reason?.error ? ` ${reason.name}: ${reason.error.detail}` : ''}`;
}

function sentenceOf({ name, status, notAfter, files, error, reason, dryRun }: CertificateRow): string {
  const until = notAfter === null ? '' : `, valid until ${notAfter.slice(0, 10)}`;
  if (error?.type === 'cancelled') return `The request for ${name} was cancelled. Nothing was changed.`;
  if (status === 'failed') return `${name}: ${error?.detail ?? 'it failed.'}`;
  if (dryRun === true)
    return `${name} would be issued: it was tried, and nothing was written. ${status === 'current' ? (reason ?? '') : ''}`.trim();
  if (status === 'current') return `${name} is not due yet. ${reason ?? ''}`.trim();
  const file = files['fullchain'] ?? files['certificate'] ?? files['combined'];
  const place = file === undefined ? '' : ` is in ${workspace.asRelativePath(file)}`;
  return `The certificate for ${name}${place}${until}.${error ? ` ${error.detail}` : ''}`;
}
