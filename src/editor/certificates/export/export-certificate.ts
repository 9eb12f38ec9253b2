import {
  type Disposable,
  commands as editorCommands,
  type LogOutputChannel,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { baseName, folderOf } from '../../../text/path.ts';
import { commands } from '../../ids.ts';
import { offerGitignore } from '../../issuance/request/gitignore.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { displayPath, fileOf, uriOf } from '../../uris.ts';
import { targetOf } from '../certificate-target.ts';
import type { InspectServices } from '../panel/inspect-file.ts';
import type { CertificateTarget } from '../pick-certificate.ts';

type Services = Pick<InspectServices, 'host' | 'store'> & { readonly log: LogOutputChannel };

/** `Export and Convert…`: a certificate, its chain or its key in another format. */
export function registerExport(services: Services): Disposable {
  return registerCommand(commands.exportCertificate, async (target?: unknown) => {
    const chosen = await targetOf(target, 'Export certificate', services);
    if (chosen === undefined) return;
    try {
      await exportFrom(chosen, services);
    } catch (error) {
      await reportFailure(services.log, `${baseName(chosen.file)} was not exported`, error);
    }
  });
}

async function exportFrom(target: CertificateTarget, services: Services): Promise<void> {
  const { openSource } = await import('./source.ts');
  const { encodeAs, formatsFor } = await import('./formats.ts');
  const source = await openSource(target, services);
  if (source === undefined) return;
  const name = baseName(source.file);
  const items = formatsFor(source).map((format) => ({ ...format, description: `.${format.extension}` }));
  const format = await window.showQuickPick(items, {
    title: `Export ${name} as`,
    placeHolder: 'In which format?',
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (format === undefined) return;
  const bytes = await encodeAs(format.id, source, services.host);
  if (bytes === undefined) return;
  const stem = `${folderOf(source.file)}/${name.replace(/\.[^.]*$/, '')}`;
  const extensions = { [format.label]: [format.extension] };
  const defaultUri = uriOf(`${stem}${format.suffix}.${format.extension}`);
  const saved = await window.showSaveDialog({
    title: 'Export to',
    saveLabel: 'Export',
    defaultUri,
    filters: extensions,
  });
  if (saved === undefined) return;
  await write(saved, bytes, format.holdsKey);
  const shown = await window.showInformationMessage(`Exported to ${displayPath(fileOf(saved))}.`, 'Inspect');
  if (shown === 'Inspect') await editorCommands.executeCommand(commands.inspectCertificate, saved);
}

/** What holds a key is readable by its owner alone, from its first byte. */
async function write(uri: Uri, bytes: Uint8Array, holdsKey: boolean): Promise<void> {
  if (uri.scheme !== 'file') return workspace.fs.writeFile(uri, bytes);
  const folder = workspace.getWorkspaceFolder(uri);
  if (holdsKey && folder !== undefined) await offerGitignore(folder.uri.fsPath, fileOf(uri));
  const { writeAtomic } = await import('../../../acme/store/atomic.ts');
  await writeAtomic(uri.fsPath, bytes, holdsKey ? 0o600 : 0o644);
}
