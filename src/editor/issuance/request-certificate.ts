import { type Disposable, Uri, window, workspace } from 'vscode';
import type { Plan } from '../../acme/plan.ts';
import type { PlanValue } from '../../acme/plan-edit.ts';
import { createPathMap } from '../../analysis/path-map.ts';
import { isUnreadable } from '../../host/host.ts';
import type { TextEdit } from '../../text/edit.ts';
import { folderOf, isBelow, relativePath, resolvePath } from '../../text/path.ts';
import type { Analyses } from '../configurations/analyses.ts';
import { replaceText } from '../convert.ts';
import { commands } from '../ids.ts';
import { reportFailure } from '../log.ts';
import { registerCommand } from '../register.ts';
import type { EditorSettings } from '../settings.ts';
import { fileOf } from '../uris.ts';
import { type IssueServices, issueWithProgress } from './issue.ts';
import { type Plans, planFileOf } from './plans.ts';
import { type ChallengeFolder, type Proposal, proposalsOf } from './proposals.ts';
import type { IssuerChoice, RequestAnswers } from './request-wizard.ts';
import { reportRows, type Shown } from './result.ts';

export interface RequestServices extends IssueServices, Shown {
  readonly plans: Plans;
  readonly analyses: Analyses;
  readonly settings: EditorSettings;
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
interface Found {
  readonly proposal: Proposal;
  readonly candidates: (path: string) => readonly string[];
}

async function request(services: RequestServices): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const { askForRequest } = await import('./request-wizard.ts');
  const planFile = planFileOf(folder);
  const plan = services.plans.all.find((state) => state.plan.file === planFile)?.plan;
  const found = await findProposals(services);
  const here = (path: string, proposal: Proposal | undefined) => localPath(path, folder, found, proposal, services);
  const answers = await askForRequest(
    plan,
    found.map(({ proposal }) => proposal),
    async (challenge) => ({
      ...challenge,
      folder: displayed(folder, (await here(challenge.folder, undefined)) ?? challenge.folder),
    }),
    (value) => checkFolder(value, folder, services),
  );
  if (answers === undefined) return;
  const output = await outputOf(answers, folder, here);
  const name = await writePlan(planFile, plan, answers, output);
  await services.plans.refresh();
  const written = services.plans.all.find((state) => state.plan.file === planFile)?.plan;
  if (written?.certificates.get(name) === undefined) {
    throw new Error(`${planFile} has mistakes, so that ${name} was not understood. Mend them and request it again.`);
  }
  await reportRows(await issueWithProgress(written, [name], true, services), services);
}

async function chooseFolder(): Promise<string | undefined> {
  if (!workspace.isTrusted) throw new Error('This workspace is not trusted. Trust it, then request the certificate.');
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) throw new Error('No folder on a disk is open. Open the folder that shall hold the plan.');
  const active = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  const folder =
    folders.length === 1
      ? folders[0]
      : (active ?? (await window.showWorkspaceFolderPick({ placeHolder: 'Whose plan?' })));
  return folder && fileOf(folder.uri);
}

/** What the configurations ask for: the active editor's first, then those of the other open ones. */
async function findProposals({ analyses, settings }: RequestServices): Promise<readonly Found[]> {
  const active = window.activeTextEditor?.document;
  const documents = [...(active === undefined ? [] : [active]), ...workspace.textDocuments];
  const found = new Map<string, Found>();
  for (const document of new Set(documents)) {
    const run = await analyses.run(document).catch(() => undefined);
    if (run === undefined) continue;
    const { candidates } = createPathMap(run.project.entry, await settings.analysis(document.uri));
    for (const proposal of proposalsOf(run.model)) {
      const key = proposal.names.join(' ');
      if (!found.has(key)) found.set(key, { proposal, candidates });
    }
  }
  return [...found.values()];
}

/** Where a deployed path lies in this workspace; undefined where it does not. */
async function localPath(
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

async function checkFolder(value: string, folder: string, { host }: RequestServices): Promise<string | undefined> {
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
  const { fileSafe } = await import('../../acme/plan-certificate.ts');
  const base = `tls/${fileSafe(names[0] ?? 'certificate')}`;
  const fallback = { fullchain: `${base}.fullchain.pem`, key: `${base}.key` };
  if (proposal?.certificateFile === undefined || proposal.keyFile === undefined) return fallback;
  const certificate = await here(proposal.certificateFile, proposal);
  const key = await here(proposal.keyFile, proposal);
  if (certificate === undefined || key === undefined || certificate === key) return fallback;
  return { fullchain: displayed(folder, certificate), key: displayed(folder, key) };
}

function displayed(folder: string, path: string): string {
  return isBelow(path, folder) ? relativePath(folder, path) : path;
}

/** Adds issuer and certificate to the plan, its comments kept. @returns the certificate's name in the plan */
async function writePlan(
  file: string,
  plan: Plan | undefined,
  answers: RequestAnswers,
  output: { readonly [key: string]: PlanValue },
): Promise<string> {
  const { addEntry, setValue } = await import('../../acme/plan-edit.ts');
  const { lackingNames, sameNames } = await import('./request-wizard.ts');
  const { applyEdits } = await import('../../text/edit.ts');
  const before = await readPlanText(file);
  let text = before ?? firstLines;
  const change = async (edits: Promise<readonly TextEdit[]>): Promise<void> => {
    text = applyEdits(text, await edits);
  };
  const issuer = issuerEntry(answers.issuer, answers.names, plan);
  if (issuer.fields !== undefined) await change(addEntry(text, 'issuers', issuer.name, issuer.fields));
  if (answers.issuer.kind === 'known' && answers.issuer.issuer.type === 'local') {
    const { permitted, name } = answers.issuer.issuer;
    const lacking = lackingNames(permitted, answers.names);
    if (lacking.length > 0) await change(setValue(text, ['issuers', name, 'permitted'], [...permitted, ...lacking]));
  }
  const known = [...(plan?.certificates.values() ?? [])].find(({ identifiers }) =>
    sameNames(identifiers, answers.names),
  );
  const challenge = answers.challenge && challengeFields(answers.challenge);
  if (known !== undefined) {
    await change(setValue(text, ['certificates', known.name, 'issuer'], issuer.name));
    if (challenge !== undefined) await change(setValue(text, ['certificates', known.name, 'challenge'], challenge));
  } else {
    const fields = { names: answers.names, issuer: issuer.name, ...(challenge && { challenge }), output };
    await change(addEntry(text, 'certificates', freeName(answers.names[0] ?? 'certificate', plan), fields));
  }
  await writePlanText(file, before, text);
  return known?.name ?? freeName(answers.names[0] ?? 'certificate', plan);
}

const firstLines =
  '# Certificates of this workspace; the editor and tls-workbench on the command line read it alike.\n';

function challengeFields({ kind, folder }: ChallengeFolder): { readonly [key: string]: PlanValue } {
  return { type: 'http-01', [kind]: folder };
}

function freeName(wanted: string, plan: Plan | undefined): string {
  let name = wanted;
  for (let count = 2; plan?.certificates.has(name) === true; count++) name = `${wanted}-${count}`;
  return name;
}

function issuerEntry(
  choice: IssuerChoice,
  names: readonly string[],
  plan: Plan | undefined,
): { name: string; fields: { readonly [key: string]: PlanValue } | undefined } {
  switch (choice.kind) {
    case 'known':
      return { name: choice.issuer.name, fields: undefined };
    case 'local': {
      const permitted = [...new Set(['localhost', '*.localhost', '*.test', ...names])];
      return { name: freeIssuer('local', plan), fields: { type: 'local', permitted } };
    }
    case 'acme': {
      const { directory, contact, kid } = choice;
      const fields = {
        directory,
        ...(contact.length > 0 ? { contact } : {}),
        agreeToTerms: true,
        ...(kid === undefined ? {} : { eab: { kid } }),
      };
      return { name: freeIssuer(choice.name, plan), fields };
    }
  }
}

function freeIssuer(wanted: string, plan: Plan | undefined): string {
  let name = wanted;
  for (let count = 2; plan?.issuers.has(name) === true; count++) name = `${wanted}-${count}`;
  return name;
}

async function readPlanText(file: string): Promise<string | undefined> {
  try {
    return (await workspace.openTextDocument(Uri.file(file))).getText();
  } catch {
    return undefined;
  }
}

/** Through the editor, so that an open plan with unsaved changes keeps them and the change can be undone. */
async function writePlanText(file: string, before: string | undefined, after: string): Promise<void> {
  const uri = Uri.file(file);
  if (before === undefined) {
    await workspace.fs.createDirectory(Uri.file(folderOf(file)));
    await workspace.fs.writeFile(uri, new TextEncoder().encode(after));
    return;
  }
  const document = await workspace.openTextDocument(uri);
  await workspace.applyEdit(replaceText(uri, before, after));
  await document.save();
}
