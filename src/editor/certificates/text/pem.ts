import {
  CodeActionKind,
  type Disposable,
  EventEmitter,
  languages as editorLanguages,
  type TextDocument,
  workspace,
} from 'vscode';
import type { Host } from '../../../host/host.ts';
import { isFile } from '../../configurations/workspace/documents.ts';
import { diagnosticSource, pemLanguage } from '../../ids.ts';
import { watchForMissedLenses } from '../../missed-lenses.ts';
import type { CertificateStore } from '../certificate-store.ts';
import type { PemText } from './pem-features.ts';

const selector = [{ language: pemLanguage }, { pattern: '**/*.{pem,crt,cer,cert,key,csr,crl,p7b,p7c}' }];

type Features = typeof import('./pem-features.ts');

/**
 * PEM files stay text: a hover says which field the base64 under the cursor is, a lens above each block what it holds, and
 * what OpenSSL would refuse is underlined with its fix.
 */
export function registerPem(host: Host, store: CertificateStore): Disposable[] {
  const problems = editorLanguages.createDiagnosticCollection(`${diagnosticSource}-pem`);
  const timers = new Map<string, NodeJS.Timeout>();
  const lensesChanged = new EventEmitter<void>();
  const missed = watchForMissedLenses(selector, () => lensesChanged.fire());
  // The reader is loaded by the first PEM file that is opened.
  const withText = async <T>(document: TextDocument, use: (features: Features, text: PemText) => T) => {
    const features = await import('./pem-features.ts');
    const text = features.readPemText(document, host.crypto);
    return text && use(features, text);
  };
  const refresh = async (document: TextDocument): Promise<void> => {
    const found = await withText(document, ({ diagnosticsOf }, text) => diagnosticsOf(text));
    if (!document.isClosed) problems.set(document.uri, found ?? []);
  };
  const schedule = (document: TextDocument, delay: number): void => {
    // What a file was once can be read, and is no problem any more.
    if (editorLanguages.match(selector, document) === 0 || !isFile(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void refresh(document), delay),
    );
  };
  for (const document of workspace.textDocuments) schedule(document, 0);
  return [
    problems,
    lensesChanged,
    missed,
    store.onDidChange(() => lensesChanged.fire()),
    workspace.onDidOpenTextDocument((document) => schedule(document, 0)),
    workspace.onDidChangeTextDocument(({ document }) => schedule(document, 150)),
    workspace.onDidCloseTextDocument(({ uri }) => problems.delete(uri)),
    editorLanguages.registerHoverProvider(selector, {
      provideHover: (document, position) => withText(document, ({ hoverAt }, text) => hoverAt(text, position)),
    }),
    editorLanguages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses(document) {
        missed.asked(document);
        return withText(document, ({ lensesOf }, text) =>
          lensesOf(document, text, store.revocations, host.clock.now()),
        );
      },
    }),
    editorLanguages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) => withText(document, ({ foldingOf }, text) => foldingOf(text)),
    }),
    editorLanguages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: (document, range, { diagnostics }) =>
          withText(document, ({ actionsOf }, text) => actionsOf(document, text, range.start.line, diagnostics, host)),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
    ),
  ];
}
