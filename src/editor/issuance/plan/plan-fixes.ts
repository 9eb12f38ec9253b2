import {
  CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Disposable,
  languages as editorLanguages,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { Files } from '../../../host/host.ts';
import { createDocument } from '../../../text/document.ts';
import { editorRange } from '../../convert.ts';
import { planFileName } from '../../ids.ts';
import { fileOf } from '../../uris.ts';
import { readProblems } from './plan-problems.ts';

/** Quick fixes for what is misspelt in a plan (keys, issuers, CAs, kinds of keys, rules), and for what it lacks. */
export function registerPlanFixes(files: Files): Disposable {
  return editorLanguages.registerCodeActionsProvider(
    { scheme: 'file', pattern: `**/${planFileName}` },
    {
      provideCodeActions: async (document, range, { diagnostics }) => {
        if (diagnostics.length === 0) return [];
        const fixes = await fixesOf(document, files);
        return fixes.flatMap(({ place, action, isFor }) => {
          if (place.intersection(range) === undefined) return [];
          action.diagnostics = diagnostics.filter(isFor);
          return action.diagnostics.length > 0 ? [action] : [];
        });
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

async function fixesOf(document: TextDocument, files: Files) {
  const { plan, problems } = await readProblems(document, files);
  const core = createDocument(fileOf(document.uri), document.getText());
  const misspelt = problems.flatMap(({ range, instead, message }) => {
    if (instead === undefined) return [];
    const place = editorRange(core, range);
    const action = new CodeAction(`Replace ${document.getText(place)} by ${instead}`, CodeActionKind.QuickFix);
    action.isPreferred = true;
    action.edit = new WorkspaceEdit();
    action.edit.replace(document.uri, place, instead);
    return [{ place, action, isFor: (diagnostic: Diagnostic) => diagnostic.message === message }];
  });
  const { planFixes } = await import('../../../acme/plan/mend.ts');
  const lacking = (await planFixes(core.text, plan)).map(({ code, range, title, edits }) => {
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.edit = new WorkspaceEdit();
    for (const edit of edits) action.edit.replace(document.uri, editorRange(core, edit.range), edit.newText);
    return { place: editorRange(core, range), action, isFor: (diagnostic: Diagnostic) => diagnostic.code === code };
  });
  return [...misspelt, ...lacking];
}
