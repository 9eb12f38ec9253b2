import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  type Range as EditorRange,
  languages as editorLanguages,
  Position,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { chooseSafeFixes } from '../../../analysis/fix.ts';
import type { Run } from '../../../analysis/run.ts';
import { toldAgain } from '../../../analysis/told-where-asked.ts';
import { applyEdits } from '../../../text/edit.ts';
import type { Fix } from '../../../text/finding.ts';
import { joinedStart } from '../../../text/lines.ts';
import { editorRange, replaceText, workspaceEdit } from '../../convert.ts';
import { commands, diagnosticSource, fixAllKind } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { fileOf, uriOf } from '../../uris.ts';
import { describeClients } from '../client-words.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { documentsOf } from '../workspace/views.ts';

const fixAll = CodeActionKind.SourceFixAll.append(fixAllKind);

/** Quick fixes for findings, all safe ones at once, and comments that silence a rule and say why. */
export function registerCodeActions(analyses: Analyses, now: () => Date): Disposable[] {
  const provider: CodeActionProvider = {
    async provideCodeActions(document, range, context) {
      const run = await analyses.run(document);
      if (run === undefined) return [];
      if (context.only?.contains(fixAll)) return fixAllActions(document, run, analyses);
      const found = findingsIn(document, run, range, context.diagnostics);
      return [
        ...(await fixActions(found, run, now())),
        // Below all that mends something.
        ...found.map(({ rule, diagnostic }) => suppressAction(rule, diagnostic, document)),
      ];
    },
  };
  return [
    editorLanguages.registerCodeActionsProvider(documentsWithFindings, provider, {
      providedCodeActionKinds: [CodeActionKind.QuickFix, fixAll],
      documentation: [
        {
          kind: CodeActionKind.QuickFix,
          command: { command: commands.showRulePage, title: 'Show Rule Page' },
        },
      ],
    }),
    registerCommand(commands.suppressFinding, suppress),
  ];
}

interface Shown {
  readonly rule: string;
  readonly fixes: readonly Fix[];
  readonly diagnostic: Diagnostic;
}

/** Findings that touch the range, each with the diagnostic that shows it. */
function findingsIn(
  document: TextDocument,
  run: Run,
  range: EditorRange,
  diagnostics: readonly Diagnostic[],
): readonly Shown[] {
  const file = fileOf(document.uri);
  const core = documentsOf(run)(file);
  if (core === undefined) return [];
  const shown: Shown[] = [];
  for (const finding of run.findings) {
    const isOwn = finding.location.file === file;
    const [told] = isOwn ? [finding] : toldAgain(finding, (asked) => asked === file);
    if (told === undefined) continue;
    const place = editorRange(core, told.location.range);
    if (place.intersection(range) === undefined) continue;
    const diagnostic = diagnostics.find(
      ({ source, code, range: at }) =>
        source === diagnosticSource && typeof code === 'object' && code.value === finding.rule && at.isEqual(place),
    );
    if (diagnostic === undefined) continue;
    // Many a fix is for one place alone; one that mends all of them belongs to each.
    const isHere = ({ edits }: Fix) => isOwn || edits.some((edit) => edit.file === file);
    shown.push({ rule: finding.rule, fixes: finding.fixes.filter(isHere), diagnostic });
  }
  return shown;
}

/** Each fix once: one line that mends two findings is one row of the menu. */
async function fixActions(found: readonly Shown[], run: Run, now: Date): Promise<readonly CodeAction[]> {
  // The editor asks wherever the cursor goes.
  if (found.every(({ fixes }) => fixes.length === 0)) return [];
  const titleOf = await withClients(run, now);
  const actions = new Map<string, CodeAction>();
  for (const { fixes, diagnostic } of found) {
    fixes.forEach((fix, index) => {
      const { title, edits, safe } = fix;
      const key = JSON.stringify([title, edits]);
      const action = actions.get(key) ?? new CodeAction(titleOf(fix), CodeActionKind.QuickFix);
      action.edit ??= workspaceEdit(edits, documentsOf(run));
      action.diagnostics = [...(action.diagnostics ?? []), diagnostic];
      action.isPreferred ||= index === 0 && safe;
      actions.set(key, action);
    });
  }
  return [...actions.values()];
}

/** Titles that say whom a fix would lock out or let in. A menu opens again and again while the text stays the same. */
async function withClients(run: Run, now: Date): Promise<(fix: Fix) => string> {
  const { clientsAfterFix } = await import('../../../analysis/endpoints/clients-after.ts');
  return (fix) => {
    let title = titles.get(fix);
    if (title === undefined) {
      const clients = clientsAfterFix(run, fix.edits, now);
      title = clients === undefined ? fix.title : `${fix.title} (${describeClients(clients)})`;
      titles.set(fix, title);
    }
    return title;
  };
}

const titles = new WeakMap<Fix, string>();

/** More rounds than this would mean that two fixes undo each other. */
const maximumRounds = 5;

/**
 * All safe fixes of a document as one edit. A fix may uncover what another mistake had hidden, or wait for one that touches
 * the same place, so rounds go on until none is left.
 */
async function fixAllActions(document: TextDocument, first: Run, analyses: Analyses): Promise<CodeAction[]> {
  const file = fileOf(document.uri);
  const before = document.getText();
  let text = before;
  let count = 0;
  let run: Run | undefined = first;
  for (let round = 0; round < maximumRounds && run !== undefined; round++) {
    const own = run.findings.filter(({ location }) => location.file === file);
    const chosen = chooseSafeFixes(own).filter(({ fix }) => fix.edits.every((edit) => edit.file === file));
    if (chosen.length === 0) break;
    text = applyEdits(
      text,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    count += chosen.length;
    run = await analyses.preview(document, text);
  }
  if (text === before) return [];
  const action = new CodeAction(`Fix all safe TLS findings (${count})`, fixAll);
  action.edit = replaceText(document.uri, before, text);
  return [action];
}

function suppressAction(rule: string, diagnostic: Diagnostic, document: TextDocument): CodeAction {
  const action = new CodeAction(`Silence ${rule} here…`, CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = {
    command: commands.suppressFinding,
    title: action.title,
    arguments: [fileOf(document.uri), diagnostic.range.start.line, rule],
  };
  return action;
}

/** Asks for the reason and writes the comment above the line; a second rule joins a comment that is there already. */
async function suppress(file: string, found: number, rule: string): Promise<void> {
  const reason = await window.showInputBox({
    title: `Silence ${rule} on this line`,
    prompt: 'Why is it right here? The next reader sees this beside the line.',
    placeHolder: 'Clients of the old scanner need it until 2027',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? 'Write a short reason.' : undefined),
  });
  if (reason === undefined) return;
  const document = await workspace.openTextDocument(uriOf(file));
  const edit = new WorkspaceEdit();
  // Between lines that a backslash joins a comment would be a part of them.
  const { line } = document.positionAt(joinedStart(document.getText(), document.offsetAt(new Position(found, 0))));
  const above = line === 0 ? '' : document.lineAt(line - 1).text;
  const existing = /^(\s*#\s*tls-workbench-disable-next-line\s+.*?)(\s+--\s.*)?$/.exec(above);
  if (existing?.[1] === undefined) {
    const indent = /^\s*/.exec(document.lineAt(line).text)?.[0] ?? '';
    const text = `${indent}# tls-workbench-disable-next-line ${rule} -- ${oneLine(reason)}\n`;
    edit.insert(document.uri, document.lineAt(line).range.start, text);
  } else {
    const reasons = [existing[2]?.trim().slice(2).trim(), oneLine(reason)].filter(Boolean).join('; ');
    edit.replace(document.uri, document.lineAt(line - 1).range, `${existing[1]} ${rule} -- ${reasons}`);
  }
  await workspace.applyEdit(edit);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
