import type { Location } from '../../../text/range.ts';
import { withKey, withKeyAt } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { conditionsAround, isConditional, type Statement } from '../evaluate/statement.ts';
import { inherits, rewrite } from './rewrite.ts';

/** Rules of one place that nothing switches on. */
export interface IdleRules {
  /** The virtual host or section that they stand in, or undefined outside of all and in a `.htaccess`. */
  readonly place: Statement | undefined;
  readonly rules: readonly [Statement, ...Statement[]];
}

/**
 * The `RewriteRule`s for which no `RewriteEngine` stands where they do, nor further out; a server's holds for its folders too
 * (measured with 2.4.71). Those under one that says off are meant to rest.
 */
export function idleRules(evaluation: Evaluation): readonly IdleRules[] {
  const rules = withKey(evaluation, 'rewriterule');
  // Without mod_rewrite they are no directives at all.
  if (rules.length === 0 || (evaluation.modulesCertain && !evaluation.modules.has('rewrite'))) return [];
  const engines = withKey(evaluation, 'rewriteengine');
  const found = new Map<Statement | undefined, [Statement, ...Statement[]]>();
  const isInherited = withKey(evaluation, 'rewriteoptions').some((each) => inherits(each, 'inherit'));
  for (const rule of rules) {
    const [host] = rule.parents;
    const place = rule.parents.at(-1);
    if (rule.uncertain || isConditional({ branches: conditionsAround(rule) })) continue;
    // An include that is not at hand may say it, as may a template.
    if (evaluation.unseen.has(host) || evaluation.unseen.has(undefined)) continue;
    if (place !== undefined && place === host && place.key === 'virtualhost') {
      if (isSaid(evaluation, place) || isSaid(evaluation, undefined)) continue;
    } else if (engines.length > 0 || isInherited) continue;
    const known = found.get(place);
    if (known) known.push(rule);
    else found.set(place, [rule]);
  }
  return [...found].map(([place, list]) => ({ place, rules: list }));
}

/**
 * Where a redirect of all paths to HTTPS stands outside of the virtual hosts, which inherit no rules (measured with 2.4.71).
 * Undefined where some of them are meant to have none, and where it depends on more than plain HTTP, as on a name or a proxy's header.
 */
export function mainRedirect(evaluation: Evaluation): Location | undefined {
  if (evaluation.context !== 'server config' || withKeyAt(evaluation, 'rewriterule', undefined).length === 0) return;
  if (withKey(evaluation, 'rewriteengine').some(({ args }) => args[0]?.value.toLowerCase() !== 'on')) return;
  const [first, second] = ['/', '/a/b'].map((path) => {
    const result = rewrite(evaluation.statements, [], path, { https: false, port: 80, names: [] });
    const answer = result.kind === 'answer' && result.answer.kind === 'redirect' ? result.answer : undefined;
    return answer?.to.startsWith('https://') ? answer.location : undefined;
  });
  return second && first;
}

function isSaid(evaluation: Evaluation, level: Statement | undefined): boolean {
  return withKeyAt(evaluation, 'rewriteengine', level).length > 0;
}
