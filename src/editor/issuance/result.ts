import { commands as editorCommands, type LogOutputChannel, window } from 'vscode';
import type { CertificateRow } from '../../operations/issue.ts';
import type { CertificateStore } from '../certificates/certificate-store.ts';
import type { InspectionPanels } from '../certificates/panel/panel.ts';
import { type CertificateFiles, isUseful } from '../configurations/certificate/use-certificate.ts';
import type { Analyses } from '../configurations/workspace/analyses.ts';
import { commands } from '../ids.ts';
import type { EditorSettings } from '../settings.ts';
import { displayPath } from '../uris.ts';
import type { Plans } from './plan/plans.ts';

/** Where results are shown. */
export interface Shown {
  readonly log: LogOutputChannel;
  readonly store: CertificateStore;
  readonly panels: InspectionPanels;
  readonly plans: Plans;
  readonly analyses: Analyses;
  readonly settings: EditorSettings;
}

/** Shows what came of a run: the new certificate in tree and panel, or why there is none and what to do. */
export async function reportRows(rows: readonly CertificateRow[], services: Shown): Promise<void> {
  const { store, panels, plans, log } = services;
  await Promise.all([store.refresh(), plans.refresh()]);
  const [only] = rows;
  const fresh = rows.length === 1 && only?.status === 'issued' && only.dryRun !== true ? only : undefined;
  const file = fresh && certificateFileOf(fresh);
  if (file !== undefined) panels.showFileAside(file);
  const failed = rows.filter(({ error }) => error !== null && error.type !== 'cancelled');
  for (const { name, error } of failed) log.error(`${name}: ${error?.detail}`);
  const message = summaryOf(rows);
  if (failed.length === 0) {
    void offerUse(message, fresh && certificateFilesOf(fresh), services);
    return;
  }
  const chosen = await window.showErrorMessage(message, 'Show Log');
  if (chosen === 'Show Log') log.show();
}

/** Says what came of it, and leads on to the server that shall send the certificate, where the workspace has one and none does yet. */
async function offerUse(message: string, files: CertificateFiles | undefined, services: Shown): Promise<void> {
  const use = 'Use in a Server…';
  const isOffered =
    files !== undefined && (await isUseful(files, services).catch((error) => void services.log.warn(String(error))));
  const chosen = await window.showInformationMessage(message, ...(isOffered ? [use] : []));
  if (chosen === use) await editorCommands.executeCommand(commands.useCertificate, files);
}

function certificateFileOf({ files }: CertificateRow): string | undefined {
  return files['fullchain'] ?? files['certificate'] ?? files['combined'];
}

/** What a server is to name; undefined where the key lies nowhere, as for a request of one's own. */
function certificateFilesOf({ files }: CertificateRow): CertificateFiles | undefined {
  const whole = files['fullchain'] ?? files['combined'];
  const certificate = whole ?? files['certificate'];
  const key = files['key'] ?? files['combined'];
  if (certificate === undefined || key === undefined) return undefined;
  return { certificate, key, chain: whole === undefined ? files['chain'] : undefined };
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

function sentenceOf(row: CertificateRow): string {
  const { name, status, notAfter, error, reason, dryRun } = row;
  const until = notAfter === null ? '' : `, valid until ${notAfter.slice(0, 10)}`;
  if (error?.type === 'cancelled') return `The request for ${name} was cancelled. Nothing was changed.`;
  if (status === 'failed') return `${name}: ${error?.detail ?? 'it failed.'}`;
  if (dryRun === true)
    return `${name} would be issued: it was tried, and nothing was written. ${status === 'current' ? (reason ?? '') : ''}`.trim();
  if (status === 'current') return `${name} is not due yet. ${reason ?? ''}`.trim();
  const file = certificateFileOf(row);
  const place = file === undefined ? '' : ` is in ${displayPath(file)}`;
  return `The certificate for ${name}${place}${until}.${error ? ` ${error.detail}` : ''}`;
}
