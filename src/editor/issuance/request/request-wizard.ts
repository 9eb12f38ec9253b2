import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { isPermitted } from '../../../acme/local/local-names.ts';
import { type Identifier, parseIdentifier } from '../../../acme/order/identifiers.ts';
import type { Issuer, Plan } from '../../../acme/plan/plan.ts';
import { caPresets, findPreset } from '../../../acme/plan/presets.ts';
import { displayPath } from '../../uris.ts';
import type { Wizard } from '../../wizard/wizard.ts';
import type { ChallengeFolder, Proposal } from './proposals.ts';

/** What a request needs to know, as the user chose it. */
export interface RequestAnswers {
  readonly names: readonly string[];
  readonly proposal: Proposal | undefined;
  readonly issuer: IssuerChoice;
  /** Undefined for a local issuer, which asks for no proof. */
  readonly challenge: ChallengeFolder | undefined;
}

/** An issuer of the plan, or one that is added to it. */
export type IssuerChoice =
  | { readonly kind: 'known'; readonly issuer: Issuer }
  | { readonly kind: 'local' }
  | {
      readonly kind: 'acme';
      readonly name: string;
      readonly directory: string;
      readonly contact: readonly string[];
      readonly kid: string | undefined;
    };

/** Turns a proposed folder of the server into one of this machine. */
type LocalFolder = (challenge: ChallengeFolder) => Promise<ChallengeFolder>;
/** What is wrong with a folder, as a sentence; undefined where nothing is. */
type CheckFolder = (folder: string) => Promise<string | undefined>;

/** Asks for names, issuer and webroot, each filled in where the configuration says it. */
export async function askForRequest(
  wizard: Wizard,
  plan: Plan | undefined,
  proposals: readonly Proposal[],
  localFolder: LocalFolder,
  checkFolder: CheckFolder,
): Promise<RequestAnswers> {
  const chosen = await askForNames(wizard, plan, proposals);
  return askForIssuance(wizard, 'Request certificate', 2, plan, chosen, localFolder, checkFolder);
}

/** Asks for what is left when the names are known: issuer, and webroot where the issuer wants a proof. */
export function askForRest(
  wizard: Wizard,
  title: string,
  plan: Plan | undefined,
  chosen: NamesChoice,
  localFolder: LocalFolder,
  checkFolder: CheckFolder,
): Promise<RequestAnswers> {
  return askForIssuance(wizard, title, 1, plan, chosen, localFolder, checkFolder);
}

/** How many steps there are is known only with the issuer, so the titles count them and promise none. */
async function askForIssuance(
  wizard: Wizard,
  title: string,
  step: number,
  plan: Plan | undefined,
  chosen: NamesChoice,
  localFolder: LocalFolder,
  checkFolder: CheckFolder,
): Promise<RequestAnswers> {
  const issuer = await askForIssuer(wizard, `${title}: issuer (step ${step})`, plan, chosen.names);
  const isLocal = issuer.kind === 'local' || (issuer.kind === 'known' && issuer.issuer.type === 'local');
  if (isLocal) return { ...chosen, issuer, challenge: undefined };
  const proposed = chosen.proposal?.challenge;
  const local = proposed === undefined ? undefined : await localFolder(proposed);
  const challenge = await askForFolder(wizard, `${title}: webroot (step ${step + 1})`, local, checkFolder);
  return { ...chosen, issuer, challenge };
}

export interface NamesChoice {
  readonly names: readonly string[];
  readonly proposal: Proposal | undefined;
}

async function askForNames(
  wizard: Wizard,
  plan: Plan | undefined,
  proposals: readonly Proposal[],
): Promise<NamesChoice> {
  const title = 'Request certificate: names';
  if (proposals.length > 0) {
    const items: (QuickPickItem & { proposal?: Proposal })[] = proposals.map((proposal) => ({
      label: proposal.names.join(', '),
      description: displayPath(proposal.file),
      ...(isPlanned(plan, proposal.names) ? { detail: 'In the plan already: this requests it again' } : {}),
      proposal,
    }));
    items.push({ label: '', kind: QuickPickItemKind.Separator }, { label: '$(edit) Other names…' });
    const picked = await wizard.pick(items, {
      title: `${title} (step 1)`,
      placeHolder: 'For which names? Those of the open configuration come first.',
      ignoreFocusOut: true,
    });
    if (picked.proposal !== undefined) return { names: picked.proposal.names, proposal: picked.proposal };
  }
  const text = await wizard.input({
    title: `${title} (step 1)`,
    prompt: 'Domain names and addresses, separated by spaces. The first one gives the certificate its name.',
    placeHolder: 'example.com www.example.com',
    validateInput: (value) => readNames(value).problem,
    ignoreFocusOut: true,
  });
  return { names: readNames(text).names, proposal: undefined };
}

/** Names of a text, and what is wrong with the first bad one. */
export function readNames(text: string): { readonly names: readonly string[]; readonly problem: string | undefined } {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  if (words.length === 0) return { names: [], problem: 'Write at least one name, such as example.com.' };
  const names: string[] = [];
  for (const word of words) {
    const identifier = parseIdentifier(word);
    if ('problem' in identifier) return { names, problem: `${identifier.problem}.` };
    if (!names.includes(identifier.value)) names.push(identifier.value);
  }
  return { names, problem: undefined };
}

function isPlanned(plan: Plan | undefined, names: readonly string[]): boolean {
  return [...(plan?.certificates.values() ?? [])].some(({ identifiers }) => sameNames(identifiers, names));
}

export function sameNames(identifiers: readonly Identifier[], names: readonly string[]): boolean {
  return identifiers.length === names.length && identifiers.every(({ value }) => names.includes(value));
}

type IssuerItem = QuickPickItem & { readonly choice?: () => Promise<IssuerChoice> };

async function askForIssuer(
  wizard: Wizard,
  title: string,
  plan: Plan | undefined,
  names: readonly string[],
): Promise<IssuerChoice> {
  const known = [...(plan?.issuers.values() ?? [])];
  const items: IssuerItem[] = known.map((issuer) => ({
    label: issuer.name,
    description: issuer.type === 'local' ? 'development CA on this machine' : issuer.directory,
    ...(issuer.type === 'local' && lackingNames(issuer.permitted, names).length > 0
      ? {
          detail: `${lackingNames(issuer.permitted, names).join(', ')} is added to its permitted names, which makes a new root`,
        }
      : {}),
    choice: async () => ({ kind: 'known', issuer }),
  }));
  if (!known.some(({ type }) => type === 'local')) {
    items.unshift({
      label: 'local',
      description: 'development CA on this machine',
      detail: 'Needs no network and no proof. Browsers trust it once you have installed its root.',
      choice: async () => ({ kind: 'local' }),
    });
  }
  items.push({ label: 'public CAs', kind: QuickPickItemKind.Separator });
  for (const preset of caPresets) {
    if (known.some((issuer) => issuer.type === 'acme' && issuer.directory === preset.directory)) continue;
    items.push({
      label: preset.title,
      description: preset.kind === 'staging' ? 'for trying out' : '',
      detail: preset.note,
      choice: () => askForAccount(wizard, preset.id, preset.directory),
    });
  }
  items.push(
    { label: '', kind: QuickPickItemKind.Separator },
    { label: '$(link) Another ACME directory…', choice: () => askForDirectory(wizard, title) },
  );
  const { choice } = await wizard.pick(items, {
    title,
    placeHolder: 'Who shall issue it?',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return choice === undefined ? { kind: 'local' } : choice();
}

export function lackingNames(permitted: readonly string[], names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const identifier = parseIdentifier(name);
    return 'problem' in identifier || !isPermitted(identifier, permitted);
  });
}

async function askForDirectory(wizard: Wizard, title: string): Promise<IssuerChoice> {
  const directory = await wizard.input({
    title,
    prompt:
      'Address of the ACME directory. A private CA whose own certificate is not trusted here needs "ca" in the plan.',
    placeHolder: 'https://ca.example.net/acme/directory',
    validateInput: (value) =>
      /^https?:$/.test(protocolOf(value)) ? undefined : 'Write an address that starts with https://.',
    ignoreFocusOut: true,
  });
  return askForAccount(wizard, new URL(directory).hostname, directory);
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

async function askForAccount(wizard: Wizard, name: string, directory: string): Promise<IssuerChoice> {
  const preset = findPreset(directory);
  const title = `Account at ${preset?.title ?? name}`;
  let kid: string | undefined;
  if (preset?.needsEab === true) {
    kid = await wizard.input({
      title,
      prompt: `Key id that the CA gave you. ${preset.note}`,
      validateInput: (value) => (value.trim() === '' ? 'Write the key id. Its secret is asked for later.' : undefined),
      ignoreFocusOut: true,
    });
  }
  const contact = await wizard.input({
    title,
    prompt: 'Mail address for the CA to write to, or nothing',
    placeHolder: 'ops@example.com',
    validateInput: (value) =>
      value === '' || /^\S+@\S+\.\S+$/.test(value) ? undefined : 'Write a mail address, or nothing.',
    ignoreFocusOut: true,
  });
  const agree = 'I Agree';
  const isReal = preset?.kind === 'production';
  const deliberate = 'This is the CA itself: its limits count, and each name is published in public logs.\n\n';
  await wizard.dialogue(`${title}: terms`, () =>
    window.showInformationMessage(
      `${preset?.title ?? name} issues only to those who agree to its terms of service.`,
      {
        modal: true,
        detail: `${isReal ? deliberate : ''}The plan notes that you agree. The terms are linked in the CA’s directory and on its site.`,
      },
      agree,
    ),
  );
  return { kind: 'acme', name, directory: preset?.id ?? directory, contact: contact === '' ? [] : [contact], kid };
}

async function askForFolder(
  wizard: Wizard,
  title: string,
  proposed: ChallengeFolder | undefined,
  check: (folder: string) => Promise<string | undefined>,
): Promise<ChallengeFolder> {
  const isDirect = proposed?.kind === 'challengeDirectory';
  const folder = await wizard.input({
    title,
    prompt: isDirect
      ? 'Folder that the server shows as /.well-known/acme-challenge/, as the configuration says'
      : 'Document root of the names: the challenge file goes to .well-known/acme-challenge/ below it',
    placeHolder: 'public',
    value: proposed?.folder ?? '',
    validateInput: check,
    ignoreFocusOut: true,
  });
  return { kind: proposed?.kind ?? 'webroot', folder };
}
