import { remember } from '../../../memory/remember.ts';
import { isConditional, type Statement } from '../evaluate/statement.ts';
import { mappingOf } from './mapping.ts';
import type { RequestFacts, RewriteRequest } from './rewrite-conditions.ts';
import { applyRules, type RewriteResult } from './rewrite-rules.ts';
import { underEachName } from './under-each-name.ts';

/** The rules of one virtual host, which inherits none but by `RewriteOptions`, for one path. */
export function rewrite(
  statements: readonly Statement[],
  inherited: readonly Statement[],
  path: string,
  facts: RequestFacts,
): RewriteResult {
  return rewriteRequest(statements, inherited, { ...facts, asked: path, path });
}

/** The same of a request that may have been rewritten before. */
export function rewriteRequest(
  statements: readonly Statement[],
  inherited: readonly Statement[],
  request: RewriteRequest,
): RewriteResult {
  const { rewriting } = mappingOf(statements);
  const main = mappingOf(inherited).rewriting;
  // Whether rules are obeyed is inherited, the rules are not.
  const engine = engineOf(rewriting) ?? engineOf(main);
  if (engine === 'open') return unknown('RewriteEngine depends on a condition');
  if (engine !== 'on') return unchanged(request);
  if ((takesRules(rewriting) || givesRules(main)) && hasRules(main)) {
    return unknown('RewriteOptions brings rules of the main server');
  }
  const under = (asked: RewriteRequest) => applyRules(rewriting, asked.path, asked);
  return underEachName(request, under) ?? unknown('the rewrite rules answer each name differently');
}

/** What becomes of a request that no rule is asked about. */
export function unchanged({ path }: RewriteRequest): RewriteResult & { readonly kind: 'go-on' } {
  return { kind: 'go-on', to: path, isFinal: false, isMapped: false };
}

function unknown(reason: string): RewriteResult {
  return { kind: 'answer', answer: { kind: 'unknown', reason } };
}

// Each of thousands of paths asks.
const takesRules = remember((own: readonly Statement[]) => own.some((each) => inherits(each, 'inherit')));
const givesRules = remember((main: readonly Statement[]) => main.some((each) => inherits(each, 'inheritdown')));
const hasRules = remember((main: readonly Statement[]) => main.some(({ key }) => key === 'rewriterule'));

/** What the last `RewriteEngine` says; undefined where there is none. */
export const engineOf = remember((rewriting: readonly Statement[]): 'on' | 'off' | 'open' | undefined => {
  const engine = rewriting.findLast(({ key }) => key === 'rewriteengine');
  if (engine === undefined) return undefined;
  if (isConditional(engine)) return 'open';
  return engine.args[0]?.value.toLowerCase() === 'on' ? 'on' : 'off';
});

/** True for `RewriteOptions` with a word that begins so. */
export function inherits({ key, args }: Statement, word: string): boolean {
  return key === 'rewriteoptions' && args.some(({ value }) => value.toLowerCase().startsWith(word));
}
