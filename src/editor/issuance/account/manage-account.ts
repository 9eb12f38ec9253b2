import { type Disposable, env, type QuickPickItem, window, workspace } from 'vscode';
import type { AcmeIssuer, Plan } from '../../../acme/plan/plan.ts';
import type { AccountChange } from '../../../operations/account.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import type { IssueServices } from '../context.ts';
import type { Plans } from '../plan/plans.ts';
import { withProgress } from '../progress.ts';

/** What a row of the view hands over. */
export interface AccountTarget {
  readonly plan: string;
  readonly issuer: string;
}

interface Chosen {
  readonly plan: Plan;
  readonly issuer: AcmeIssuer;
}

type Services = IssueServices & { readonly plans: Plans };

/** `TLS: Manage ACME Account…`: everything that an account can do but issue. */
export function registerAccounts(services: Services): Disposable {
  return registerCommand(commands.manageAccount, async (target?: AccountTarget) => {
    try {
      await manage(target, services);
    } catch (error) {
      await reportFailure(services.log, 'The account was not changed', error);
    }
  });
}

type Action = QuickPickItem & {
  /** Asks for what else has to be known, and answers with what is to be done then. */
  readonly ask: (wizard: Wizard, chosen: Chosen, services: Services) => Promise<() => Promise<void>>;
};

const actions: readonly Action[] = [
  { label: 'Create Account', detail: 'Makes it at the CA, where there is none yet', ask: changeBy('create') },
  { label: 'Update Contact', detail: 'Tells the CA the addresses that the plan names', ask: changeBy('update') },
  { label: 'Change Key', detail: 'Gives the account a new private key', ask: changeBy('rollover') },
  {
    label: 'Import Account…',
    detail: 'Takes over the account of certbot, lego, acme.sh, dehydrated, Caddy, Traefik, uacme or acme-tiny',
    ask: importOther,
  },
  { label: 'List Profiles', detail: 'Kinds of certificates that the CA offers now', ask: listOffered },
  {
    label: 'Show Record for dns-persist-01…',
    detail: 'Experimental: the DNS record that would prove a name for good, and whether it is set',
    ask: showRecord,
  },
  { label: 'Deactivate Account…', detail: 'Ends it for good', ask: endForGood },
];

async function manage(target: AccountTarget | undefined, services: Services): Promise<void> {
  await services.plans.refresh();
  const work = await runWizard(async (wizard) => {
    const chosen = await chooseIssuer(wizard, target, services.plans);
    const title = `Account of ${chosen.issuer.name}`;
    const action = await wizard.pick(actions, { title, placeHolder: 'What shall be done?', ignoreFocusOut: true });
    return action.ask(wizard, chosen, services);
  });
  await work?.();
  await services.plans.refresh();
}

async function chooseIssuer(wizard: Wizard, target: AccountTarget | undefined, plans: Plans): Promise<Chosen> {
  const all = plans.all.flatMap(({ plan }) =>
    [...plan.issuers.values()].flatMap((issuer) => (issuer.type === 'acme' ? [{ plan, issuer }] : [])),
  );
  const meant = all.find(({ plan, issuer }) => plan.file === target?.plan && issuer.name === target.issuer);
  const [only] = all;
  if (only === undefined) {
    throw new Error('the plan names no ACME issuer. Run TLS: Request Certificate… and choose a CA first.');
  }
  if (meant !== undefined || all.length === 1) return meant ?? only;
  const items = all.map((chosen) => ({
    label: chosen.issuer.name,
    description: chosen.issuer.directory,
    chosen,
  }));
  const options = { title: 'Manage ACME account', placeHolder: 'At which issuer?', ignoreFocusOut: true };
  return (await wizard.pick(items, options)).chosen;
}

const done: Readonly<Record<AccountChange, string>> = {
  create: 'is ready',
  update: 'is updated',
  rollover: 'is signed for by a new key now',
  deactivate: 'is deactivated',
};

function changeBy(change: AccountChange): Action['ask'] {
  return async (_, chosen, services) => () => apply(change, chosen, services);
}

async function apply(change: AccountChange, { plan, issuer }: Chosen, services: Services): Promise<void> {
  const { changeAccount } = await import('../../../operations/account.ts');
  const url = await withProgress(`Account of ${issuer.name}`, plan, services, (context) =>
    changeAccount(plan, issuer.name, change, context),
  );
  void window.showInformationMessage(`The account of ${issuer.name} ${done[change]}: ${url}`);
}

async function endForGood(wizard: Wizard, chosen: Chosen, services: Services) {
  const sure = 'Deactivate';
  await wizard.dialogue(sure, () =>
    window.showWarningMessage(
      `Deactivate the account of ${chosen.issuer.name}?`,
      {
        modal: true,
        detail:
          'It can never be used again, and a new one has no proofs yet. Its certificates stay valid; to revoke one later takes the key of that certificate (tls-workbench revoke --by-key).',
      },
      sure,
    ),
  );
  return () => apply('deactivate', chosen, services);
}

async function importOther(wizard: Wizard, { plan, issuer }: Chosen, services: Services) {
  // One dialog cannot choose both on every platform.
  const kinds = [
    {
      label: 'Folder of the other client',
      detail: 'such as /etc/letsencrypt/accounts, ~/.lego or ~/.acme.sh',
      isFolder: true,
    },
    { label: 'Key file', detail: 'of the account, PEM or JWK', isFolder: false },
  ];
  const title = `Import account for ${issuer.name}`;
  const kind = await wizard.pick(kinds, { title, placeHolder: 'What is there?', ignoreFocusOut: true });
  const [folder] = workspace.workspaceFolders ?? [];
  const path = await wizard.dialogue(kind.label, async () => {
    const [file] =
      (await window.showOpenDialog({
        title,
        openLabel: 'Import',
        canSelectFiles: !kind.isFolder,
        canSelectFolders: kind.isFolder,
        ...(folder === undefined ? {} : { defaultUri: folder.uri }),
      })) ?? [];
    return file;
  });
  return async () => {
    const { importAccount } = await import('../../../operations/account.ts');
    const { url, file } = await withProgress(title, plan, services, (context) =>
      importAccount(plan, issuer.name, path.fsPath, context),
    );
    void window.showInformationMessage(`Took over account ${url} from ${file}.`);
  };
}

async function listOffered(wizard: Wizard, { plan, issuer }: Chosen, services: Services) {
  const { listProfiles } = await import('../../../operations/account.ts');
  const profiles = await withProgress(`Profiles of ${issuer.name}`, plan, services, (context) =>
    listProfiles(plan, issuer.name, context),
  );
  if (profiles.size === 0) {
    return async () => void window.showInformationMessage(`Issuer ${issuer.name} offers no profiles.`);
  }
  const items = [...profiles].map(([label, detail]) => ({ label, detail }));
  const placeHolder = 'Choose one to copy its line for the plan';
  const options = { title: `Profiles of ${issuer.name}`, placeHolder, ignoreFocusOut: true };
  const { label } = await wizard.pick(items, options);
  return async () => {
    await env.clipboard.writeText(`profile: ${label}`);
    void window.showInformationMessage(`"profile: ${label}" was copied. Paste it into a certificate of the plan.`);
  };
}

async function showRecord(wizard: Wizard, { plan, issuer }: Chosen, services: Services) {
  const names = [...plan.certificates.values()].filter((certificate) => certificate.issuer === issuer.name);
  const domain = await wizard.input({
    title: `dns-persist-01 at ${issuer.name}`,
    prompt: 'Domain name that the record shall prove, with *. for all names below it too',
    value: names[0]?.identifiers[0]?.value ?? '',
    validateInput: (value) =>
      /^(\*\.)?[\w-]+(\.[\w-]+)+$/.test(value) ? undefined : 'Write a domain name, such as example.com.',
    ignoreFocusOut: true,
  });
  return async () => {
    const { persistRecord } = await import('../../../operations/account.ts');
    const { name, value, isSet } = await withProgress(`Account of ${issuer.name}`, plan, services, (context) =>
      persistRecord(plan, issuer.name, domain, context),
    );
    const record = `${name}. IN TXT "${value}"`;
    const copy = 'Copy Record';
    const chosen = await window.showInformationMessage(
      isSet ? 'The record is set.' : 'The record is not seen from this machine.',
      { modal: true, detail: `${record}\n\nExperimental: a draft that few CAs take yet.` },
      copy,
    );
    if (chosen === copy) await env.clipboard.writeText(record);
  };
}
