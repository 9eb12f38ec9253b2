import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages as editorLanguages,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { Language } from '../../../languages/language.ts';
import { diagnosticSource } from '../../ids.ts';
import { documentsWithFindings, languageOf } from '../workspace/documents.ts';
import { rulePageLink } from './rule-pages.ts';

const rule = 'unexpected-token';

/**
 * What a file begins with, or is written in, the editor keeps from everybody who asks for its text, and the server stumbles over
 * it all the same.
 */
export function registerEncodings(): Disposable[] {
  const collection = editorLanguages.createDiagnosticCollection(`${diagnosticSource}-encoding`);
  const refresh = async (document: TextDocument): Promise<void> => {
    const server = describe(document) === undefined ? undefined : await languageOf(document);
    // What a project's own programs read, they read in any encoding.
    const message = server?.home === undefined ? undefined : describe(document, server);
    if (document.isClosed || message === undefined) collection.delete(document.uri);
    else collection.set(document.uri, [toDiagnostic(message, document)]);
  };
  for (const document of workspace.textDocuments) void refresh(document);
  return [
    collection,
    workspace.onDidOpenTextDocument(refresh),
    // Also of another encoding VS Code tells by such an event.
    workspace.onDidChangeTextDocument(({ document }) => refresh(document)),
    workspace.onDidSaveTextDocument(refresh),
    workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    editorLanguages.registerCodeActionsProvider(
      documentsWithFindings,
      {
        provideCodeActions: (document, range) =>
          fixes(
            document,
            collection.get(document.uri)?.filter((found) => found.range.intersection(range)),
          ),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  ];
}

/** Undefined where the file is as servers read it, or not on a disk yet. */
function describe({ encoding, uri }: TextDocument, language?: Pick<Language, 'name'>): string | undefined {
  if (uri.scheme === 'untitled') return undefined;
  const name = language?.name ?? '';
  if (encoding === 'utf8bom')
    return `The file begins with a byte order mark: ${name} reads it as part of the first directive’s name. Save the file as UTF-8 without it.`;
  if (/^utf16/.test(encoding)) return `The file is written in UTF-16, which ${name} does not read. Save it as UTF-8.`;
  return undefined;
}

function toDiagnostic(message: string, document: TextDocument): Diagnostic {
  const { range } = document.lineAt(0);
  const diagnostic = new Diagnostic(
    document.getWordRangeAtPosition(range.start, /\S+/) ?? range,
    message,
    DiagnosticSeverity.Error,
  );
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: rule, target: rulePageLink(rule) };
  return diagnostic;
}

/** The file is written anew: no edit of a text can say how it is encoded. */
function fixes(document: TextDocument, found: readonly Diagnostic[] = []): CodeAction[] {
  return found.map((diagnostic) => {
    const mark = document.encoding === 'utf8bom' ? ' without the byte order mark' : '';
    const action = new CodeAction(`Save as UTF-8${mark}`, CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = true;
    action.edit = new WorkspaceEdit();
    action.edit.createFile(document.uri, { overwrite: true, contents: new TextEncoder().encode(document.getText()) });
    return action;
  });
}
