import { type Disposable, type TextDocument, workspace } from 'vscode';

/** Counts the edits of all documents: what was computed from unsaved texts holds until the next one. */
export interface Edits extends Disposable {
  count(): number;
  /** Something else happened that counts as one. */
  add(): void;
}

/** @param dropped called with a document that was closed without being saved: from then on its file counts again */
export function countEdits(dropped: (document: TextDocument) => void): Edits {
  let count = 0;
  const unsaved = new Set<string>();
  const subscriptions = [
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // Logs are documents too.
      if (document.uri.scheme === 'output') return;
      // Of the first edit VS Code tells only afterwards, in an event without changes, that there is something to save.
      if (document.isDirty) unsaved.add(document.uri.toString());
      else unsaved.delete(document.uri.toString());
      if (contentChanges.length > 0) count++;
    }),
    workspace.onDidSaveTextDocument(({ uri }) => unsaved.delete(uri.toString())),
    workspace.onDidCloseTextDocument((document) => {
      if (unsaved.delete(document.uri.toString())) dropped(document);
    }),
  ];
  return {
    count: () => count,
    add: () => count++,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
