import { WorkspaceEdit, workspace } from 'vscode';
import type { Certificate } from '../../../certificates/certificate.ts';
import { encodePem } from '../../../certificates/pem/armour.ts';
import { uriOf } from '../../uris.ts';
import type { OtherCertificate } from './input.ts';

/** Fetched intermediates: a root need not be sent, so it does not belong into a server's file. */
export function intermediatesOf(fetched: readonly OtherCertificate[]): readonly Certificate[] {
  return fetched.flatMap(({ certificate }) => (certificate.selfIssued ? [] : [certificate]));
}

/** Appends certificates to a PEM file as an edit that can be undone, and saves it. @throws Error where it cannot be written */
export async function appendToFile(file: string, certificates: readonly Certificate[]): Promise<void> {
  const document = await workspace.openTextDocument(uriOf(file));
  const text = document.getText();
  const end = document.positionAt(text.length);
  const blocks = certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join('');
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, end, `${lineEndOf(text)}${blocks}`);
  if (!(await workspace.applyEdit(edit)) || !(await document.save())) throw new Error(`${file} could not be written.`);
}

/** Nothing where the text ends with a line end already. */
function lineEndOf(text: string): string {
  return text === '' || text.endsWith('\n') ? '' : '\n';
}
