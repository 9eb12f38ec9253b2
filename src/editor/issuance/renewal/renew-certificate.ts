import { type Disposable, window } from 'vscode';
import { createDocument, positionAt } from '../../../text/document.ts';
import { baseName } from '../../../text/path.ts';
import { describeRemaining } from '../../certificates/tree/model.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import type { IssueServices } from '../context.ts';
import { issueWithProgress } from '../issue.ts';
import type { PlannedState, PlanState } from '../plan/plans.ts';
import { reportRows, type Shown } from '../result.ts';

/** What a row of the view or a lens hands over. */
export interface RenewTarget {
  readonly plan: string;
  readonly name: string;
}

/**
 * `TLS: Renew Certificate…` renews one now, due or not; `TLS: Renew All Due Certificates` what is due; `TLS: Try
 * Certificate…` goes the same way without touching a live file.
 */
export function registerRenewal(services: IssueServices & Shown): Disposable[] {
  const guarded = (run: () => Promise<void>) => async () => {
    try {
      await run();
    } catch (error) {
      await reportFailure(services.log, 'The certificate was not renewed', error);
    }
  };
  return [
    // The first time is asked for in the same way; only its name differs.
    registerCommand(commands.requestPlanned, (target?: RenewTarget) => guarded(() => renewOne(target, services))()),
    registerCommand(commands.renewCertificate, (target?: RenewTarget) => guarded(() => renewOne(target, services))()),
    registerCommand(commands.tryCertificate, (target?: RenewTarget) => guarded(() => tryOne(target, services))()),
    registerCommand(
      commands.renewDue,
      guarded(() => renewDue(services)),
    ),
  ];
}

async function renewOne(target: RenewTarget | undefined, services: IssueServices & Shown): Promise<void> {
  const { plans } = services;
  await plans.refresh();
  const now = services.host.clock.now();
  const chosen =
    findTarget(plans.all, target) ?? (await runWizard((wizard) => choose(wizard, plans.all, now, 'Renew certificate')));
  if (chosen === undefined) return;
  refuseUnreadIssuer(chosen.state, chosen.name);
  await reportRows(await issueWithProgress(chosen.state.plan, [chosen.name], { force: true }, services), services);
}

async function tryOne(target: RenewTarget | undefined, services: IssueServices & Shown): Promise<void> {
  const { plans } = services;
  await plans.refresh();
  const title = 'Try certificate (dry run)';
  const now = services.host.clock.now();
  const chosen = findTarget(plans.all, target) ?? (await runWizard((wizard) => choose(wizard, plans.all, now, title)));
  if (chosen === undefined) return;
  refuseUnreadIssuer(chosen.state, chosen.name);
  const how = { force: true, dryRun: true };
  await reportRows(await issueWithProgress(chosen.state.plan, [chosen.name], how, services), services);
}

/** @throws Error with the mistake of the plan that hides the issuer of a certificate */
function refuseUnreadIssuer({ plan, text, diagnostics }: PlanState, name: string): void {
  const asked = plan.certificates.get(name)?.issuer;
  if (asked === undefined || plan.issuers.has(asked)) return;
  const mistake = diagnostics.find(
    ({ severity, issuer, certificate }) => severity === 'error' && (issuer ?? asked) === asked && !certificate,
  );
  if (mistake === undefined) return;
  const { line } = positionAt(createDocument(plan.file, text), mistake.range.start);
  throw new Error(`line ${line + 1} of ${baseName(plan.file)} hides its issuer. ${mistake.message}`);
}

async function renewDue(services: IssueServices & Shown): Promise<void> {
  const { plans } = services;
  await plans.refresh();
  if (plans.due.length === 0) {
    const isPlanned = plans.all.some(({ certificates }) => certificates.length > 0);
    void window.showInformationMessage(
      isPlanned
        ? 'No certificate of the plan is due.'
        : 'No certificate is planned yet. Run TLS: Request Certificate… first.',
    );
    return;
  }
  for (const { plan, certificates } of plans.all) {
    const names = certificates.filter(({ action }) => action.action !== 'none').map(({ planned }) => planned.name);
    if (names.length > 0) await reportRows(await issueWithProgress(plan, names, { force: false }, services), services);
  }
}

export function findTarget(
  states: readonly PlanState[],
  target: RenewTarget | undefined,
): { readonly state: PlanState; readonly name: string } | undefined {
  const state = states.find(({ plan }) => plan.file === target?.plan);
  return state !== undefined && target !== undefined ? { state, name: target.name } : undefined;
}

export async function choose(
  wizard: Wizard,
  states: readonly PlanState[],
  now: Date,
  title: string,
): Promise<{ readonly state: PlanState; readonly name: string }> {
  const items = states.flatMap((state) =>
    state.certificates.map((certificate) => ({
      label: certificate.planned.name,
      description: describeState(certificate, now),
      detail: certificate.planned.identifiers.map(({ value }) => value).join(', '),
      state,
      name: certificate.planned.name,
    })),
  );
  if (items.length === 0) {
    const broken = states.find(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'));
    if (broken !== undefined) {
      throw new Error(
        `${baseName(broken.plan.file)} has mistakes, so that none of its certificates is known. Mend them first.`,
      );
    }
    throw new Error('no certificate is planned yet. Run TLS: Request Certificate… first.');
  }
  return wizard.pick(items, { title, placeHolder: 'Which one?', ignoreFocusOut: true });
}

export function describeState({ notAfter, action }: PlannedState, now: Date): string {
  if (notAfter === undefined) return 'not issued yet';
  const remaining = describeRemaining(notAfter, now);
  return action.action === 'none' ? remaining : `${remaining}, due`;
}
