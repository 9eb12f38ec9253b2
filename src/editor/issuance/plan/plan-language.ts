import {
  CodeLens,
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Range as EditorRange,
  EventEmitter,
  languages as editorLanguages,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import type { Plan, PlanDiagnostic } from '../../../acme/plan/plan.ts';
import type { Host } from '../../../host/host.ts';
import { createDocument } from '../../../text/document.ts';
import { baseName } from '../../../text/path.ts';
import { shortenPaths } from '../../configurations/findings/short-paths.ts';
import type { Analyses } from '../../configurations/workspace/analyses.ts';
import { documentsOf } from '../../configurations/workspace/views.ts';
import { editorLocation, editorRange } from '../../convert.ts';
import { commands, diagnosticSource, planFileName } from '../../ids.ts';
import { watchForMissedLenses } from '../../missed-lenses.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, workspaceFolders } from '../../uris.ts';
import { describeState } from '../renewal/renew-certificate.ts';
import { type ChallengeProof, proveChallenges } from '../request/challenge-proofs.ts';
import { registerPlanFixes } from './plan-fixes.ts';
import { type PlanProblem, readProblems } from './plan-problems.ts';
import type { Plans } from './plans.ts';

/** The plan in the text editor: what is wrong in it while it is typed, and above each certificate what can be done. */
export function registerPlanLanguage(
  plans: Plans,
  analyses: Analyses,
  settings: EditorSettings,
  { files, clock: { now } }: Pick<Host, 'files' | 'clock'>,
): Disposable[] {
  const problems = editorLanguages.createDiagnosticCollection(`${diagnosticSource}-plan`);
  const changed = new EventEmitter<void>();
  const selector = { pattern: `**/${planFileName}` };
  const missed = watchForMissedLenses(selector, () => changed.fire());
  const timers = new Map<string, NodeJS.Timeout>();
  const refresh = async (document: TextDocument): Promise<void> => {
    const { version } = document;
    const { plan, problems: found } = await readProblems(document, files);
    const isCurrent = (): boolean => document.version === version && !document.isClosed;
    if (!isCurrent()) return;
    const own = toDiagnostics(found, document);
    problems.set(document.uri, own);
    const proofs = await proveChallenges(plan, analyses, settings);
    if (isCurrent()) problems.set(document.uri, [...own, ...brokenPaths(proofs, plan, document)]);
  };
  const schedule = (document: TextDocument, delay: number): void => {
    if (!isPlan(document)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void refresh(document), delay),
    );
  };
  const scheduleAll = (): void => {
    for (const document of workspace.textDocuments) schedule(document, 150);
  };
  scheduleAll();
  return [
    problems,
    changed,
    missed,
    registerPlanFixes(files),
    plans.onDidChange(() => changed.fire()),
    workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    analyses.onDidInvalidate(scheduleAll),
    workspace.onDidOpenTextDocument((document) => schedule(document, 0)),
    workspace.onDidChangeTextDocument(({ document }) => schedule(document, 150)),
    workspace.onDidCloseTextDocument(({ uri }) => problems.delete(uri)),
    editorLanguages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses(document) {
        missed.asked(document);
        return lensesOf(document, plans, now());
      },
    }),
  ];
}

function isPlan(document: TextDocument): boolean {
  return document.uri.scheme === 'file' && baseName(document.uri.path) === planFileName;
}

function toDiagnostics(found: readonly PlanProblem[], document: TextDocument): Diagnostic[] {
  const core = createDocument(fileOf(document.uri), document.getText());
  return found.map(({ code, severity, message: written, range }) => {
    const message = shortenPaths(written, workspaceFolders(), core.text);
    const { start, end } = editorRange(core, range);
    // Of a block that is wrong as a whole, its first line is enough to be found.
    const last = start.line === end.line ? end : document.lineAt(start.line).range.end;
    const diagnostic = new Diagnostic(new EditorRange(start, last), message, severities[severity]);
    diagnostic.source = diagnosticSource;
    diagnostic.code = code;
    return diagnostic;
  });
}

/** Names whose challenge something else answers than the folder of the plan. */
function brokenPaths(proofs: readonly ChallengeProof[], plan: Plan, document: TextDocument): Diagnostic[] {
  const core = createDocument(plan.file, document.getText());
  return proofs.flatMap(({ certificate, verdict, message, location, severity, run }) => {
    const planned = plan.certificates.get(certificate);
    if (verdict !== 'broken' || planned === undefined) return [];
    const diagnostic = new Diagnostic(editorRange(core, planned.nameRange), message, severities[severity]);
    diagnostic.source = diagnosticSource;
    diagnostic.code = 'plan-challenge-path';
    const place = location && editorLocation(location, documentsOf(run));
    if (place !== undefined) {
      diagnostic.relatedInformation = [new DiagnosticRelatedInformation(place, 'This answers it')];
    }
    return [diagnostic];
  });
}

const severities: Readonly<Record<PlanDiagnostic['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** `59 days left` · Renew · Revoke…, or Request where there is no certificate yet. What is not trusted is only looked at. */
function lensesOf(document: TextDocument, plans: Plans, now: Date): CodeLens[] {
  const file = fileOf(document.uri);
  const state = plans.all.find(({ plan }) => plan.file === file);
  // While the text differs from what was read, its ranges do not fit.
  if (state === undefined || state.text !== document.getText()) return [];
  const core = createDocument(file, state.text);
  return state.certificates.flatMap((certificate) => {
    const { planned, notAfter } = certificate;
    const range = editorRange(core, planned.nameRange);
    const target = { plan: file, name: planned.name };
    const output = planned.output.files.fullchain ?? planned.output.files.certificate ?? planned.output.files.combined;
    const title = describeState(certificate, now);
    const show =
      notAfter === undefined || output === undefined
        ? { command: '', title }
        : { command: commands.inspectCertificate, title, arguments: [Uri.file(output)] };
    if (!workspace.isTrusted) return [new CodeLens(range, show)];
    const issue = notAfter === undefined ? 'Request' : 'Renew';
    const lenses = [
      new CodeLens(range, show),
      new CodeLens(range, { command: commands.renewCertificate, title: issue, arguments: [target] }),
    ];
    if (notAfter !== undefined) {
      lenses.push(new CodeLens(range, { command: commands.revokeCertificate, title: 'Revoke…', arguments: [target] }));
    }
    return lenses;
  });
}
