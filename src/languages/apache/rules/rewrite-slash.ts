import { remember } from '../../../memory/remember.ts';
import type { Fix } from '../../../text/finding.ts';
import { folderOf, isWildcard } from '../answers/sections.ts';
import { levelsWith, withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';

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
        fixes: slashGone(statement, pattern.value, context),
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

const leadingSlash = /^\^\\?\//;

function withoutSlash(pattern: string): string {
  return pattern.replace(leadingSlash, '^');
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

function slashGone(statement: Statement, pattern: string, context: ApacheContext): readonly Fix[] {
  const start = leadingSlash.exec(pattern)?.[0] ?? '';
  const range = rangeOfStart(wordLocation(statement, 0), start, context);
  if (!range) return [];
  const behindCaret = { start: range.start + 1, end: range.end };
  return [fix('Take the slash out', false, { file: statement.file, range: behindCaret, newText: '' })];
}
