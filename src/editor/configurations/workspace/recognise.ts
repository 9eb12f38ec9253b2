import { Disposable, languages as editorLanguages, type TextDocument, workspace } from 'vscode';
import { settings } from '../../ids.ts';
import { readSetting } from '../../settings.ts';
import { languageShown } from './documents.ts';

/**
 * Gives a configuration that VS Code opened as properties, INI, plain text or that of the other server its language, once,
 * so that it is coloured too. Whoever chooses another language for it afterwards keeps theirs until it is closed, and the
 * findings.
 */
export function registerRecognition(): Disposable {
  const seen = new Set<string>();
  /** What is opened empty says what it is as somebody writes it. */
  const blank = new Set<string>();
  const recognise = async (document: TextDocument): Promise<void> => {
    const key = document.uri.toString();
    if (seen.has(key)) return;
    if (document.isUntitled || isBlank(document)) blank.add(key);
    if (!readSetting(settings.recogniseConfigurations, true, document.uri)) return;
    const known = (await languageShown(document))?.editorLanguages;
    const id = known?.[0];
    if (id === undefined || document.isClosed || seen.has(key)) return;
    // Also where VS Code knew it: from then on another language is somebody's choice.
    seen.add(key);
    if (known?.includes(document.languageId)) return;
    await editorLanguages.setTextDocumentLanguage(document, id);
  };
  for (const document of workspace.textDocuments) void recognise(document);
  return Disposable.from(
    workspace.onDidOpenTextDocument(recognise),
    workspace.onDidChangeTextDocument(({ document }) => blank.has(document.uri.toString()) && recognise(document)),
    workspace.onDidCloseTextDocument(({ uri }) => {
      // Another language closes a document and opens it at once; one that is really closed is opened as VS Code calls it.
      setTimeout(() => {
        if (workspace.textDocuments.some((open) => open.uri.toString() === uri.toString())) return;
        seen.delete(uri.toString());
        blank.delete(uri.toString());
      });
    }),
  );
}

function isBlank(document: TextDocument): boolean {
  // The text of a large file is not built for that.
  return document.lineCount < 10 && document.getText().trim() === '';
}
