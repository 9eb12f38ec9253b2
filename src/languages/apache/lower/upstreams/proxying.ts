import { remember } from '../../../../memory/remember.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { Argument } from '../../syntax.ts';
import { isUncertain } from '../../uncertain.ts';

/** Where a directive sends requests: `https://backend:8443/`, `balancer://app/`, `fcgi://localhost/`. */
export interface ProxyTarget {
  readonly statement: Statement;
  /** Index of the argument that names it. */
  readonly index: number;
  /** As written, the path to a socket (`unix:/run/app.sock|`) left out. */
  readonly to: string;
  /** Lower case. */
  readonly scheme: string;
  /**
   * What decides which `<Proxy>` sections hold: of a balancer's member the balancer's own URL. None does where a handler takes the
   * request, for which mod_proxy looks too late (measured with 2.4.71).
   */
  readonly asked: string | undefined;
}

/** Sections in which directives of mod_proxy and mod_rewrite may stand. */
const sections = new Set(['location', 'directory', 'files', 'proxy'].flatMap((name) => [name, `${name}match`]));

/**
 * Every `ProxyPass`, `ProxyPassMatch`, `BalancerMember`, `RewriteRule … [P]`, `SetHandler proxy:…` and `AddHandler proxy:…` of one server.
 * Rewrite rules count only where an engine is on.
 */
export const proxyTargets = remember((statements: readonly Statement[]): readonly ProxyTarget[] => {
  const targets: ProxyTarget[] = [];
  const look = (siblings: readonly Statement[]): void => {
    const engine = siblings.findLast(({ key }) => key === 'rewriteengine');
    const rewrites = engine?.args[0]?.value.toLowerCase() === 'on';
    for (const statement of siblings) {
      if (sections.has(statement.key)) look(statement.children);
      const index = targetIndex(statement, rewrites);
      const target = index === undefined ? undefined : readTarget(statement, index);
      if (target) targets.push(target);
    }
  };
  look(statements);
  return targets;
});

function targetIndex({ key, args }: Statement, rewrites: boolean): number | undefined {
  switch (key) {
    case 'proxypass':
    case 'proxypassmatch':
    case 'balancermember': {
      const from = key === 'balancermember' && args[0]?.value.startsWith('balancer://') ? 1 : 0;
      const isTarget = ({ value }: Argument) => /^(?:unix:[^|]*\|)?[a-z][a-z0-9+.-]*:\/\//i.test(value);
      const index = args.findIndex((word, at) => at >= from && isTarget(word));
      return index >= 0 && index < 2 ? index : undefined;
    }
    case 'rewriterule':
      return rewrites && /[[,]\s*(?:p|proxy)\s*[\],]/i.test(args[2]?.value ?? '') ? 1 : undefined;
    case 'sethandler':
    case 'addhandler':
      return /^proxy:/i.test(args[0]?.value ?? '') ? 0 : undefined;
    default:
      return undefined;
  }
}

function readTarget(statement: Statement, index: number): ProxyTarget | undefined {
  const to = (statement.args[index]?.value ?? '').replace(/^proxy:/i, '').replace(/^unix:[^|]*\|/i, '');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(to)?.[1]?.toLowerCase();
  if (scheme === undefined || isUncertain(scheme)) return undefined;
  const asked = isProxyHandler(statement) ? undefined : (balancerOf(statement) ?? to);
  return { statement, index, to, scheme, asked };
}

/** Of a target: a handler sends requests there. */
export function isProxyHandler({ key }: Statement): boolean {
  return key === 'sethandler' || key === 'addhandler';
}

/** The balancer's URL as requests have it, with the path behind its name. */
function balancerOf({ key, args: [first], parents }: Statement): string | undefined {
  if (key !== 'balancermember') return undefined;
  if (first?.value.startsWith('balancer://')) return first.value;
  return parents.at(-1)?.args[0]?.value;
}

/** Schemes behind which TLS is spoken. */
export const tlsSchemes: ReadonlySet<string> = new Set(['https', 'wss', 'h2']);
