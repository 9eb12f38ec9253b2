import { type Disposable, languages as editorLanguages, type QuickPickItem, window, workspace } from 'vscode';
import type { Plan } from '../../../acme/plan/plan.ts';
import type { ExportedPlan } from '../../../operations/transfer/export-plan.ts';
import { commands } from '../../ids.ts';
import { reportFailure } from '../../log.ts';
import { registerCommand } from '../../register.ts';
import { displayPath } from '../../uris.ts';
import { runWizard, type Wizard } from '../../wizard/wizard.ts';
import type { RequestServices } from '../request/request-certificate.ts';

type Target = QuickPickItem & {
  readonly language: string;
  readonly write: (plan: Plan) => Promise<ExportedPlan>;
};

const targets: readonly Target[] = [
  {
    label: 'cert-manager',
    detail: 'Issuers and Certificates for Kubernetes',
    language: 'yaml',
    write: async (plan) => (await import('../../../operations/transfer/cert-manager.ts')).exportCertManager(plan),
  },
  {
    label: 'Caddy',
    detail: 'A Caddyfile with a site for each certificate',
    language: 'caddyfile',
    write: async (plan) => (await import('../../../operations/transfer/export-plan.ts')).exportCaddy(plan),
  },
  {
    label: 'certbot',
    detail: 'A command for each certificate',
    language: 'shellscript',
    write: async (plan) => (await import('../../../operations/transfer/export-plan.ts')).exportCertbot(plan),
  },
];

/** `TLS: Export Plan…`: the plan in another program's words, in an editor that nobody has saved yet. */
export function registerPlanExport(services: RequestServices): Disposable {
  return registerCommand(commands.exportPlan, async () => {
    try {
      await exportPlan(services);
    } catch (error) {
      await reportFailure(services.log, 'The plan was not exported', error);
    }
  });
}

async function exportPlan({ plans, log }: RequestServices): Promise<void> {
  await plans.refresh();
  const chosen = await runWizard(async (wizard) => {
    const plan = await choosePlan(
      wizard,
      plans.all.map((state) => state.plan),
    );
    const options = { title: 'Export plan', placeHolder: 'For which program?', ignoreFocusOut: true };
    return { plan, target: await wizard.pick(targets, options) };
  });
  if (chosen === undefined) return;
  const { plan, target } = chosen;
  const { text, notes } = await target.write(plan);
  const isKnown = (await editorLanguages.getLanguages()).includes(target.language);
  const language = isKnown ? target.language : 'plaintext';
  await window.showTextDocument(await workspace.openTextDocument({ content: text, language }));
  if (notes.length === 0) return;
  for (const note of notes) log.info(note);
  const count = notes.length === 1 ? '1 note says' : `${notes.length} notes say`;
  const shown = await window.showInformationMessage(
    `Exported for ${target.label}. ${count} what needs a look.`,
    'Show Notes',
  );
  if (shown !== undefined) log.show();
}

async function choosePlan(wizard: Wizard, all: readonly Plan[]): Promise<Plan> {
  const filled = all.filter(({ certificates }) => certificates.size > 0);
  const [only] = filled;
  if (only === undefined) throw new Error('the plan has no certificates. Run TLS: Request Certificate… first.');
  if (filled.length === 1) return only;
  const items = filled.map((plan) => ({ label: displayPath(plan.file), plan }));
  const options = { title: 'Export plan', placeHolder: 'Which plan?', ignoreFocusOut: true };
  return (await wizard.pick(items, options)).plan;
}
