import { remember } from '../../../memory/remember.ts';
import { withKey, withKeyAt, withKeyIn } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Statement } from '../evaluate/statement.ts';
import { domainsWithNames, hasMainName } from '../lower/tls/domain-index.ts';
import { isUncertain } from '../uncertain.ts';

/** A virtual host that speaks TLS, and the managed domains that have a name of it. */
export interface ManagedHost {
  readonly host: Statement;
  readonly domains: readonly [Statement, ...Statement[]];
}

/** Every `MDomain` and `<MDomainSet>`, in the order of the text. */
export const managedDomains = remember((evaluation: Evaluation): readonly Statement[] =>
  [...withKey(evaluation, 'mdomain'), ...withKey(evaluation, 'mdomainset')].sort((a, b) => a.order - b.order),
);

export const managedHosts = remember((evaluation: Evaluation): readonly ManagedHost[] => {
  const domains = managedDomains(evaluation);
  const found: ManagedHost[] = [];
  for (const host of domains.length === 0 ? [] : withKey(evaluation, 'virtualhost')) {
    const engine = host.children.findLast(({ key }) => key === 'sslengine');
    if (engine?.args[0]?.value.toLowerCase() !== 'on') continue;
    const [first, ...others] = domainsWithNames(domains, matchedNames(host.children, evaluation, host));
    if (first) found.push({ host, domains: [first, ...others] });
  }
  return found;
});

/**
 * Domains of which a server has a name, with TLS or without; undefined where a name is written with a variable, or is that of the
 * machine, for want of another.
 */
export function namedDomains(evaluation: Evaluation): ReadonlySet<Statement> | undefined {
  const domains = managedDomains(evaluation);
  const servers = [evaluation.statements, ...withKey(evaluation, 'virtualhost').map(({ children }) => children)];
  const names = servers.map((statements) => matchedNames(statements, evaluation));
  if (names.flat().some(isUncertain) || isNamedByMachine(evaluation)) return undefined;
  return new Set(names.flatMap((each) => domainsWithNames(domains, each)));
}

function isNamedByMachine(evaluation: Evaluation): boolean {
  return (
    withKeyIn(evaluation, 'servername', undefined).length === 0 &&
    withKey(evaluation, 'virtualhost').some(
      (host) => hasMainName(host) && !host.children.some(({ key }) => key === 'servername'),
    )
  );
}

/** The names of a server that domains are looked for by, its `ServerName` first; `MDMatchNames servernames` leaves the others out. */
function matchedNames(statements: readonly Statement[], evaluation: Evaluation, host?: Statement): readonly string[] {
  const mode = withKey(evaluation, 'mdmatchnames').at(-1)?.args[0]?.value.toLowerCase();
  const main = hasMainName(host) ? withKeyIn(evaluation, 'servername', undefined).at(-1) : undefined;
  const own = statements.findLast(({ key }) => key === 'servername') ?? main;
  const aliases = mode === 'servernames' ? [] : statements.filter(({ key }) => key === 'serveralias');
  return [own, ...aliases].flatMap((each) => each?.args.map(({ value }) => value.replace(/:\d+$/, '')) ?? []);
}

/** What one of these directives says for a virtual host: the main server's lines, then its own. */
export function inForce(evaluation: Evaluation, key: string, host: Statement): readonly Statement[] {
  return [undefined, host].flatMap((level) => withKeyAt(evaluation, key, level));
}
