import { lineStart } from '../../../text/lines.ts';
import { saysGenerated } from '../../generated.ts';
import type { Project } from '../../language.ts';
import type { Statement } from '../evaluate/statement.ts';
import { openBranches } from '../lower/scopes/settle.ts';
import type { ApacheFile } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';

/** Why a statement or its file must not be edited here, or undefined where nothing speaks against it. */
export function refusalFor(statement: Statement, project: Project<ApacheFile>): string | undefined {
  const { file, node, args } = statement;
  const text = project.files.get(file)?.document.text ?? '';
  const generated = generatedFile(file, text);
  if (generated !== undefined) return generated;
  const line = text.slice(lineStart(text, node.range.start), node.range.end);
  if (/managed by certbot/i.test(line))
    return `${node.name} in ${file} is managed by Certbot, which would write it again.`;
  const isReplaced = args.some(({ value }, index) => value !== node.args[index]?.value);
  if (isReplaced || isUncertain(line)) {
    return `${node.name} in ${file} is written with a variable or a template. Change it where the value is made.`;
  }
  const hasPolicies = project.target.distribution?.hasPolicies !== false;
  if (hasPolicies && args.some(({ value }) => value === 'PROFILE=SYSTEM')) {
    return `${node.name} follows the system-wide crypto policy (PROFILE=SYSTEM). Change it with update-crypto-policies.`;
  }
  if (openBranches(statement).length > 0) {
    return `${node.name} in ${file} depends on a condition that cannot be decided here.`;
  }
  return undefined;
}

/** Files that a program writes and would overwrite. */
export function generatedFile(file: string, text: string): string | undefined {
  if (/options-ssl-apache\.conf$/.test(file) || /Certbot will be unable to automatically/.test(text.slice(0, 2000))) {
    return `${file} belongs to Certbot, which updates it. Set the value in the virtual host instead.`;
  }
  if (saysGenerated(text)) {
    return `${file} says that it is generated. Change its source instead.`;
  }
  return undefined;
}
