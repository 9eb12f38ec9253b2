import { idleRules } from '../answers/idle-rules.ts';
import { leadsToTls } from '../answers/slash-rules.ts';
import { withKeyAt } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { insertBefore, textsOf } from '../write/place.ts';
import { generatedFile } from '../write/refusal.ts';
import { type ApacheContext, type ApacheRule, fix } from './rule.ts';

/** Rules that nothing switches on: without `RewriteEngine on` mod_rewrite passes them over. */
export const rewriteEngineMissing: ApacheRule = {
  id: 'rewrite-engine-missing',
  title: 'Rewrite rules without RewriteEngine on',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation, project } = context;
    const { complete } = project;
    const isFolder = evaluation.context === '.htaccess' && evaluation.contextCertain;
    for (const { place, rules } of idleRules(evaluation)) {
      const redirect = rules.find(leadsToTls);
      // What is no more than a part may be one of anything that says it.
      const isPart = !complete && !isFolder && place?.key !== 'virtualhost';
      if (isPart || (!complete && redirect === undefined)) continue;
      const [first] = rules;
      const reported = redirect ?? first;
      const because = complete
        ? 'Nothing says "RewriteEngine on" here or in an enclosing section, so Apache ignores this rule: '
        : `Nothing says "RewriteEngine on" in this file: unless ${isFolder ? 'the server or a folder above' : 'the main server'} does, `;
      yield {
        message: `${because}${redirect ? 'it redirects nobody to HTTPS' : 'it does nothing'}. Write it before the rules.`,
        location: { file: reported.file, range: reported.node.nameRange },
        statement: reported,
        ...(complete && redirect ? {} : { severity: 'information', effect: 'advice' }),
        fixes: switchedOn(first, context),
      };
    }
  },
};

/** Before the conditions of the first rule. */
function switchedOn(first: Statement, { evaluation, project }: ApacheContext) {
  const texts = textsOf(project);
  if (generatedFile(first.file, texts(first.file)) !== undefined) return [];
  const level = first.parents.at(-1);
  const before = withKeyAt(evaluation, 'rewritecond', level).find(({ order }) => order < first.order) ?? first;
  if (before.file !== first.file) return [];
  return [fix('Write RewriteEngine on', false, insertBefore(before, ['RewriteEngine on'], texts))];
}
