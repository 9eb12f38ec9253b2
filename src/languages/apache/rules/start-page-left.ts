import { allHold, type RewriteRequest } from '../answers/rewrite-conditions.ts';
import { type ConditionalRule, leavesPath, rulesOf } from '../answers/rewrite-rules.ts';
import { withKey } from '../evaluate/by-key.ts';
import { toRegExp } from '../patterns.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';

/** Anything but the empty path. */
const notEmpty = /^(?:\^?\.|\.\$|\^?(?:\.\+|\(\.\+\))\$?)$/;

const plain: RewriteRequest = { https: false, port: 80, names: [], asked: '/', path: '/' };

/**
 * `RewriteRule . https://…` in a `.htaccess`: the path of the folder's start page is empty there, so that it alone stays on plain
 * HTTP (measured with 2.4.71; the file that mod_dir finds for it is not asked for anew).
 */
export function* startPagesLeft({ evaluation }: ApacheContext): Iterable<ApacheReport> {
  if (evaluation.context !== '.htaccess') return;
  const toHttps = evaluation.all.filter(({ args }) => args.some(({ value }) => /^https:\/\//i.test(value)));
  const [only, ...others] = toHttps;
  const rules = rulesOf(evaluation.statements);
  const found = rules.find(({ rule }) => rule === only);
  const [pattern, target] = only?.args ?? [];
  if (
    !found ||
    !only ||
    !pattern ||
    !target ||
    others.length > 0 ||
    only.uncertain ||
    only.file !== evaluation.all[0]?.file
  )
    return;
  const isOfScheme = found.conditions.every(({ args }) => /https|server_port|scheme|proto/i.test(args[0]?.value ?? ''));
  if (!isOfScheme || found.conditions.length === 0 || !notEmpty.test(pattern.value)) return;
  if (!(found.flags.has('r') || found.flags.has('redirect')) || allHold(found.conditions, plain) === false) return;
  if (['directoryindexredirect', 'sslrequiressl'].some((key) => withKey(evaluation, key).length > 0)) return;
  if (rules.some((each) => each !== found && leadsOn(each))) return;
  // What `$0` and `$1` stand for stays the same.
  const instead = pattern.value.includes('+') ? pattern.value.replace('+', '*') : '^';
  yield {
    message: `The start page stays on plain HTTP: in a .htaccess its path is empty, which "${pattern.value}" does not match. Write "${instead}".`,
    location: { file: only.file, range: pattern.range },
    statement: only,
    fixes: [fix(`Write ${instead}`, true, { file: only.file, range: pattern.range, newText: instead })],
  };
}

/**
 * Another rule takes the start page, a folder, or the file that mod_dir looks for in it, and has it asked for anew by a path
 * that has characters, as where all is in `public/`.
 */
function leadsOn({ rule, conditions }: ConditionalRule): boolean {
  if (leavesPath(rule)) return false;
  const pattern = rule.args[0]?.value ?? '';
  const isNegated = pattern.startsWith('!');
  const expression = toRegExp(isNegated ? pattern.slice(1) : pattern);
  const takes = (path: string, unless: string) =>
    expression?.test(path) !== isNegated && !conditions.some(({ args }) => args[1]?.value === unless);
  return takes('', '!-d') || ['index.html', 'index.php'].some((index) => takes(index, '!-f'));
}
