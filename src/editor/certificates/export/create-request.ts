import { homedir } from 'node:os';
import { type Disposable, type LogOutputChannel, type QuickPickItem, type Uri, window, workspace } from 'vscode';
import type { NewRequest, RequestKey } from '../../../certificates/export/request.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import { baseName } from '../../../text/path.ts';
import { commands } from '../../ids.ts';
import { offerGitignore } from '../../issuance/request/gitignore.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { displayPath, fileOf, uriOf } from '../../uris.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import type { InspectionPanels } from '../panel/panel.ts';

interface Services {
  readonly host: Host;
  readonly panels: InspectionPanels;
  readonly log: LogOutputChannel;
}

const steps = 4;

/** `Create Key and CSR…`: for CAs that take a request by mail or in a form, where ACME is not spoken. */
export function registerRequestCreation(services: Services): Disposable {
  return registerCommand(commands.createRequest, async () => {
    try {
      await create(services);
    } catch (error) {
      await reportFailure(services.log, 'The key and request were not made', error);
    }
  });
}

async function create({ host, panels }: Services): Promise<void> {
  const answers = await runWizard(async (wizard) => {
    const names = await askForNames(wizard);
    const { key } = await wizard.pick(keys, {
      title: `Create key and CSR: key (2/${steps})`,
      placeHolder: 'Which kind of key?',
      ignoreFocusOut: true,
    });
    const subject = await askForSubject(wizard, names);
    const keyUri = await wizard.dialogue('Key file', () => askForKeyFile(names[0] ?? 'server', host));
    return { names, key, subject, keyUri };
  });
  if (answers === undefined) return;
  const { keyUri, ...wanted } = answers;
  const keyFile = fileOf(keyUri);
  const requestFile = requestFileOf(keyFile);
  const { createRequest } = await import('../../../certificates/export/request.ts');
  const made = await createRequest(wanted);
  if (!(await confirmFindings(made, host))) return;
  const folder = workspace.getWorkspaceFolder(keyUri);
  if (folder !== undefined) await offerGitignore(fileOf(folder.uri), keyFile);
  const { writeAtomic } = await import('../../../acme/store/atomic.ts');
  await writeAtomic(keyUri.fsPath, made.privateKey, 0o600);
  await writeAtomic(uriOf(requestFile).fsPath, made.request, 0o644);
  await panels.showFile(requestFile);
  void window.showInformationMessage(
    `Send ${displayPath(requestFile)} to the CA. ${displayPath(keyFile)} stays with you: only you may read it.`,
  );
}

async function askForNames(wizard: Wizard): Promise<readonly string[]> {
  const { readNames } = await import('../../issuance/request/request-wizard.ts');
  const { publicNameFault } = await import('../../../certificates/lint/internal-names.ts');
  const { InputBoxValidationSeverity } = await import('vscode');
  const text = await wizard.input({
    title: `Create key and CSR: names (1/${steps})`,
    prompt: 'Domain names and addresses, separated by spaces.',
    placeHolder: 'example.com www.example.com',
    ignoreFocusOut: true,
    validateInput: (value) => {
      const { names, problem } = readNames(value);
      if (problem !== undefined) return problem;
      for (const name of names) {
        const fault = publicNameFault(name);
        const message = `${name} ${fault}: a public CA must refuse it, a private one need not.`;
        if (fault !== undefined) return { message, severity: InputBoxValidationSeverity.Warning };
      }
      return undefined;
    },
  });
  return readNames(text).names;
}

const keys: readonly (QuickPickItem & { readonly key: RequestKey })[] = [
  { label: 'ECDSA P-256', description: 'Small and quick; every CA and client takes it', key: 'ecdsa-p256' },
  { label: 'RSA 2048', description: 'For clients and devices of before 2012', key: 'rsa-2048' },
  { label: 'ECDSA P-384', description: 'Where a rule asks for it', key: 'ecdsa-p384' },
  { label: 'RSA 3072', description: 'Where a rule asks for it', key: 'rsa-3072' },
  { label: 'RSA 4096', description: 'Handshakes cost the server seven times as much as with 2048', key: 'rsa-4096' },
];

async function askForSubject(wizard: Wizard, names: readonly string[]): Promise<string> {
  const { loadSubjectCheck } = await import('../../../certificates/export/request.ts');
  const isSubject = await loadSubjectCheck();
  return wizard.input({
    title: `Create key and CSR: subject (3/${steps})`,
    prompt: 'As the CA asks for it. Public CAs that check domains alone keep nothing of it; it may be empty.',
    placeHolder: 'CN=example.com,O=Example Ltd,C=DE',
    value: `CN=${names[0]}`,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === '' || isSubject(value) ? undefined : 'Write pairs such as CN=example.com,O=Example Ltd,C=DE.',
  });
}

/** Undefined where nobody chose one. A key that is overwritten is lost, and so is every certificate for it. */
async function askForKeyFile(name: string, host: Host): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  let proposed = uriOf(`${folder === undefined ? homedir() : fileOf(folder.uri)}/${fileNameOf(name)}`);
  for (;;) {
    const chosen = await window.showSaveDialog({
      title: `Create key and CSR: key file (4/${steps})`,
      saveLabel: 'Create',
      filters: { 'Private key': ['key', 'pem'] },
      defaultUri: proposed,
    });
    const fault = chosen && (await faultOf(chosen, host));
    if (chosen === undefined || fault === undefined) return chosen;
    if (chosen.scheme === 'file') proposed = chosen;
    void window.showWarningMessage(fault);
  }
}

/** Why no key can be written there, and what to do instead. */
async function faultOf(uri: Uri, { files }: Host): Promise<string | undefined> {
  const file = fileOf(uri);
  if (uri.scheme !== 'file')
    return `${baseName(file)} would not lie on a disk, where a key can be kept from others. Choose a folder of this machine.`;
  for (const path of [file, requestFileOf(file)]) {
    const info = await files.stat(path);
    if (isUnreadable(info) && info.error === 'missing') continue;
    return `${baseName(path)} exists already and is never overwritten. Choose another name, or move it away.`;
  }
  return undefined;
}

function fileNameOf(name: string): string {
  return `${name.replace(/^\*\./, 'wildcard.').replaceAll(':', '-')}.key`;
}

function requestFileOf(keyFile: string): string {
  return `${keyFile.replace(/\.(key|pem)$/, '')}.csr`;
}

/** What a public CA will refuse is said before anything is written. */
async function confirmFindings({ request }: NewRequest, host: Host): Promise<boolean> {
  const { readPem } = await import('../../../certificates/objects.ts');
  const { lintRequest } = await import('../../../certificates/lint/request.ts');
  const [object] = readPem(request, host.crypto).objects;
  const findings = object?.kind === 'request' ? lintRequest(object.request) : [];
  if (findings.length === 0) return true;
  const detail = findings.map(({ message }) => message).join('\n\n');
  const go = 'Create Anyway';
  return (await window.showWarningMessage('A public CA will refuse this request.', { modal: true, detail }, go)) === go;
}
