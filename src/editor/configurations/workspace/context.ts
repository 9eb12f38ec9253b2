import { type Disposable, type TextDocument, type TextEditor, window, workspace } from 'vscode';
import { contextKeys } from '../../ids.ts';
import { createContextKey } from '../../register.ts';
import type { Analyses } from './analyses.ts';
import { heldIn, languageOf } from './documents.ts';

/** Tells `when` clauses whether the active editor shows a server's configuration, whatever VS Code calls its language, and whether any was checked. */
export function registerContext(analyses: Analyses): Disposable[] {
  const set = createContextKey<boolean>(contextKeys.configurationActive);
  const setChecked = createContextKey<boolean>(contextKeys.configurationChecked);
  const update = async (editor: TextEditor | undefined): Promise<void> => {
    const isConfiguration = editor !== undefined && (await showsServer(editor.document));
    if (editor === window.activeTextEditor) set(isConfiguration);
  };
  void update(window.activeTextEditor);
  return [
    window.onDidChangeActiveTextEditor(update),
    // A text that gets another language is opened anew, in the editor that it is in.
    workspace.onDidOpenTextDocument(() => update(window.activeTextEditor)),
    // A file is recognised when it is first analysed.
    analyses.onDidFinish(() => {
      setChecked(true);
      return update(window.activeTextEditor);
    }),
  ];
}

/** What a project keeps in its own folders is of no server that could be shown, tested or reloaded. */
async function showsServer(document: TextDocument): Promise<boolean> {
  const language = await languageOf(document);
  const languages = language === undefined ? (await heldIn(document)).map((held) => held.language) : [language];
  return languages.some(({ home }) => home !== undefined);
}
