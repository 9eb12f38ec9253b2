import { type Disposable, languages, type TextDocument, TextDocumentSaveReason, workspace } from 'vscode';
import { maximumFileSize } from '../../../analysis/project/decode.ts';
import { lengthOf, servedDocuments } from '../workspace/documents.ts';

export interface Baseline {
  readonly text: string;
  readonly since: 'opened' | 'saved';
}

/** The texts that edits are compared with. */
export interface Baselines extends Disposable {
  /** Undefined for what was never a file, and for files that are not analysed. */
  of(document: TextDocument): Promise<Baseline | undefined>;
}

/**
 * Each document as it was opened, or as somebody last saved it. Where VS Code saves by itself after a pause, what lies on the
 * disk is the text itself a second later, and no comparison would last.
 */
export function createBaselines(): Baselines {
  const known = new WeakMap<TextDocument, Promise<Baseline | undefined>>();
  const savedByItself = new WeakSet<TextDocument>();
  /**
   * Texts that changed and left nothing to save: another program wrote the file, or the edits were thrown away. That of a key
   * press looks alike until VS Code tells, right after it, that there is something to save; and undoing says what it is.
   */
  const readAnew = new WeakMap<TextDocument, string>();
  const isKept = (document: TextDocument): boolean =>
    languages.match(servedDocuments, document) > 0 && !document.isUntitled && lengthOf(document) <= maximumFileSize;
  const keep = (document: TextDocument, since: Baseline['since']): void => {
    if (isKept(document)) known.set(document, Promise.resolve({ text: document.getText(), since }));
  };
  const acceptReadAnew = (document: TextDocument): void => {
    const text = readAnew.get(document);
    if (text !== undefined && isKept(document)) known.set(document, Promise.resolve({ text, since: 'opened' }));
    readAnew.delete(document);
  };
  const open = (document: TextDocument): void => {
    // Another language for an open document closes and opens it.
    if (known.has(document)) return;
    // What was not saved in the last window comes back as it was left.
    if (document.isDirty && isKept(document)) known.set(document, readSaved(document));
    else keep(document, 'opened');
  };
  for (const document of workspace.textDocuments) open(document);
  const subscriptions = [
    workspace.onDidOpenTextDocument(open),
    workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      if (contentChanges.length === 0) {
        if (document.isDirty) readAnew.delete(document);
      } else if (!document.isDirty && reason === undefined) {
        acceptReadAnew(document);
        readAnew.set(document, document.getText());
      }
    }),
    workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (reason === TextDocumentSaveReason.Manual) savedByItself.delete(document);
      else savedByItself.add(document);
    }),
    workspace.onDidSaveTextDocument((document) => {
      if (savedByItself.delete(document)) return;
      readAnew.delete(document);
      keep(document, 'saved');
    }),
  ];
  return {
    of: async (document) => {
      acceptReadAnew(document);
      return known.get(document);
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

async function readSaved({ uri }: TextDocument): Promise<Baseline | undefined> {
  try {
    return { text: new TextDecoder().decode(await workspace.fs.readFile(uri)), since: 'saved' };
  } catch {
    return undefined;
  }
}
