import {
  type Disposable,
  Disposable as Disposables,
  type DocumentSelector,
  languages as editorLanguages,
  type TextDocument,
  type TextEditor,
  window,
} from 'vscode';

/** Sees to it that an editor has its lenses where VS Code forgets to ask for them, or loses what it was told. */
export interface MissedLenses extends Disposable {
  /** Somebody has asked for this document's lenses. */
  asked(document: TextDocument): void;
  /** Looks, after a moment, whether a text is shown of which nobody has asked. */
  look(): void;
}

/** Milliseconds in which editors ask for lenses and draw them. */
const drawing = 1_500;

export function watchForMissedLenses(selector: DocumentSelector, askAgain: () => void): MissedLenses {
  const { asked, look, dispose } = watchForMissed(selector, askAgain);
  const disposables = Disposables.from({ dispose }, watchEditors(selector, askAgain));
  return { asked, look: () => look(), dispose: () => disposables.dispose() };
}

/**
 * VS Code loses the lenses of an editor that is split, or has another opened beside it, before they are drawn: it drops what
 * was told, or never asks, until that editor gets the keyboard. So whenever one more is seen, all are asked about once more.
 */
function watchEditors(selector: DocumentSelector, askAgain: () => void): Disposable {
  let seen = window.visibleTextEditors.length;
  return window.onDidChangeVisibleTextEditors((editors) => {
    const isOneMore = editors.length > Math.max(seen, 1);
    seen = editors.length;
    if (isOneMore && editors.some(({ document }) => editorLanguages.match(selector, document) > 0))
      setTimeout(askAgain, drawing);
  });
}

/**
 * VS Code forgets to ask for an editor's lenses where the keyboard goes elsewhere (to the list of problems, the terminal)
 * within the pause that it makes before. Who has not been asked about a text that is shown says that there are others, which
 * makes VS Code ask whatever has the keyboard.
 */
function watchForMissed(selector: DocumentSelector, askAgain: () => void) {
  const lastAsked = new WeakMap<TextDocument, number>();
  let timer: NodeJS.Timeout | undefined;
  const isMissed = ({ document }: TextEditor): boolean =>
    lastAsked.get(document) !== document.version && editorLanguages.match(selector, document) > 0;
  const look = (attempts = 3): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (attempts === 0 || !window.visibleTextEditors.some(isMissed)) return;
      askAgain();
      look(attempts - 1);
    }, drawing);
  };
  const listener = window.onDidChangeVisibleTextEditors(() => look());
  return {
    asked: (document: TextDocument) => void lastAsked.set(document, document.version),
    look,
    dispose: () => {
      clearTimeout(timer);
      listener.dispose();
    },
  };
}
