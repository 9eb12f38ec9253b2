import { toRegExp } from '../answers/path.ts';
import { isUncertain, type Statement } from '../evaluate/statement.ts';

/** Where a directive sends requests: `https://backend:8443/`, `balancer://app/`, `fcgi://localhost/`. */
export interface ProxyTarget {
  readonly statement: Statement;
  /** Index of the argument that names it. */
  readonly index: number;
  /** As written, the path to a socket (`unix:/run/app.sock|`) left out. */
  readonly to: string;
  /** Lower case. */
  readonly scheme: string;
}

/** Sections in which directives of mod_proxy and mod_rewrite may stand. */
const sections = /^(?:location|directory|files|proxy)(?:match)?$/;

/**
 * Every `ProxyPass`, `ProxyPassMatch`, `BalancerMember`, `RewriteRule … [P]` and `SetHandler proxy:…` of one server.
 * Rewrite rules count only where an engine is on.
 */
export function proxyTargets(statements: readonly Statement[]): readonly ProxyTarget[] {
  const targets: ProxyTarget[] = [];
  const look = (siblings: readonly Statement[]): void => {
    for (const statement of siblings) {
      if (sections.test(statement.key)) look(statement.children);
      const index = targetIndex(statement, siblings);
      const target = index === undefined ? undefined : readTarget(statement, index);
      if (target) targets.push(target);
    }
  };
  look(statements);
  return targets;
}

function targetIndex({ key, args }: Statement, siblings: readonly Statement[]): number | undefined {
  switch (key) {
    case 'proxypass':
    case 'proxypassmatch':
    case 'balancermember': {
      const index = args.findIndex(({ value }) => /^(?:unix:[^|]*\|)?[a-z][a-z0-9+.-]*:\/\//i.test(value));
      return index >= 0 && index < 2 ? index : undefined;
    }
    case 'rewriterule': {
      const engine = siblings.findLast((other) => other.key === 'rewriteengine');
      const isProxied = /[[,]\s*(?:p|proxy)\s*[\],]/i.test(args[2]?.value ?? '');
      return isProxied && engine?.args[0]?.value.toLowerCase() === 'on' ? 1 : undefined;
    }
    case 'sethandler':
      return /^proxy:/i.test(args[0]?.value ?? '') ? 0 : undefined;
    default:
      return undefined;
  }
}

function readTarget(statement: Statement, index: number): ProxyTarget | undefined {
  const to = (statement.args[index]?.value ?? '').replace(/^proxy:/i, '').replace(/^unix:[^|]*\|/i, '');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(to)?.[1]?.toLowerCase();
  return scheme === undefined || isUncertain(scheme) ? undefined : { statement, index, to, scheme };
}

/** Schemes behind which TLS is spoken. */
export const tlsSchemes: ReadonlySet<string> = new Set(['https', 'wss', 'h2']);

/** True where `<Proxy …>` or `<ProxyMatch …>` takes in a target. */
export function isInProxySection({ key, args }: Statement, to: string): boolean {
  const [pattern] = args;
  if (!pattern) return false;
  if (key === 'proxymatch') return toRegExp(pattern.value)?.test(to) ?? true;
  if (key !== 'proxy') return false;
  if (!/[*?]/.test(pattern.value)) return to.toLowerCase().startsWith(pattern.value.toLowerCase());
  const source = pattern.value
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return toRegExp(`^${source}`, true)?.test(to) ?? true;
}
