import type { Fix } from '../../../text/finding.ts';
import { leadsToTls, waitsForSlash } from '../answers/slash-rules.ts';
import { withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';

/** A rule that never matches, for the slash that it begins with. */
export const rewriteSlash: ApacheRule = {
  id: 'rewrite-slash',
  title: 'Rewrite rule of a folder that waits for a slash',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const statement of withKey(context.evaluation, 'rewriterule')) {
      const [pattern] = statement.args;
      if (!pattern || !waitsForSlash(statement, context.evaluation)) continue;
      const outcome = leadsToTls(statement) ? 'nobody is led to HTTPS by it' : 'the rule does nothing';
      yield {
        message: `"${pattern.value}" never matches here, so that ${outcome}: in a folder rules see the path behind it, without a slash before. Write "${withoutSlash(pattern.value)}".`,
        location: wordLocation(statement, 0),
        statement,
        ...(leadsToTls(statement) ? {} : { severity: 'information', effect: 'advice' }),
        fixes: slashGone(statement, pattern.value, context),
      };
    }
  },
};

const leadingSlash = /^\^\\?\//;

function withoutSlash(pattern: string): string {
  return pattern.replace(leadingSlash, '^');
}

function slashGone(statement: Statement, pattern: string, context: ApacheContext): readonly Fix[] {
  const start = leadingSlash.exec(pattern)?.[0] ?? '';
  const range = rangeOfStart(wordLocation(statement, 0), start, context);
  if (!range) return [];
  const behindCaret = { start: range.start + 1, end: range.end };
  return [fix('Take the slash out', false, { file: statement.file, range: behindCaret, newText: '' })];
}
