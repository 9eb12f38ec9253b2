import { type Disposable, window, workspace } from 'vscode';
import type { PlanValue } from '../../../acme/plan/edit.ts';
import { createPathMap } from '../../../analysis/project/path-map.ts';
import { isUnreadable } from '../../../host/host.ts';
import { isBelow, resolvePath } from '../../../text/path.ts';
import { workspaceRuns } from '../../configurations/workspace/workspace-runs.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { fileOf, planFileOf, uriOf } from '../../uris.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import type { IssueServices } from '../context.ts';
import { issueWithProgress } from '../issue.ts';
import type { Plans } from '../plan/plans.ts';
import { displayed, writeEntry } from '../plan/write-plan.ts';
import { reportRows, type Shown } from '../result.ts';
import { type Proposal, proposalsOf } from './proposals.ts';
import type { RequestAnswers } from './request-wizard.ts';

export interface RequestServices extends IssueServices, Shown {
  readonly plans: Plans;
}

/** `TLS: Request Certificate…`: asks, writes the plan, issues, and shows the new certificate. */
export function registerRequest(services: RequestServices): Disposable {
  return registerCommand(commands.requestCertificate, async () => {
    try {
      await request(services);
    } catch (error) {
      await reportFailure(services.log, 'The certificate was not requested', error);
    }
  });
}

/** A proposal, and how deployed paths of its configuration are found here. */
export interface Found {
  readonly proposal: Proposal;
  readonly candidates: (path: string) => readonly string[];
}

async function request(services: RequestServices): Promise<void> {
  const asked = await runWizard((wizard) => ask(wizard, services));
  if (asked === undefined) return;
  const { planFile, plan, answers, output } = asked;
  const name = await writeEntry(planFile, plan, answers, output);
  await services.plans.refresh();
  const written = services.plans.all.find((state) => state.plan.file === planFile)?.plan;
  if (written?.certificates.get(name) === undefined) {
    throw new Error(`${planFile} has mistakes, so that ${name} was not understood. Mend them and request it again.`);
  }
  await reportRows(await issueWithProgress(written, [name], { force: true }, services), services);
}

async function ask(wizard: Wizard, services: RequestServices) {
  const folder = await chooseFolder(wizard, 'Request certificate');
  const { askForRequest } = await import('./request-wizard.ts');
  const planFile = planFileOf(folder);
  const plan = services.plans.all.find((state) => state.plan.file === planFile)?.plan;
  const found = await findProposals(services);
  const here = (path: string, proposal: Proposal | undefined) => localPath(path, folder, found, proposal, services);
  const answers = await askForRequest(
    wizard,
    plan,
    found.map(({ proposal }) => proposal),
    async (challenge) => ({
      ...challenge,
      folder: displayed(folder, (await here(challenge.folder, undefined)) ?? challenge.folder),
    }),
    (value) => checkFolder(value, folder, services),
  );
  return { planFile, plan, answers, output: await outputOf(answers, folder, here) };
}

/** The workspace folder whose plan is meant. @throws Error that says what to do first */
export async function chooseFolder(wizard: Wizard, title: string): Promise<string> {
  if (!workspace.isTrusted) throw new Error('This workspace is not trusted. Trust it, then request the certificate.');
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const [only] = folders;
  if (only === undefined) throw new Error('No folder on a disk is open. Open the folder that shall hold the plan.');
  if (folders.length === 1) return fileOf(only.uri);
  const active = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  if (active?.uri.scheme === 'file') return fileOf(active.uri);
  // Two of them may have one name.
  const items = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }));
  return fileOf((await wizard.pick(items, { title, placeHolder: 'Whose plan?', ignoreFocusOut: true })).uri);
}

/** What the configurations of the workspace ask for: the active editor's first. */
export async function findProposals({ analyses, settings }: RequestServices): Promise<readonly Found[]> {
  const active = window.activeTextEditor?.document;
  const first = active && (await analyses.run(active).catch(() => undefined));
  const found = new Map<string, Found>();
  for (const run of [...(first === undefined ? [] : [first]), ...(await workspaceRuns(analyses))]) {
    const { candidates } = createPathMap(run.project.entry, await settings.analysis(uriOf(run.project.entry)));
    for (const proposal of proposalsOf(run.model)) {
      const key = proposal.names.join(' ');
      if (!found.has(key)) found.set(key, { proposal, candidates });
    }
  }
  return [...found.values()];
}

/** Where a deployed path lies in this workspace; undefined where it does not. */
export async function localPath(
  path: string,
  folder: string,
  found: readonly Found[],
  proposal: Proposal | undefined,
  { host }: RequestServices,
): Promise<string | undefined> {
  const maps = proposal === undefined ? found : found.filter((each) => each.proposal === proposal);
  for (const candidate of maps.flatMap(({ candidates }) => candidates(path))) {
    if (isBelow(candidate, folder)) return candidate;
    if (!isUnreadable(await host.files.stat(candidate))) return candidate;
  }
  return undefined;
}

export async function checkFolder(
  value: string,
  folder: string,
  { host }: RequestServices,
): Promise<string | undefined> {
  if (value.trim() === '') return 'Name the folder that your web server serves.';
  const info = await host.files.stat(resolvePath(folder, value));
  if (isUnreadable(info)) return `${info.message}. Name a folder that exists.`;
  return info.kind === 'directory' ? undefined : `${value} is no folder.`;
}

/** The files that the configuration names, where they can be written here; else the plan's default below `tls/`. */
async function outputOf(
  { proposal, names }: RequestAnswers,
  folder: string,
  here: (path: string, proposal: Proposal | undefined) => Promise<string | undefined>,
): Promise<{ readonly [key: string]: PlanValue }> {
  const { fileSafe } = await import('../../../acme/plan/certificate.ts');
  const base = `tls/${fileSafe(names[0] ?? 'certificate')}`;
  const fallback = { fullchain: `${base}.fullchain.pem`, key: `${base}.key` };
  if (proposal?.certificateFile === undefined || proposal.keyFile === undefined) return fallback;
  const certificate = await here(proposal.certificateFile, proposal);
  const key = await here(proposal.keyFile, proposal);
  if (certificate === undefined || key === undefined || certificate === key) return fallback;
  return { fullchain: displayed(folder, certificate), key: displayed(folder, key) };
}
