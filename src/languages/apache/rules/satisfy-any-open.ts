import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { asDirectory } from '../evaluate/folder-files.ts';
import { allowsAll, isInclude, mayRefuse } from '../evaluate/older-access.ts';
import { isInRequestCondition, isSurelyThere, locationOf, type Statement } from '../evaluate/statement.ts';
import { insertBefore, removeStatement, textsOf } from '../write/place.ts';
import { replacementsAmong } from './replaced-sections.ts';
import { type ApacheRule, fix } from './rule.ts';

/**
 * With `Satisfy Any` Apache asks what `Require` says only where another module refused before, and mod_access_compat refuses
 * nobody without `Deny` (measured with 2.4.71). What a section says of it replaces all that sections around say.
 */
export const satisfyAnyOpen: ApacheRule = {
  id: 'satisfy-any-open',
  title: 'Satisfy Any lets in everybody, whatever is required',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project }) {
    const lines = withKey(evaluation, 'satisfy').filter(isAny);
    if (lines.length === 0 || mayRefuseOtherwise(evaluation)) return;
    const isReplaced = replacementsAmong(olderKeys.flatMap((key) => withKey(evaluation, key)).flatMap(sectionOf));
    const folder =
      evaluation.context === '.htaccess' ? asDirectory(project.entry, evaluation.statements, 0) : undefined;
    for (const statement of lines) {
      const section = statement.parents.at(-1) ?? folder;
      const [host] = statement.parents;
      if (!section || !sections.test(section.key) || section.branches.some(({ kind }) => kind === 'request')) continue;
      const { children } = section;
      if (children.findLast(({ key }) => key === 'satisfy') !== statement || !children.every(isOpen)) continue;
      const required = children.find(({ key }) => key.startsWith('require'));
      if (!required || !isSurelyThere(required) || isReplaced(section)) continue;
      if (evaluation.unseen.has(undefined) || evaluation.unseen.has(host)) continue;
      const texts = textsOf(project);
      const isHalf = children.some(({ key }) => key === 'allow' || key === 'order');
      yield {
        message: `Everybody gets in here${project.complete ? '' : ', unless another file refuses them'}: with Satisfy Any, Apache looks at Require only where ${isHalf ? '"Deny" refuses somebody, and there is none. Write "Deny from all" too' : 'Order and Deny refuse somebody. Delete this line: of several Require lines one is enough anyway'}.`,
        location: locationOf(statement),
        related: [{ location: locationOf(required), message: 'Nobody is asked for this.' }],
        statement,
        ...(project.complete ? {} : { severity: 'information', effect: 'advice' }),
        fixes: [
          isHalf
            ? fix('Refuse all others', false, insertBefore(statement, ['Deny from all'], texts))
            : fix('Go by Require alone', false, removeStatement(statement, texts)),
        ],
      };
    }
  },
};

const sections = /^(?:location|directory|files|proxy)(?:match)?$/;
/** Those of mod_access_compat. */
const olderKeys = ['satisfy', 'order', 'allow', 'deny'];

function isAny(statement: Statement): boolean {
  return isSurelyThere(statement) && /^any$/i.test(statement.args[0]?.value ?? '');
}

/** mod_ssl refuses too, what a condition says is merged last, and methods have an order of their own. */
function mayRefuseOtherwise(evaluation: Evaluation): boolean {
  const isAsked = ({ args: [mode], parents }: Statement) =>
    parents.some(({ key }) => key !== 'virtualhost')
      ? !/^(?:none|off)$/i.test(mode?.value ?? '')
      : !/^(?:none|off|optional\w*)$/i.test(mode?.value ?? '');
  return (
    ['sslrequire', 'limit', 'limitexcept'].some((key) => withKey(evaluation, key).length > 0) ||
    withKey(evaluation, 'sslverifyclient').some(isAsked) ||
    olderKeys.some((key) => withKey(evaluation, key).some(isInRequestCondition))
  );
}

function sectionOf({ parents }: Statement): readonly Statement[] {
  return parents.slice(-1);
}

/** Refuses nobody by itself, and does not say in so many words that all may come. */
function isOpen(statement: Statement): boolean {
  return ![mayRefuse, allowsAll, isInclude, grantsAll].some((is) => is(statement));
}

function grantsAll({ key, args, children }: Statement): boolean {
  if (key === 'requireany') return children.some(grantsAll);
  if (key === 'requireall') return children.every(grantsAll);
  return key === 'require' && /^all granted$/i.test(args.map(({ value }) => value).join(' '));
}
