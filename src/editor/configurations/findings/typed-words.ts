import {
  type Disposable,
  type Position,
  type TextDocument,
  type TextDocumentContentChangeEvent,
  window,
  workspace,
} from 'vscode';
import { fileOf } from '../../uris.ts';
import { linesOfBlocks, type Typed, typedBy, wordAt } from './unfinished.ts';

export type TypedLookup = (file: string) => Typed | undefined;

interface Typing {
  readonly file: string;
  readonly document: TextDocument;
  at: Typed;
  /** Behind a text that came at once, such as a proposal: the cursor is within it where something is left to write. */
  readonly behind?: Position;
}

/**
 * What is being typed: nothing is said about the word until the cursor has left it, nor about the end of its directive until
 * the cursor has left the line, or the file is saved.
 */
export function createTypedWords(finished: (document: TextDocument) => void): Disposable & {
  readonly finish: (document: TextDocument) => void;
  readonly in: TypedLookup;
} {
  let typing: Typing | undefined;
  const finish = (document: TextDocument): void => {
    if (typing?.document !== document) return;
    typing = undefined;
    finished(document);
  };
  const subscriptions = [
    workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      const [change] = contentChanges;
      if (window.activeTextEditor?.document !== document || change === undefined) return;
      // Who undoes or redoes something writes nothing: what stands there then is meant.
      typing = contentChanges.length === 1 && reason === undefined ? typingBy(document, change) : undefined;
    }),
    window.onDidChangeTextEditorSelection(({ textEditor: { document, selection } }) => {
      if (typing?.document !== document) return;
      const { at } = typing;
      const { line, character } = selection.active;
      const further = behindClosingSign(typing, selection.active);
      if (further !== undefined) {
        typing.at = further;
        return;
      }
      const word = line === at.line ? wordAt(document.lineAt(line).text, character) : undefined;
      const isThere = at.word === undefined ? isOnLine(typing, selection.active) : word?.start === at.word.start;
      if (isThere) typing.at = { ...at, word: at.word && word };
      else finish(document);
    }),
    window.onDidChangeActiveTextEditor(() => typing && finish(typing.document)),
  ];
  return {
    finish,
    in(file) {
      if (typing?.file !== file) return undefined;
      const place = window.activeTextEditor?.selection.active;
      if (typing.behind === undefined) return withBlocks(typing);
      return place && isOnLine(typing, place) ? typing.at : undefined;
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function isOnLine({ at, behind }: Typing, place: Position): boolean {
  return place.line === at.line && !behind?.isEqual(place);
}

/** Behind a sign that the editor wrote, and that the same key steps over, one writes on. */
function behindClosingSign({ document, at }: Typing, { line, character }: Position): Typed | undefined {
  if (line !== at.line || character !== at.column + 1) return undefined;
  const { text } = document.lineAt(line);
  const sign = text.charAt(at.column);
  return /["')\]}>]/.test(sign) ? typedBy(sign, line, text, character) : undefined;
}

function withBlocks({ document, at }: Typing): Typed {
  let lines: ReadonlySet<number> | undefined;
  return {
    ...at,
    isInBlockOf(line) {
      lines ??= linesOfBlocks((each) => document.lineAt(each).text, at.line, at.column);
      return lines.has(line);
    },
  };
}

function typingBy(document: TextDocument, change: TextDocumentContentChangeEvent): Typing | undefined {
  const { text, range, rangeLength, rangeOffset } = change;
  const file = fileOf(document.uri);
  const indent = /^\r?\n([ \t]*)/.exec(text)?.[1];
  const line = range.start.line + (indent === undefined ? 0 : 1);
  const column = indent?.length ?? range.start.character + Math.min(text.length, 1);
  const at = rangeLength > 1 ? undefined : typedBy(text, line, document.lineAt(line).text, column);
  if (at !== undefined) return { file, document, at };
  if (text.length < 2 || !range.isSingleLine) return undefined;
  return { file, document, at: { line, column: -1 }, behind: document.positionAt(rangeOffset + text.length) };
}
