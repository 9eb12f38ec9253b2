import { type Disposable, env, window } from 'vscode';
import type { Host } from '../../../host/host.ts';
import { commands } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import type { CertificateStore } from '../certificate-store.ts';
import type { CertificateNode } from '../tree/node.ts';

/** `Copy As…` of the tree: what the panel offers, without opening it. */
export function registerCopying(host: Host, store: CertificateStore): Disposable {
  return registerCommand(commands.copyCertificateAs, async (node?: CertificateNode) => {
    if (node?.kind !== 'certificate' && node?.kind !== 'link') return;
    const { file, index, keyFile } = node.certificate;
    const { copier, readWhole } = await import('../panel/inspect-file.ts');
    const { copyChoices } = await import('../panel/objects.ts');
    const { readContainer } = await import('../../../certificates/container.ts');
    const items = copyChoices(true).map(({ as, label }) => ({ label, as }));
    const picked = await window.showQuickPick(items, { title: 'Copy as', placeHolder: 'In which form?' });
    if (picked === undefined) return;
    try {
      const content = await readContainer(file, await readWhole(file, host), host.crypto);
      const object = content.objects.flatMap(({ kind }, at) => (kind === 'certificate' ? [at] : []))[index];
      const copied = copier(content, { file, keyFile, now: host.clock.now() })(object ?? -1, picked.as);
      if (copied === undefined) {
        void store.refresh();
        void window.showWarningMessage(`${file} has changed, and the certificate is no longer there.`);
        return;
      }
      await env.clipboard.writeText(copied.text);
      window.setStatusBarMessage(`${copied.what} copied`, 3000);
    } catch (error) {
      void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
}
