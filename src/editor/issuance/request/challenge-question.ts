import { Range, Uri, window } from 'vscode';
import type { Plan } from '../../../acme/plan/plan.ts';
import type { Analyses } from '../../configurations/workspace/analyses.ts';
import { documentsOf } from '../../configurations/workspace/views.ts';
import { editorLocation } from '../../convert.ts';
import type { EditorSettings } from '../../settings.ts';
import { type ChallengeProof, proveChallenges } from './challenge-proofs.ts';

/**
 * Before an order is spent: says for which names the configurations of the workspace would answer the challenge otherwise,
 * and whether to go on all the same. Where that is on another machine and may be right there, nobody is asked.
 * @returns why no order shall be placed; undefined to go on
 */
export async function askAboutPath(
  plan: Plan,
  certificate: string,
  { analyses, settings }: { readonly analyses: Analyses; readonly settings: EditorSettings },
): Promise<string | undefined> {
  const proofs = await proveChallenges(plan, analyses, settings);
  const broken = proofs.filter(
    (proof) => proof.certificate === certificate && proof.verdict === 'broken' && proof.severity === 'warning',
  );
  const [first] = broken;
  if (first === undefined) return undefined;
  const messages = broken.map(({ message }) => message);
  const [go, show] = ['Request All the Same', 'Show Configuration'];
  const chosen = await window.showWarningMessage(
    `The challenge for ${broken.map(({ name }) => name).join(', ')} would fail, as the configuration has it.`,
    { modal: true, detail: `${messages.join('\n')}\n\nNo order was placed yet.` },
    go,
    show,
  );
  if (chosen === go) return undefined;
  if (chosen === show) await showAnswer(first);
  return messages.join(' ');
}

async function showAnswer({ location, run }: ChallengeProof): Promise<void> {
  const place = location && editorLocation(location, documentsOf(run));
  const uri = place?.uri ?? Uri.file(run.project.entry);
  await window.showTextDocument(uri, { selection: place?.range ?? new Range(0, 0, 0, 0) });
}
