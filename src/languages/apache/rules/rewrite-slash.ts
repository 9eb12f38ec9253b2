import { remember } from '../../../memory/remember.ts';
import type { FileEdit } from '../../../text/edit.ts';
import { folderOf, isWildcard } from '../answers/sections.ts';
import { levelsWith, withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheRule, fix } from './rule.ts';

/**
 * `RewriteRule ^/…` in `<Directory>` or `.htaccess`, where rules see the path behind the folder, without a slash before it
 * (https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule, "What is matched?").
 */
export const rewriteSlash: ApacheRule = {
  id: 'rewrite-slash',
  title: 'Rewrite rule of a folder that waits for a slash',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const statement of withKey(context.evaluation, 'rewriterule')) {
      const [pattern, target] = statement.args;
      if (!pattern || !target || statement.uncertain || !wantsSlash(pattern.value)) continue;
      if (!isOfFolder(statement, context.evaluation) || mayFollowPath(statement, context.evaluation)) continue;
      const leadsToTls = target.value.startsWith('https://');
      const outcome = leadsToTls ? 'nobody is led to HTTPS by it' : 'the rule does nothing';
      yield {
        message: `"${pattern.value}" never matches here, so that ${outcome}: in a folder rules see the path behind it, without a slash before. Write "${withoutSlash(pattern.value)}".`,
        location: wordLocation(statement, 0),
        statement,
        ...(leadsToTls ? {} : { severity: 'information', effect: 'advice' }),
        fixes: slashGone(statement, context).map((edit) => fix('Take the slash out', false, edit)),
      };
    }
  },
};

/** One that nothing makes optional, in an expression without alternatives beside it. */
function wantsSlash(pattern: string): boolean {
  return /^\^\\?\/(?![?*{])/.test(pattern) && !hasAlternatives(pattern);
}

function hasAlternatives(pattern: string): boolean {
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\.|\[\^?\]?[^\]]*\]|[()|]/gs)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (token === '|' && depth === 0) return true;
  }
  return false;
}

function withoutSlash(pattern: string): string {
  return pattern.replace(/^\^\\?\//, '^');
}

/** Right in a `.htaccess`, or in a section whose folder is known: behind a wildcard rules see the whole path of the file. */
function isOfFolder({ context, parents }: Statement, evaluation: Evaluation): boolean {
  const section = parents.findLast(({ key }) => /^(?:directory|location|proxy)(?:match)?$/.test(key));
  if (section === undefined) return context === '.htaccess' && evaluation.contextCertain;
  const folder = folderOf(section);
  return context === 'directory' && folder !== undefined && !isWildcard(folder);
}

/** A rule before may have made a path with a slash of it, by itself or by a variable. */
function mayFollowPath({ order, parents }: Statement, evaluation: Evaluation): boolean {
  const rules = levelsWith(evaluation, 'rewriterule').get(parents.at(-1));
  return rules !== undefined && firstPath(rules) < order;
}

const firstPath = remember(
  (rules: readonly Statement[]) => rules.find(({ args }) => /^[/%]/.test(args[1]?.value ?? ''))?.order ?? Infinity,
);

/** Nothing where a macro or a variable has written it. */
function slashGone({ file, args }: Statement, { project }: ApacheContext): readonly FileEdit[] {
  const pattern = args[0];
  if (!pattern) return [];
  const { start, end } = pattern.range;
  const text = project.files.get(file)?.document.text.slice(start, end) ?? '';
  const found = /^["']?\^(\\?\/)/.exec(text);
  if (!found) return [];
  const at = start + found[0].length - (found[1] as string).length;
  return [{ file, range: { start: at, end: start + found[0].length }, newText: '' }];
}
