import { type Disposable, Range, Uri, window } from 'vscode';
import type { PlanValue } from '../../../acme/plan/edit.ts';
import { createDocument } from '../../../text/document.ts';
import type { FoundCertificate } from '../../certificates/tree/model.ts';
import { editorPosition } from '../../convert.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { planFileOf } from '../../uris.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import {
  checkFolder,
  chooseFolder,
  findProposals,
  localPath,
  type RequestServices,
} from '../request/request-certificate.ts';
import { displayed, writeEntry } from './write-plan.ts';

/** A row of the certificates view, or whatever else shows a certificate. */
interface CertificateRow {
  readonly certificate?: FoundCertificate;
}

/** `TLS: Add to Plan…` on a certificate of the view: from now on it is renewed as the plan says. */
export function registerAddToPlan(services: RequestServices): Disposable {
  return registerCommand(commands.addToPlan, async (row?: CertificateRow) => {
    try {
      if (row?.certificate !== undefined) await add(row.certificate, services);
    } catch (error) {
      await reportFailure(services.log, 'The certificate was not added to the plan', error);
    }
  });
}

async function add(certificate: FoundCertificate, services: RequestServices): Promise<void> {
  const names = requestableNames(certificate);
  const asked = await runWizard((wizard) => ask(wizard, names, services));
  if (asked === undefined) return;
  const { folder, plan, answers } = asked;
  const file = planFileOf(folder);
  if (answers === undefined) {
    await showEntry(file, asked.known, services);
    void window.showInformationMessage(`The plan has these names already, as ${asked.known}.`);
    return;
  }
  const name = await writeEntry(file, plan, answers, outputOf(certificate, folder));
  await services.plans.refresh();
  await showEntry(file, name, services);
}

/** Nothing but for the folder where its plan has the names. */
async function ask(wizard: Wizard, names: readonly string[], services: RequestServices) {
  const folder = await chooseFolder(wizard, 'Add to plan');
  const { askForRest, sameNames } = await import('../request/request-wizard.ts');
  const plan = services.plans.all.find((state) => state.plan.file === planFileOf(folder))?.plan;
  const planned = [...(plan?.certificates.values() ?? [])];
  const known = planned.find(({ identifiers }) => sameNames(identifiers, names));
  if (known !== undefined) return { folder, plan, known: known.name };
  const found = await findProposals(services);
  const proposal = found.find(({ proposal: { names: theirs } }) => names.every((name) => theirs.includes(name)));
  const answers = await askForRest(
    wizard,
    'Add to plan',
    plan,
    { names, proposal: proposal?.proposal },
    async (challenge) => {
      const local = await localPath(challenge.folder, folder, found, undefined, services);
      return { ...challenge, folder: displayed(folder, local ?? challenge.folder) };
    },
    (value) => checkFolder(value, folder, services),
  );
  return { folder, plan, answers };
}

/** @throws Error that says why no CA would be asked for it */
function requestableNames({ summary }: FoundCertificate): readonly string[] {
  if (summary.isCa) throw new Error('it is a CA certificate. Choose one of a server.');
  const names = summary.subjectAltNames.flatMap((name) => /^(?:DNS|IP):(.+)$/.exec(name)?.[1] ?? []);
  if (names.length === 0) throw new Error('it names no host. Request one for the names that you need instead.');
  return names;
}

/** Its own files: a renewal takes their place. */
function outputOf({ file, chain, keyFile }: FoundCertificate, folder: string): { readonly [key: string]: PlanValue } {
  const key = keyFile ?? `${file.replace(/\.(fullchain\.)?[^./]+$/, '')}.key`;
  const kind = keyFile === file ? 'combined' : chain.length > 0 ? 'fullchain' : 'certificate';
  return {
    [kind]: displayed(folder, file),
    ...(kind === 'combined' ? {} : { key: displayed(folder, key) }),
  };
}

async function showEntry(file: string, name: string, { plans }: RequestServices): Promise<void> {
  const state = plans.all.find(({ plan }) => plan.file === file);
  const entry = state?.plan.certificates.get(name);
  const start = editorPosition(createDocument(file, state?.text ?? ''), entry?.nameRange.start ?? 0);
  await window.showTextDocument(Uri.file(file), { selection: new Range(start, start) });
}
