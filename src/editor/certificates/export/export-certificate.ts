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
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import { askForTarget, type ShownCertificates } from '../certificate-target.ts';
import type { InspectServices } from '../panel/inspect-file.ts';
import type { CertificateTarget } from '../pick-certificate.ts';

type Services = Pick<InspectServices, 'host' | 'store'> & {
  readonly panels: ShownCertificates;
  readonly log: LogOutputChannel;
};

/** `Export and Convert…`: a certificate, its chain or its key in another format. */
export function registerExport(services: Services): Disposable {
  return registerCommand(commands.exportCertificate, async (given?: unknown) => {
    let file: string | undefined;
    try {
      const asked = await runWizard(async (wizard) => {
        const target = await askForTarget(wizard, given, 'Export certificate', services);
        file = target.file;
        return askHow(wizard, target, services);
      });
      if (asked !== undefined) await exportTo(asked);
    } catch (error) {
      const what = file === undefined ? 'The certificate' : baseName(file);
      await reportFailure(services.log, `${what} was not exported`, error);
    }
  });
}

interface Exported {
  readonly bytes: Uint8Array;
  readonly holdsKey: boolean;
  readonly uri: Uri;
}

async function askHow(wizard: Wizard, target: CertificateTarget, services: Services): Promise<Exported> {
  const { openSource } = await import('./source.ts');
  const { encodeAs, formatsFor } = await import('./formats.ts');
  const source = await openSource(wizard, target, services);
  const name = baseName(source.file);
  const items = formatsFor(source).map((format) => ({ ...format, description: `.${format.extension}` }));
  const format = await wizard.pick(items, {
    title: `Export ${source.title} as`,
    placeHolder: 'In which format?',
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  const bytes = await encodeAs(wizard, format.id, source, services.host);
  const stem = `${folderOf(source.file)}/${name.replace(/\.[^.]*$/, '')}`;
  const uri = await wizard.dialogue('Export to', () =>
    window.showSaveDialog({
      title: 'Export to',
      saveLabel: 'Export',
      defaultUri: uriOf(`${stem}${format.suffix}.${format.extension}`),
      filters: { [format.label]: [format.extension] },
    }),
  );
  return { bytes, holdsKey: format.holdsKey, uri };
}

async function exportTo({ uri, bytes, holdsKey }: Exported): Promise<void> {
  await write(uri, bytes, holdsKey);
  const shown = await window.showInformationMessage(`Exported to ${displayPath(fileOf(uri))}.`, 'Inspect');
  if (shown === 'Inspect') await editorCommands.executeCommand(commands.inspectCertificate, uri);
}

/** What holds a key is readable by its owner alone, from its first byte. */
async function write(uri: Uri, bytes: Uint8Array, holdsKey: boolean): Promise<void> {
  if (uri.scheme !== 'file') return workspace.fs.writeFile(uri, bytes);
  const folder = workspace.getWorkspaceFolder(uri);
  if (holdsKey && folder !== undefined) await offerGitignore(fileOf(folder.uri), fileOf(uri));
  const { writeAtomic } = await import('../../../acme/store/atomic.ts');
  await writeAtomic(uri.fsPath, bytes, holdsKey ? 0o600 : 0o644);
}
