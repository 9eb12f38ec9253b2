import type { Statement } from '../evaluate/statement.ts';
import { toRegExp } from '../patterns.ts';

/** What a server, or the main one, has to say. */
interface Sparing {
  readonly sparing: readonly Statement[];
  readonly rewriting: readonly Statement[];
}

const variable = /^!?no-proxy(?:=|$)/;

/** True for a line that may set `no-proxy`, which keeps mod_proxy from a request. */
export function setsNoProxy({ key, args }: Statement): boolean {
  return key === 'rewriterule'
    ? /\bE(?:NV)?=!?no-proxy\b/i.test(args[2]?.value ?? '')
    : args.some(({ value }, index) => index > 0 && variable.test(value));
}

/**
 * Whether variables keep mod_proxy from the request for a path, which looks for one before all else (`proxy_trans`); undefined
 * where nobody can know. `SetEnv`, and what stands in sections, sets them too late (measured with 2.4.71).
 */
export function isSpared(
  { own, inherited }: { readonly own: Sparing; readonly inherited: Sparing },
  asked: string,
): boolean | undefined {
  let spared: boolean | undefined = false;
  for (const statement of [...inherited.sparing, ...own.sparing]) {
    const set = statement.args.findLast(({ value }) => variable.test(value))?.value.startsWith('!') === false;
    const holds = matches(statement, asked);
    if (holds) spared = set;
    else if (holds === undefined && spared !== set) spared = undefined;
  }
  return [...inherited.rewriting, ...own.rewriting].some(setsNoProxyByRule) ? undefined : spared;
}

function setsNoProxyByRule(statement: Statement): boolean {
  return statement.key === 'rewriterule' && setsNoProxy(statement);
}

function matches({ key, args: [attribute, pattern], branches, uncertain }: Statement, asked: string) {
  if (branches.length > 0 || uncertain || !/^request_uri$/i.test(attribute?.value ?? '')) return undefined;
  return toRegExp(pattern?.value ?? '', key === 'setenvifnocase')?.test(asked);
}
