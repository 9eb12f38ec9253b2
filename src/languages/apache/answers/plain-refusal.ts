import { remember } from '../../../memory/remember.ts';
import { foldersAround } from '../../../text/path.ts';
import { withKey, withKeyAt } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isSurelyThere, type Statement } from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';

/**
 * What refuses all requests for a folder over plain HTTP, where no page of errors leads them to HTTPS after all.
 * @param level the folder, or undefined for that of a `.htaccess`
 */
export function refuserOfPlain(level: Statement | undefined, evaluation: Evaluation): Statement | undefined {
  const found = withKeyAt(evaluation, 'sslrequiressl', level).at(-1) ?? requirementOf(level, evaluation, isOfTls);
  if (!found || !isSurelyThere(found)) return undefined;
  return anySuffices(evaluation) || hasPageOfRefusals(evaluation) ? undefined : found;
}

/** `AuthType Basic` of a folder that lets in nobody without a password, which is asked for over plain HTTP too. */
export function askerOfPassword(level: Statement | undefined, evaluation: Evaluation): Statement | undefined {
  const found = withKeyAt(evaluation, 'authtype', level).at(-1);
  if (!found || !isSurelyThere(found) || !/^basic$/i.test(found.args[0]?.value ?? '')) return undefined;
  // That one refuses before anybody is asked, and an error page leads on to HTTPS.
  if (anySuffices(evaluation) || withKey(evaluation, 'sslrequiressl').length > 0) return undefined;
  const needed = requirementOf(level, evaluation, isOfUsers);
  return needed && isSurelyThere(needed) ? found : undefined;
}

const anySuffices = remember((evaluation: Evaluation) =>
  withKey(evaluation, 'satisfy').some(({ args }) => /^any$/i.test(args[0]?.value ?? '')),
);

const hasPageOfRefusals = remember((evaluation: Evaluation) =>
  withKey(evaluation, 'errordocument').some(({ args }) => args[0]?.value === '403'),
);

function isOfUsers({ args }: Statement): boolean {
  return /^(?:valid-user|user|group)$/i.test(args[0]?.value ?? '');
}

function isOfTls({ args }: Statement): boolean {
  return args.length === 1 && /^ssl$/i.test(args[0]?.value ?? '');
}

/** Others may let in who does not meet one. */
const mergers = ['authmerging', 'requireany', 'requireall', 'requirenone'];

/** Of one kind, where no other `Require` is merged with it or stands in its place later. */
function requirementOf(
  level: Statement | undefined,
  evaluation: Evaluation,
  isMeant: (need: Statement) => boolean,
): Statement | undefined {
  const needs = withKeyAt(evaluation, 'require', level);
  if (!needs.every(isMeant)) return undefined;
  const need = needs.at(-1);
  if (!need || mergers.some((key) => withKey(evaluation, key).length > 0)) return undefined;
  const { below, anywhere } = requirementsBySection(evaluation);
  if (level === undefined) return below.size === 0 && anywhere === 0 ? need : undefined;
  const folder = plainFolder(level);
  return folder !== undefined && anywhere === 0 && below.get(folder) === needs.length ? need : undefined;
}

/** How many `Require` but those that refuse all stand in sections for a folder or what is below it, and how many in others. */
const requirementsBySection = remember((evaluation: Evaluation) => {
  const below = new Map<string, number>();
  let anywhere = 0;
  for (const { parents, args } of withKey(evaluation, 'require')) {
    const around = parents.at(-1);
    if (around === undefined || /^all denied$/i.test(args.map(({ value }) => value).join(' '))) continue;
    const folder = around.key === 'directory' ? plainFolder(around) : undefined;
    if (folder === undefined) anywhere++;
    else for (const each of [folder, ...foldersAround(folder)]) below.set(each, (below.get(each) ?? 0) + 1);
  }
  return { below, anywhere };
});

/** Without a slash at its end; undefined for an expression. */
function plainFolder({ args: [folder] }: Statement): string | undefined {
  const path = folder?.value ?? '';
  return /^[^*?[~]+$/.test(path) && !isUncertain(path) ? path.replace(/\/+$/, '') || '/' : undefined;
}
