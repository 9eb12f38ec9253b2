import {
  type Disposable,
  Position,
  SnippetString,
  type TextDocument,
  type TextDocumentContentChangeEvent,
  window,
  workspace,
} from 'vscode';
import { languageIds } from '../../ids.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { projectAt } from '../workspace/views.ts';

/** Whoever opens a section by hand gets its closing tag with the new line, and goes on between the two. */
export function registerClosingTags(analyses: Analyses): Disposable {
  const close = async (document: TextDocument, line: number): Promise<void> => {
    const { version } = document;
    const position = new Position(line, document.lineAt(line).text.length);
    const place = projectAt(await analyses.projects(document), document.uri, position);
    const tag = place?.found.language.closing?.(place.view.parsed, place.view.offset);
    const editor = window.activeTextEditor;
    if (tag === undefined || editor?.document !== document || document.version !== version) return;
    if (!editor.selection.isEmpty || !editor.selection.active.isEqual(position)) return;
    const [indent] = /^\s*/.exec(document.lineAt(line - 1).text) ?? [''];
    const blanks = document.lineAt(line).range;
    // The blanks too: VS Code takes those that it has written itself away from a line that nothing else is written in.
    const snippet = new SnippetString(document.getText(blanks)).appendTabstop(0).appendText(`\n${indent}${tag}`);
    // One step back takes the line and the tag.
    const options = { undoStopBefore: false, undoStopAfter: false, keepWhitespace: true };
    await editor.insertSnippet(snippet, blanks, options);
  };
  return workspace.onDidChangeTextDocument(({ document, contentChanges: [change, other], reason }) => {
    if (document.languageId !== languageIds.apache || reason !== undefined) return;
    if (change === undefined || other !== undefined || !isNewLine(change)) return;
    const { line } = change.range.start;
    if (window.activeTextEditor?.document !== document || !openingTag.test(document.lineAt(line).text)) return;
    void close(document, line + 1);
  });
}

const openingTag = /^\s*<(?!\/).*>\s*$/;

function isNewLine({ range, text }: TextDocumentContentChangeEvent): boolean {
  return range.isEmpty && /^\r?\n[ \t]*$/.test(text);
}
