import { withKey, withKeyAt } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { isSurelyThere, isUncertain, type Statement } from '../evaluate/statement.ts';

/**
 * What refuses all requests for a folder over plain HTTP, where no page of errors leads them to HTTPS after all.
 * @param level the folder, or undefined for that of a `.htaccess`
 */
export function refuserOfPlain(level: Statement | undefined, evaluation: Evaluation): Statement | undefined {
  const found = withKeyAt(evaluation, 'sslrequiressl', level).at(-1) ?? requirementOf(level, evaluation);
  if (!found || !isSurelyThere(found)) return undefined;
  const isSpared =
    withKey(evaluation, 'satisfy').some(({ args }) => /^any$/i.test(args[0]?.value ?? '')) ||
    withKey(evaluation, 'errordocument').some(({ args }) => args[0]?.value === '403');
  return isSpared ? undefined : found;
}

/** Others may let in who does not meet one. */
const mergers = ['authmerging', 'requireany', 'requireall', 'requirenone'];

/** `Require ssl`, where no other `Require` is merged with it or stands in its place later. */
function requirementOf(level: Statement | undefined, evaluation: Evaluation): Statement | undefined {
  const needs = withKeyAt(evaluation, 'require', level);
  if (!needs.every(({ args }) => args.length === 1 && /^ssl$/i.test(args[0]?.value ?? ''))) return undefined;
  const need = needs.at(-1);
  if (!need || mergers.some((key) => withKey(evaluation, key).length > 0)) return undefined;
  const folder = level && plainFolder(level);
  if (level && folder === undefined) return undefined;
  const isSparing = ({ parents, args }: Statement) => {
    const around = parents.at(-1);
    if (around === level || /^all denied$/i.test(args.map(({ value }) => value).join(' '))) return false;
    const other = around?.key === 'directory' ? plainFolder(around) : undefined;
    return folder === undefined || other === undefined || other.startsWith(folder);
  };
  return withKey(evaluation, 'require').some(isSparing) ? undefined : need;
}

/** With a slash at its end; undefined for an expression. */
function plainFolder({ args: [folder] }: Statement): string | undefined {
  const path = folder?.value ?? '';
  return /^[^*?[~]+$/.test(path) && !isUncertain(path) ? path.replace(/\/*$/, '/') : undefined;
}
