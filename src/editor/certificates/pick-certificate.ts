import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { baseName } from '../../text/path.ts';
import { displayPath, fileOf } from '../uris.ts';
import type { CertificateStore } from './certificate-store.ts';
import { describeRemaining, type FoundCertificate, titleOf } from './tree/model.ts';

/** Which file, and which certificate of it, counted from 0, a command is about. */
export interface CertificateTarget {
  readonly file: string;
  readonly index?: number | undefined;
}

interface Item extends QuickPickItem {
  readonly target?: CertificateTarget;
}

/** Asks for one of the workspace's certificates, in the order in which they end, or for any file; undefined where nobody chooses. */
export function pickCertificate(
  store: CertificateStore,
  question: string,
  now: Date,
): Promise<CertificateTarget | undefined> {
  if (store.state === 'no-folder' || store.state === 'none-found') return chooseFile(question);
  return new Promise((resolve) => {
    const pick = window.createQuickPick<Item>();
    const fill = (): void => {
      pick.busy = store.state === 'scanning';
      pick.items = [...itemsOf(store.certificates, now), ...lockedIn(store), separator, anyFile];
    };
    pick.title = question;
    pick.placeholder = 'Certificate of the workspace, or another file';
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    const changes = store.onDidChange(fill);
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen === undefined) return;
      resolve(chosen === anyFile ? chooseFile(question) : chosen.target);
      pick.hide();
    });
    pick.onDidHide(() => {
      changes.dispose();
      pick.dispose();
      resolve(undefined);
    });
    store.start();
    fill();
    pick.show();
  });
}

const separator: Item = { label: '', kind: QuickPickItemKind.Separator };
const anyFile: Item = { label: '$(folder-opened) Choose a File…', alwaysShow: true };

function itemsOf(certificates: readonly FoundCertificate[], now: Date): readonly Item[] {
  return [...certificates]
    .sort((a, b) => a.summary.notAfter.getTime() - b.summary.notAfter.getTime())
    .map(({ file, index, summary }) => ({
      label: titleOf(summary),
      description: describeRemaining(summary.notAfter, now),
      detail: displayPath(file),
      target: { file, index },
    }));
}

/** Containers whose certificates nobody sees without the password, which is asked for once they are chosen. */
function lockedIn({ unreadable }: CertificateStore): readonly Item[] {
  return unreadable
    .filter(({ locked }) => locked === true)
    .map(({ file }) => ({
      label: baseName(file),
      description: 'protected by a password',
      detail: displayPath(file),
      target: { file },
    }));
}

async function chooseFile(question: string): Promise<CertificateTarget | undefined> {
  const [chosen] = (await window.showOpenDialog({ title: question, openLabel: 'Choose' })) ?? [];
  return chosen && { file: fileOf(chosen) };
}
