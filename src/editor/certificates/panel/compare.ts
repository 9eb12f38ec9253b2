import { execFile } from 'node:child_process';
import { window, workspace } from 'vscode';
import type { Certificate } from '../../../certificates/certificate.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import type { ComparisonView, PanelAction } from '../../../protocol/inspection.ts';
import { baseName, folderOf } from '../../../text/path.ts';
import { displayPath } from '../../uris.ts';
import type { CertificateStore } from '../certificate-store.ts';
import { describeRemaining, titleWithCount } from '../tree/model.ts';

/** The certificate that the panel's own is compared with. */
export interface Compared {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Asks for the other certificate: a file of the workspace, or the committed state of the same file. */
export async function chooseComparison(
  action: PanelAction,
  file: string | undefined,
  host: Host,
  store: CertificateStore,
): Promise<Compared | undefined> {
  if (file === undefined) return undefined;
  return action === 'compareWithCommitted' ? committed(file) : chooseFile(file, host, store);
}

async function chooseFile(file: string, host: Host, store: CertificateStore): Promise<Compared | undefined> {
  const items = store.certificates
    .filter((certificate) => certificate.file !== file)
    .map((certificate) => ({
      label: titleWithCount(certificate.summary),
      description: describeRemaining(certificate.summary.notAfter, host.clock.now()),
      detail: displayPath(certificate.file),
      file: certificate.file,
    }));
  const picked = await window.showQuickPick(items, {
    title: `Compare ${baseName(file)}`,
    placeHolder: 'With which certificate?',
    matchOnDetail: true,
  });
  if (picked === undefined) return undefined;
  const bytes = await host.files.read(picked.file);
  if (!isUnreadable(bytes)) return { label: displayPath(picked.file), bytes };
  void window.showWarningMessage(`${bytes.message}.`);
  return undefined;
}

/** The file as the last commit has it. */
async function committed(file: string): Promise<Compared | undefined> {
  if (!workspace.isTrusted) {
    void window.showWarningMessage('git runs only in a trusted workspace. Trust it, then compare again.');
    return undefined;
  }
  const args = ['-C', folderOf(file), 'show', `HEAD:./${baseName(file)}`];
  return new Promise((resolve) => {
    execFile('git', args, { encoding: 'buffer', timeout: 10_000, maxBuffer: 16 * 1_048_576 }, (error, stdout) => {
      if (error === null) return resolve({ label: 'the last commit', bytes: stdout });
      void window.showWarningMessage(
        `${baseName(file)} is in no commit of git yet, so there is nothing to compare it with.`,
      );
      resolve(undefined);
    });
  });
}

/** The differences in meaning, as the panel shows them. `before` is the other certificate. */
export async function comparisonOf(before: Certificate, after: Certificate, label: string): Promise<ComparisonView> {
  const { compareCertificates } = await import('../../../certificates/compare.ts');
  const differences = compareCertificates(before, after);
  const breaks = differences.filter((difference) => difference.breaks);
  const sentence =
    differences.length === 0
      ? 'They mean the same: names, issuer, key and extensions are equal.'
      : breaks.length === 0
        ? 'Nothing that clients rely on is lost.'
        : breaks.map(({ message }) => message).join(' ');
  return {
    with: label,
    sentence,
    rows: differences.map(({ field, before: old, after: now }) => ({ label: field, before: old, after: now })),
  };
}
