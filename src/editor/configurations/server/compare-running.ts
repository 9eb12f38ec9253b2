import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  type DiagnosticCollection,
  DiagnosticSeverity,
  type Disposable,
  type Event,
  commands as editorCommands,
  languages as editorLanguages,
  type LogOutputChannel,
  ProgressLocation,
  type QuickPickItem,
  window,
  workspace,
} from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import type { Host } from '../../../host/host.ts';
import type { Comparison } from '../../../operations/running/compare-running.ts';
import type { Place } from '../../../operations/running/question.ts';
import { capitalised } from '../../../text/capitalised.ts';
import type { Location } from '../../../text/range.ts';
import { editorRange } from '../../convert.ts';
import { commands, diagnosticSource } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { fileOf, uriOf } from '../../uris.ts';
import { runWizard } from '../../wizard/wizard.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { allRuns, documentsOf, shownAt } from '../workspace/views.ts';

/** Code of problems that a reload may mend. */
const differing = 'running-server';

/**
 * `TLS: Compare with Running Server…`: what a server does otherwise than the text says, as problems in the text.
 * @param onDidReload the server of this machine has read these files again
 */
export function registerRunningComparison(
  host: Host,
  analyses: Analyses,
  onDidReload: Event<readonly string[]>,
  log: LogOutputChannel,
): Disposable[] {
  const problems = editorLanguages.createDiagnosticCollection('tls-running');
  let comparedWith: Place['kind'] | undefined;
  return [
    problems,
    editorLanguages.registerCodeActionsProvider(
      documentsWithFindings,
      { provideCodeActions: (_, __, { diagnostics }) => reloads(diagnostics) },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
    // To save a text changes nothing of what it says.
    workspace.onDidChangeTextDocument(
      ({ document, contentChanges }) => contentChanges.length > 0 && problems.delete(document.uri),
    ),
    // What it did before is no longer true, and whether all is well now says the next comparison.
    onDidReload((files) => {
      if (comparedWith === 'here') for (const file of files) problems.delete(uriOf(file));
    }),
    registerCommand(commands.compareRunning, async () => {
      const document = window.activeTextEditor?.document;
      const run = document && (await analyses.run(document));
      const place = run && (await askPlace());
      if (document === undefined || run === undefined || place === undefined) return;
      problems.clear();
      comparedWith = place.kind;
      try {
        const compared = await compareAll(allRuns(run), fileOf(document.uri), place, host);
        for (const each of compared) mark(each, place, problems);
        await report(compared.map(({ comparison }) => comparison));
      } catch (error) {
        if (!isCancelled(error)) await reportFailure(log, 'The running server was not compared', error);
      }
    }),
  ];
}

function reloads(diagnostics: readonly Diagnostic[]): CodeAction[] {
  const mended = diagnostics.filter(({ source, code }) => source === diagnosticSource && code === differing);
  if (mended.length === 0 || !workspace.isTrusted) return [];
  const action = new CodeAction('Reload the server on this machine', CodeActionKind.QuickFix);
  action.diagnostics = [...mended];
  action.command = { command: commands.reloadServer, title: action.title };
  return [action];
}

const where: readonly QuickPickItem[] = [
  { label: 'This machine', detail: 'At the addresses that the server listens on' },
  { label: 'Wherever DNS leads', detail: 'Each name of a server by itself' },
  { label: 'Another machine…', detail: 'All names there' },
];

async function askPlace(): Promise<Place | undefined> {
  const { readHost } = await import('../../../operations/running/question.ts');
  const title = 'Compare with running server';
  return runWizard<Place>(async (wizard) => {
    const placeHolder = 'Where does it run? Some six connections are made for each name.';
    const chosen = where.indexOf(await wizard.pick(where, { title, placeHolder }));
    if (chosen < 2) return { kind: chosen === 0 ? 'here' : 'dns' };
    const written = await wizard.input({
      title,
      prompt: 'Name or address of the machine. The ports are those of the listeners.',
      placeHolder: 'web1.example.com',
      ignoreFocusOut: true,
      validateInput: (value) =>
        readHost(value) === undefined
          ? 'Write a host such as web1.example.com or 192.0.2.1, without a port.'
          : undefined,
    });
    return { kind: 'host', host: readHost(written) ?? written };
  });
}

interface Compared {
  readonly run: Run;
  readonly comparison: Comparison;
  /** Of the endpoint in the text. */
  readonly location: Location;
}

/** All servers of a main file, or those that stand in a file that it includes. */
async function compareAll(runs: readonly Run[], file: string, place: Place, host: Host): Promise<readonly Compared[]> {
  const { placeOf, viewEndpoints } = await import('../../../analysis/endpoints/endpoints.ts');
  const { compareRunning } = await import('../../../operations/running/compare-running.ts');
  return window.withProgress(
    { location: ProgressLocation.Notification, title: 'Asking the running server', cancellable: true },
    async (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const compared: Compared[] = [];
      for (const run of runs) {
        const { model, certificateFile, project } = run;
        const options = { place, crypto: host.crypto, certificateFile, signal: controller.signal };
        const own = new Set(model.sites.filter(({ block }) => block.file === file).map(({ id }) => id));
        const isPart = file !== project.entry && own.size > 0;
        const views = viewEndpoints(model, certificateFile, host.clock.now()).filter(
          ({ site }) => !isPart || own.has(site.id),
        );
        for (const comparison of await compareRunning(views, model, options)) {
          compared.push({ run, comparison, location: shownAt(run, placeOf(comparison.view)) });
        }
      }
      return compared;
    },
  );
}

/** One problem for each place and what differs there, however many names it concerns. */
function mark(
  { run, comparison, location: { file, range } }: Compared,
  place: Place,
  problems: DiagnosticCollection,
): void {
  const document = documentsOf(run)(file);
  if (comparison.agrees !== false || document === undefined) return;
  const { differences, isSilent } = comparison;
  const message = isSilent
    ? `${capitalised(differences.join('; '))}. Start the server, or compare where it runs.`
    : `The running server differs: ${differences.join('; ')}. Reload it, or look which one answers there.`;
  const diagnostic = new Diagnostic(editorRange(document, range), message, DiagnosticSeverity.Warning);
  diagnostic.source = diagnosticSource;
  if (!isSilent && place.kind === 'here') diagnostic.code = differing;
  const known = problems.get(uriOf(file)) ?? [];
  const isKnown = known.some((each) => each.message === message && each.range.isEqual(diagnostic.range));
  if (!isKnown) problems.set(uriOf(file), [...known, diagnostic]);
}

async function report(comparisons: readonly Comparison[]): Promise<void> {
  const differing = comparisons.filter(({ agrees }) => agrees === false);
  const asked = comparisons.filter(({ agrees }) => agrees !== undefined).length;
  const [first] = differing;
  if (first === undefined) {
    const reason = comparisons[0]?.reason;
    const why = reason === undefined ? 'no listener here speaks TLS' : reason;
    void window.showInformationMessage(
      asked === 0
        ? `Nothing could be compared: ${why}.`
        : `The running server does what this configuration says, for ${asked === 1 ? 'the one name' : `all ${asked} names`} that could be compared.`,
    );
    return;
  }
  const show = 'Show Problems';
  const { name } = first.view.endpoint;
  const whom = differing.length === 1 ? name : `${differing.length} of ${asked} names, such as ${name}`;
  const [difference = ''] = first.differences;
  const chosen = await window.showWarningMessage(
    differing.every(({ isSilent }) => isSilent)
      ? `${capitalised(difference)}, asked for ${whom}. Start the server, or compare where it runs.`
      : `The running server differs from this configuration for ${whom}: ${difference}.`,
    show,
  );
  if (chosen === show) await editorCommands.executeCommand('workbench.actions.view.problems');
}

function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'aborted';
}
