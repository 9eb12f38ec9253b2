import { type Disposable, window } from 'vscode';
import { nothingTakenBack } from '../../../acme/local/nothing-taken-back.ts';
import type { RevocationReason } from '../../../operations/revoke.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { runWizard } from '../../wizard/wizard.ts';
import type { IssueServices } from '../context.ts';
import type { PlannedState, PlanState } from '../plan/plans.ts';
import { withProgress } from '../progress.ts';
import type { Shown } from '../result.ts';
import { choose, findTarget, type RenewTarget } from './renew-certificate.ts';

const reasons: readonly { readonly label: string; readonly detail: string; readonly reason: RevocationReason }[] = [
  { label: 'Superseded', detail: 'A new certificate has taken its place', reason: 'superseded' },
  { label: 'Key compromise', detail: 'Somebody else may have the private key', reason: 'keyCompromise' },
  { label: 'Cessation of operation', detail: 'The names are no longer served', reason: 'cessationOfOperation' },
  { label: 'Affiliation changed', detail: 'The names have changed hands', reason: 'affiliationChanged' },
  { label: 'No reason', detail: 'Say nothing about why', reason: 'unspecified' },
];

/** `TLS: Revoke Certificate…`: cannot be undone, so it asks which, why and whether. */
export function registerRevocation(services: IssueServices & Shown): Disposable {
  return registerCommand(commands.revokeCertificate, async (target?: RenewTarget) => {
    try {
      await revoke(target, services);
    } catch (error) {
      await reportFailure(services.log, 'The certificate was not revoked', error);
    }
  });
}

/** The plans with what an ACME CA has issued. @throws Error where there is nothing else */
function revocable(states: readonly PlanState[]): readonly PlanState[] {
  const left = states.map((state) => {
    const isAcme = ({ planned }: PlannedState) => state.plan.issuers.get(planned.issuer)?.type !== 'local';
    return { ...state, certificates: state.certificates.filter(isAcme) };
  });
  const count = (list: readonly PlanState[]) => list.reduce((sum, { certificates }) => sum + certificates.length, 0);
  if (count(states) > 0 && count(left) === 0) {
    throw new Error(`every certificate of the plan is of a development CA, and ${nothingTakenBack}`);
  }
  return left;
}

async function revoke(target: RenewTarget | undefined, services: IssueServices & Shown): Promise<void> {
  const { plans, host } = services;
  const states = revocable(plans.all);
  const title = 'Revoke certificate';
  const given = findTarget(states, target);
  const asked = await runWizard(async (wizard) => {
    const chosen = given ?? (await choose(wizard, states, host.clock.now(), title));
    const options = { title: `${title}: ${chosen.name}`, placeHolder: 'Why?', ignoreFocusOut: true };
    return { chosen, reason: await wizard.pick(reasons, options) };
  });
  if (asked === undefined) return;
  const { chosen, reason } = asked;
  const sure = 'Revoke';
  const answer = await window.showWarningMessage(
    `Revoke the certificate ${chosen.name}?`,
    { modal: true, detail: 'Clients that check will refuse it from now on. This cannot be undone.' },
    sure,
  );
  if (answer !== sure) return;
  const { revokeCertificate } = await import('../../../operations/revoke.ts');
  const { plan } = chosen.state;
  const result = await withProgress(`Revoking ${chosen.name}`, plan, services, (context) =>
    revokeCertificate(plan, chosen.name, {
      ...context,
      reason: reason.reason,
      byCertificateKey: false,
      file: undefined,
      dryRun: false,
    }),
  );
  await plans.refresh();
  const state = result.wasRevoked ? 'had been revoked before' : 'is revoked';
  void window.showInformationMessage(
    `${chosen.name} (serial number ${result.serialNumber}) ${state}. Renew it before the server is used again.`,
  );
}
