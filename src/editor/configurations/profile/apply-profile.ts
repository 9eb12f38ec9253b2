import {
  CodeAction,
  CodeActionKind,
  type Disposable,
  commands as editorCommands,
  languages as editorLanguages,
  type Position,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { Overruled } from '../../../analysis/endpoints/overruled.ts';
import type { Run } from '../../../analysis/run.ts';
import { joinWords } from '../../../rules/support/words.ts';
import { capitalised } from '../../../text/capitalised.ts';
import type { FileEdit } from '../../../text/edit.ts';
import type { WriteResult } from '../../../tls/model/change.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { profiles } from '../../../tls/profiles.ts';
import { commands } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { uriOf } from '../../uris.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import { describeClients } from '../client-words.ts';
import { previewEdit } from '../preview-edit.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { allRuns, type FoundSite, shownEdits, siteAt } from '../workspace/views.ts';

type ProfileName = keyof typeof profiles;
const profileNames: readonly ProfileName[] = ['modern', 'intermediate', 'old'];

/** `TLS: Apply Profile…`: a guideline's settings for one server, as a refactoring that is looked at first. */
export function registerProfiles(analyses: Analyses, now: () => Date): Disposable[] {
  return [
    registerCommand(commands.applyProfile, async (uri?: Uri, from?: unknown, name?: ProfileName) => {
      // A refactoring names its server; a menu of the editor says what it was opened on.
      const site = typeof from === 'string' ? from : undefined;
      const editor = window.activeTextEditor;
      const document = uri === undefined ? editor?.document : await workspace.openTextDocument(uri);
      const run = document && (await analyses.run(document));
      if (document === undefined || run === undefined) return;
      const chosen = await runWizard(async (wizard) => {
        const found = await chooseSite(wizard, run, document, site);
        return found && { found, profile: name ?? (await chooseProfile(wizard, found, now())) };
      });
      if (chosen !== undefined) await preview(chosen.found, chosen.profile);
    }),
    editorLanguages.registerCodeActionsProvider(
      documentsWithFindings,
      { provideCodeActions: (document, range) => refactorings(analyses, document, range.start) },
      { providedCodeActionKinds: [CodeActionKind.RefactorRewrite] },
    ),
  ];
}

async function refactorings(analyses: Analyses, document: TextDocument, position: Position) {
  const run = await analyses.run(document);
  const here = run && siteAt(run, document, position);
  if (here === undefined || knownValue(here.site.tls.enabled) !== true) return [];
  const { site } = here;
  const { profiles } = await import('../../../tls/profiles.ts');
  const { profileChanges } = await import('./profile-changes.ts');
  return profileNames.flatMap((name) => {
    const changes = profileChanges(site, profiles[name], here.run.model.target);
    if (changes.length === 0) return [];
    const action = new CodeAction(`Apply profile ${name} to ${site.label}…`, CodeActionKind.RefactorRewrite);
    action.command = { command: commands.applyProfile, title: action.title, arguments: [document.uri, site.id, name] };
    return [action];
  });
}

async function chooseSite(
  wizard: Wizard,
  run: Run,
  document: TextDocument,
  id: string | undefined,
): Promise<FoundSite | undefined> {
  const sites = allRuns(run).flatMap((each) => each.model.sites.map((site) => ({ run: each, site })));
  const known = sites.find(({ site }) => site.id === id);
  if (known !== undefined) return known;
  const editor = window.activeTextEditor;
  const here = editor?.document === document ? siteAt(run, document, editor.selection.active) : undefined;
  const secure = sites.filter(({ site: { tls } }) => knownValue(tls.enabled) !== false);
  if (here !== undefined && secure.some(({ site }) => site === here.site)) return here;
  if (secure.length === 0) {
    void window.showInformationMessage('No server here speaks TLS. Add "listen 443 ssl" or "SSLEngine on" first.');
    return undefined;
  }
  if (secure.length === 1) return secure[0];
  const items = secure.map((found) => ({ label: found.site.label, found }));
  return (await wizard.pick(items, { title: 'Apply profile', placeHolder: 'To which server?' })).found;
}

async function chooseProfile(wizard: Wizard, found: FoundSite, now: Date): Promise<ProfileName> {
  const details: Readonly<Record<ProfileName, string>> = {
    modern: 'TLS 1.3 alone, for clients of the last years',
    intermediate: 'TLS 1.2 and 1.3, right for nearly all servers',
    old: 'TLS 1.0 and up, only where very old clients must be served',
  };
  const { profiles } = await import('../../../tls/profiles.ts');
  const items = await Promise.all(
    profileNames.map(async (name) => {
      const result = await write(found, name);
      const edits = result?.kind === 'edits' ? result.edits : undefined;
      const others = edits && (await overruled(found, name, edits));
      const clients = edits && (await clientsOf(found, edits, now));
      const effect = [others && whoDecides(others), clients].filter((words) => words !== undefined).join(' · ');
      return {
        label: name,
        description: `${profiles[name].source}: ${details[name]}`,
        detail: result === undefined ? 'What the server has already' : effect,
        name,
      };
    }),
  );
  const title = `Apply profile to ${found.site.label}`;
  return (await wizard.pick(items, { title, placeHolder: 'Which guideline?' })).name;
}

/** What the profile changes of the server's text; undefined where it changes nothing. */
async function write({ run, site }: FoundSite, name: ProfileName): Promise<WriteResult | undefined> {
  const { profiles } = await import('../../../tls/profiles.ts');
  const { profileChanges } = await import('./profile-changes.ts');
  const changes = profileChanges(site, profiles[name], run.model.target);
  return changes.length === 0 ? undefined : run.language.write(run.project, run.model, changes);
}

/** What of the profile is not in force though it is written. */
async function overruled({ run, site }: FoundSite, name: ProfileName, edits: readonly FileEdit[]) {
  const { profiles } = await import('../../../tls/profiles.ts');
  const { profileChanges } = await import('./profile-changes.ts');
  const { overruledChanges } = await import('../../../analysis/endpoints/overruled.ts');
  return overruledChanges(run, site.id, profileChanges(site, profiles[name], run.model.target), edits);
}

function whoDecides({ settings, by }: Overruled): string {
  return `${capitalised(joinWords(settings))} come from ${by.label}`;
}

async function clientsOf({ run, site }: FoundSite, edits: readonly FileEdit[], now: Date) {
  const { clientsAfter } = await import('../../../analysis/endpoints/clients-after.ts');
  const clients = clientsAfter(run, site.id, edits, now);
  return clients && capitalised(describeClients(clients));
}

async function preview(found: FoundSite, name: ProfileName): Promise<void> {
  const { run, site } = found;
  const result = await write(found, name);
  if (result === undefined) {
    void window.showInformationMessage(`${capitalised(site.label)} follows the profile ${name} already.`);
    return;
  }
  if (result.kind === 'refused') {
    void window.showWarningMessage(`The profile was not applied to ${site.label}: ${result.reason}`);
    return;
  }
  const others = new Set(
    result.affectedEndpoints.filter((endpoint) => endpoint.site !== site.id).map((endpoint) => endpoint.name),
  );
  const description = others.size === 0 ? site.label : `also changes ${[...others].join(', ')}`;
  const group = { label: `Profile ${name}`, description, edits: shownEdits(run, result.edits) };
  const decides = await overruled(found, name, result.edits);
  const isApplied = await workspace.applyEdit(previewEdit([group], run), { isRefactoring: true });
  if (isApplied && decides !== undefined) await offerThere(found, name, decides);
}

/** Lines that another server overrules do nothing until it has them too. */
async function offerThere({ run }: FoundSite, name: ProfileName, decides: Overruled): Promise<void> {
  const { by, listener } = decides;
  const message = `${whoDecides(decides)}, the default site of ${listener}, for all that is reached there. Apply the profile ${name} there too.`;
  const there = 'Apply There Too';
  if ((await window.showWarningMessage(message, there)) !== there) return;
  await editorCommands.executeCommand(commands.applyProfile, uriOf(run.model.file), by.id, name);
}
