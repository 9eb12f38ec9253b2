import { type Disposable, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { ImportedPlan } from '../../../operations/transfer/imported-plan.ts';
import { workspaceRuns } from '../../configurations/workspace/workspace-runs.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { readText, writeText } from '../../texts.ts';
import { planFileOf } from '../../uris.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import { chooseFolder, type RequestServices } from '../request/request-certificate.ts';

type Read = (wizard: Wizard, services: RequestServices) => Promise<ImportedPlan>;

const sources: readonly (QuickPickItem & { readonly read: Read })[] = [
  {
    label: 'Configurations of this workspace',
    detail: 'Names, webroots and certificate files that nginx and Apache already name',
    read: readConfigurations,
  },
  {
    label: 'certbot',
    detail: 'Renewal files, as in /etc/letsencrypt/renewal',
    read: async (wizard) => {
      const { importCertbot } = await import('../../../operations/transfer/import-certbot.ts');
      return readPaths(wizard, 'Choose the folder of the renewal files', 'folder', importCertbot);
    },
  },
  {
    label: 'acme.sh',
    detail: 'Its home, as ~/.acme.sh',
    read: async (wizard) => {
      const { importAcmeSh } = await import('../../../operations/transfer/import-acme-sh.ts');
      return readPaths(wizard, 'Choose the home of acme.sh', 'folder', importAcmeSh);
    },
  },
  {
    label: 'dehydrated',
    detail: 'The folder of its configuration, as /etc/dehydrated',
    read: async (wizard) => {
      const { importDehydrated } = await import('../../../operations/transfer/import-dehydrated.ts');
      return readPaths(wizard, 'Choose the folder of the configuration', 'folder', importDehydrated);
    },
  },
  {
    label: 'Caddy',
    detail: 'Its data folder, as ~/.local/share/caddy',
    read: async (wizard) => {
      const { importCaddy } = await import('../../../operations/transfer/import-caddy.ts');
      return readPaths(wizard, 'Choose the data folder of Caddy', 'folder', importCaddy);
    },
  },
  {
    label: 'Traefik',
    detail: 'Its acme.json, where it keeps certificates and accounts',
    read: async (wizard) => {
      const { importTraefik } = await import('../../../operations/transfer/import-traefik.ts');
      return readPaths(wizard, 'Choose the acme.json of Traefik', 'files', importTraefik);
    },
  },
  {
    label: 'lego',
    detail: 'Shell scripts or cron files that call lego',
    read: async (wizard) => {
      const { importLego } = await import('../../../operations/transfer/import-scripts.ts');
      return readPaths(wizard, 'Choose scripts that call lego', 'files', importLego);
    },
  },
  {
    label: 'acme-tiny',
    detail: 'Shell scripts or cron files that call acme-tiny',
    read: async (wizard) => {
      const { importAcmeTiny } = await import('../../../operations/transfer/import-scripts.ts');
      return readPaths(wizard, 'Choose scripts that call acme-tiny', 'files', importAcmeTiny);
    },
  },
];

/** `TLS: Import Plan…`: takes over what another client or the configurations say. Nothing is requested by it. */
export function registerImport(services: RequestServices): Disposable {
  return registerCommand(commands.importPlan, async () => {
    try {
      await importPlan(services);
    } catch (error) {
      await reportFailure(services.log, 'The plan was not imported', error);
    }
  });
}

async function importPlan(services: RequestServices): Promise<void> {
  const asked = await runWizard(async (wizard) => {
    const folder = await chooseFolder(wizard, 'Import plan');
    const options = { title: 'Import plan', placeHolder: 'From where?', ignoreFocusOut: true };
    const source = await wizard.pick(sources, options);
    return { folder, found: await source.read(wizard, services) };
  });
  if (asked === undefined) return;
  const { folder, found } = asked;
  const file = planFileOf(folder);
  const plan = services.plans.all.find((state) => state.plan.file === file)?.plan;
  const fresh = {
    issuers: found.issuers.filter(({ name }) => plan?.issuers.has(name) !== true),
    certificates: found.certificates.filter(({ name }) => plan?.certificates.has(name) !== true),
  };
  if (fresh.certificates.length === 0) {
    const nothing = found.notes[0] ?? 'it names no certificate.';
    const reason = found.certificates.length === 0 ? nothing : 'the plan has all of it already.';
    void window.showInformationMessage(`Nothing was imported: ${reason}`);
    return;
  }
  const { addToPlan } = await import('../../../acme/plan/edit.ts');
  const before = await readText(file);
  await writeText(file, before, await addToPlan(before ?? '', fresh));
  await services.plans.refresh();
  await window.showTextDocument(Uri.file(file));
  for (const note of found.notes) services.log.info(note);
  const names = fresh.certificates.map(({ name }) => name).join(', ');
  const count = found.notes.length === 1 ? '1 note says' : `${found.notes.length} notes say`;
  const message = `Imported ${names}. ${found.notes.length === 0 ? 'Look at the entries, then request them.' : `${count} what needs a look.`}`;
  const chosen = await window.showInformationMessage(message, ...(found.notes.length === 0 ? [] : ['Show Notes']));
  if (chosen !== undefined) services.log.show();
}

async function readConfigurations(wizard: Wizard, services: RequestServices): Promise<ImportedPlan> {
  const { caPresets } = await import('../../../acme/plan/presets.ts');
  const { importModels } = await import('../../../operations/transfer/propose-certificates.ts');
  const runs = await workspaceRuns(services.analyses);
  if (runs.length === 0) throw new Error('this workspace holds no configuration of nginx or Apache. Open one first.');
  const items = caPresets.map(({ id, title, note }) => ({ label: title, detail: note, id }));
  const options = { title: 'Import plan', placeHolder: 'Who shall issue them?', ignoreFocusOut: true };
  const issuer = await wizard.pick(items, options);
  const models = runs.map(({ model }) => model);
  return importModels(models, issuer.id);
}

async function readPaths(
  wizard: Wizard,
  title: string,
  kind: 'files' | 'folder',
  read: (path: string) => Promise<ImportedPlan>,
): Promise<ImportedPlan> {
  const [folder] = workspace.workspaceFolders ?? [];
  const chosen = await wizard.dialogue(title, () =>
    window.showOpenDialog({
      title,
      openLabel: 'Import',
      canSelectFiles: kind === 'files',
      canSelectFolders: kind === 'folder',
      canSelectMany: kind === 'files',
      ...(folder === undefined ? {} : { defaultUri: folder.uri }),
    }),
  );
  const all: ImportedPlan[] = [];
  for (const { fsPath } of chosen) all.push(await read(fsPath));
  const { mergePlans } = await import('../../../operations/transfer/imported-plan.ts');
  return mergePlans(all);
}
