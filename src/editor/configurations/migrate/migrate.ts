import {
  CodeAction,
  CodeActionKind,
  ConfigurationTarget,
  type Disposable,
  languages as editorLanguages,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { Migration } from '../../../analysis/migration.ts';
import type { Run } from '../../../analysis/run.ts';
import { positionAt } from '../../../text/document.ts';
import type { Finding } from '../../../text/finding.ts';
import { baseName } from '../../../text/path.ts';
import { overlaps } from '../../../text/range.ts';
import { describeServer } from '../../../tls/target.ts';
import { offsetOf } from '../../convert.ts';
import { commands, section, settings } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { fileOf } from '../../uris.ts';
import { previewEdit } from '../preview-edit.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';
import { documentsOf } from '../workspace/views.ts';
import { askForVersions, type WantedVersions } from './versions.ts';

/** `TLS: Migrate to Version…`: what other versions have renamed, moved or dropped, changed after a look at it. */
export function registerMigration(analyses: Analyses): Disposable[] {
  return [
    registerCommand(commands.migrateConfiguration, async (uri?: Uri) => {
      const document = uri === undefined ? window.activeTextEditor?.document : await workspace.openTextDocument(uri);
      const run = document && (await analyses.run(document));
      const wanted = run && (await askForVersions(run));
      if (document !== undefined && run !== undefined && wanted !== undefined)
        await migrate(document, run, wanted, analyses);
    }),
    editorLanguages.registerCodeActionsProvider(
      servedDocuments,
      {
        async provideCodeActions(document, range) {
          const run = await analyses.run(document);
          const core = run && documentsOf(run)(fileOf(document.uri));
          if (run === undefined || core === undefined) return [];
          const { isOfVersions } = await import('../../../analysis/migration.ts');
          const place = { start: offsetOf(core, range.start), end: offsetOf(core, range.end) + 1 };
          const isHere = run.findings.some(
            (finding) =>
              finding.location.file === core.file && isOfVersions(finding) && overlaps(finding.location.range, place),
          );
          if (!isHere) return [];
          const action = new CodeAction('Migrate to another version…', CodeActionKind.RefactorRewrite);
          action.command = {
            command: commands.migrateConfiguration,
            title: action.title,
            arguments: [document.uri],
          };
          return [action];
        },
      },
      { providedCodeActionKinds: [CodeActionKind.RefactorRewrite] },
    ),
  ];
}

async function migrate(document: TextDocument, run: Run, wanted: WantedVersions, analyses: Analyses): Promise<void> {
  const { migrationOf } = await import('../../../analysis/migration.ts');
  const after = await analyses.preview(document, document.getText(), wanted.target);
  if (after === undefined) return;
  const { fixes, left } = migrationOf(run.findings, after.findings);
  if (fixes.length > 0) {
    const groups = fixes.map(({ finding, fix }) => ({
      label: fix.title,
      description: finding.message,
      edits: fix.edits,
    }));
    const applied = await workspace.applyEdit(previewEdit(groups, after), { isRefactoring: true });
    if (!applied) return;
    // One mistake may have hidden another, and not every row of the preview needs to be ticked.
    const now = (await analyses.preview(document, document.getText(), wanted.target)) ?? after;
    return report(document, run, now, { fixes, left: now.findings.filter(isStopper) }, wanted);
  }
  await report(document, run, after, { fixes, left }, wanted);
}

function isStopper({ effect, severity }: Finding): boolean {
  return effect === 'start' && severity === 'error';
}

/** What came of it, what is left to do by hand, and whether the workspace is judged by these versions from now on. */
async function report(
  document: TextDocument,
  run: Run,
  after: Run,
  { fixes, left }: Migration,
  wanted: WantedVersions,
): Promise<void> {
  const server = describeServer(after.language.id, wanted.target);
  const done =
    fixes.length === 0 ? `Nothing has to change for ${server}.` : `The configuration is written for ${server} now.`;
  const isJudgedSo = JSON.stringify(run.model.target) === JSON.stringify(wanted.target);
  const judge = `Judge by ${wanted.label}`;
  const buttons = isJudgedSo ? [] : [judge];
  const chosen =
    left.length === 0
      ? await window.showInformationMessage(done, ...buttons)
      : await window.showWarningMessage(
          fixes.length === 0
            ? `${server} would not start with it: ${places(left, after)}`
            : `The configuration is changed for ${server}, which still would not start with it: ${places(left, after)}`,
          ...buttons,
        );
  if (chosen !== judge) return;
  const scope = workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await workspace.getConfiguration(section, document.uri).update(settings.target, wanted.setting, scope);
}

/** Where and why, of the first few, to the end of the sentence. */
function places(left: Migration['left'], run: Run): string {
  const shown = left.slice(0, 3).map(({ location: { file, range }, message }) => {
    const document = documentsOf(run)(file);
    const line = document === undefined ? '' : `:${positionAt(document, range.start).line + 1}`;
    return `${baseName(file)}${line} ${message.replace(/\.$/, '')}`;
  });
  const text = `${shown.join('; ')}${left.length > shown.length ? `, and ${left.length - shown.length} more` : ''}`;
  return text.endsWith('?') ? text : `${text}.`;
}
