import { TabInputText, type TextDocument, Uri, window } from 'vscode';
import type { Host } from '../../host/host.ts';
import { baseName } from '../../text/path.ts';
import { pemLanguage } from '../ids.ts';
import { fileOf } from '../uris.ts';
import type { Wizard } from '../wizard/wizard.ts';
import type { CertificateStore } from './certificate-store.ts';
import type { CertificateTarget } from './pick-certificate.ts';
import type { CertificateNode } from './tree/node.ts';

interface PickServices {
  readonly store: CertificateStore;
  readonly host: Host;
}

export interface ShownCertificates {
  /** The file whose panel the user works in, and the certificate chosen there; undefined in an editor, or the panel of a host. */
  active(): CertificateTarget | undefined;
}

/** What a menu handed over, else the active editor where it shows PEM, or the active tab, else one that is asked for. */
export async function targetOf(
  target: unknown,
  question: string,
  services: PickServices,
): Promise<CertificateTarget | undefined> {
  return givenTarget(target) ?? pick(question, services);
}

/** Of what is selected in the explorer, the files that are named like those of certificates and keys; none where it is one alone. */
export async function selectedFiles(selected: unknown): Promise<readonly string[]> {
  if (!Array.isArray(selected) || selected.length < 2) return [];
  const { isNamedLikeContainer } = await import('../../certificates/inventory/file.ts');
  return selected
    .filter((each) => each instanceof Uri)
    .map(fileOf)
    .filter((file) => isNamedLikeContainer(baseName(file)));
}

/** The same as one of several questions, about what a panel shows where the user works in one. */
export async function askForTarget(
  wizard: Wizard,
  target: unknown,
  question: string,
  services: PickServices & { readonly panels: ShownCertificates },
): Promise<CertificateTarget> {
  const known = givenTarget(target) ?? services.panels.active();
  return known ?? wizard.dialogue(question, () => pick(question, services));
}

async function pick(question: string, { store, host }: PickServices): Promise<CertificateTarget | undefined> {
  const { pickCertificate } = await import('./pick-certificate.ts');
  return pickCertificate(store, question, host.clock.now());
}

function givenTarget(target: unknown): CertificateTarget | undefined {
  if (target instanceof Uri) return { file: fileOf(target) };
  const node = target as CertificateNode | undefined;
  if (node?.kind === 'certificate' || node?.kind === 'link') {
    return { file: node.certificate.file, index: node.certificate.index };
  }
  if (node !== undefined && 'file' in node) return { file: node.file };
  const active = window.activeTextEditor?.document;
  if (active !== undefined) return isPem(active) ? { file: fileOf(active.uri) } : undefined;
  // Of what is no text VS Code shows a tab that says so, and no editor.
  const tab = window.tabGroups.activeTabGroup.activeTab?.input;
  return tab instanceof TabInputText && binaryContainer.test(tab.uri.path) ? { file: fileOf(tab.uri) } : undefined;
}

const binaryContainer = /\.(?:der|cer|crt|p12|pfx|p7[bcs]|jks|jceks|keystore|truststore)$/i;

/** By its text, or by its name where there is no such text, as in an empty file. */
function isPem(document: TextDocument): boolean {
  if (document.languageId === pemLanguage) return true;
  return /-----BEGIN [A-Z0-9 ]+-----/.test(document.getText().slice(0, 100_000));
}
