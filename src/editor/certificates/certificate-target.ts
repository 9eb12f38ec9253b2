import { type TextDocument, Uri, window } from 'vscode';
import { pemLanguage } from '../ids.ts';
import { fileOf } from '../uris.ts';
import type { CertificateNode } from './tree/node.ts';

/** Which file, and which certificate of it, counted from 0, a command is about. */
export interface CertificateTarget {
  readonly file: string;
  readonly index?: number;
}

/** What a menu handed over, else the active editor where it shows PEM, else a file that is asked for. */
export async function targetOf(target: unknown, question: string): Promise<CertificateTarget | undefined> {
  if (target instanceof Uri) return { file: fileOf(target) };
  const node = target as CertificateNode | undefined;
  if (node?.kind === 'certificate' || node?.kind === 'link') {
    return { file: node.certificate.file, index: node.certificate.index };
  }
  if (node !== undefined && 'file' in node) return { file: node.file };
  const active = window.activeTextEditor?.document;
  if (active !== undefined && isPem(active)) return { file: fileOf(active.uri) };
  const [chosen] = (await window.showOpenDialog({ title: question, openLabel: 'Choose' })) ?? [];
  return chosen && { file: fileOf(chosen) };
}

/** By its text, or by its name where there is no such text, as in an empty file. */
function isPem(document: TextDocument): boolean {
  if (document.languageId === pemLanguage) return true;
  return /-----BEGIN [A-Z0-9 ]+-----/.test(document.getText().slice(0, 100_000));
}
