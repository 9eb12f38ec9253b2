import type { PlanValue } from '../../../acme/plan/edit.ts';
import type { Plan } from '../../../acme/plan/plan.ts';
import type { TextEdit } from '../../../text/edit.ts';
import { isBelow, relativePath } from '../../../text/path.ts';
import { readText, writeText } from '../../texts.ts';
import type { ChallengeFolder } from '../request/proposals.ts';
import type { IssuerChoice, RequestAnswers } from '../request/request-wizard.ts';

/** Adds issuer and certificate to the plan, its comments kept. @returns the certificate's name in the plan */
export async function writeEntry(
  file: string,
  plan: Plan | undefined,
  answers: RequestAnswers,
  output: { readonly [key: string]: PlanValue },
): Promise<string> {
  const { addEntry, setValue } = await import('../../../acme/plan/edit.ts');
  const { lackingNames, sameNames } = await import('../request/request-wizard.ts');
  const { applyEdits } = await import('../../../text/edit.ts');
  const before = await readText(file);
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
  await writeText(file, before, text);
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

/** A path as the plan writes it: relative where it lies below the plan's folder. */
export function displayed(folder: string, path: string): string {
  return isBelow(path, folder) ? relativePath(folder, path) : path;
}
