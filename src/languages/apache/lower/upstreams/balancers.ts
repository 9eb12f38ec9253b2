import { remember } from '../../../../memory/remember.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { hostOf } from '../../evaluate/first-places.ts';
import { conditionsAround, type Statement } from '../../evaluate/statement.ts';
import type { Argument } from '../../syntax.ts';
import { proxyTargets } from './proxying.ts';

/** What the directives of one server say of a balancer. */
export interface Balancer {
  /** Lower case: names are compared without case. */
  readonly name: string;
  /** The virtual host; undefined of the main server. */
  readonly host: Statement | undefined;
  /** `ProxyPass` and `ProxyPassMatch`, which make it where nothing else does. */
  readonly uses: readonly Statement[];
  /** `RewriteRule … [P]`, which makes none. */
  readonly rewrites: readonly Statement[];
  /** Without that there is none: it answers 500 (AH01144), and one without members 503 (AH01171; measured with 2.4.71). */
  readonly isMade: boolean;
  /** `BalancerMember`. */
  readonly members: readonly Statement[];
  /** Some `lbmethod=`, which is `byrequests` otherwise. */
  readonly hasMethod: boolean;
  /** A variable or a condition decides about something of it. */
  readonly uncertain: boolean;
}

const naming = new Set(['proxypass', 'proxypassmatch', 'balancermember', 'proxyset', 'proxy', 'proxymatch']);

/** The balancers of each server, in the order of the text; those that only rewrite rules name come last. */
export const balancersOf = remember(({ all, statements }: Evaluation): readonly Balancer[] => {
  const servers = new Map<Statement | undefined, Map<string, DraftBalancer>>();
  const draft = (name: string, host: Statement | undefined): DraftBalancer => {
    const balancers = servers.get(host) ?? new Map<string, DraftBalancer>();
    servers.set(host, balancers);
    const balancer = balancers.get(name) ?? new DraftBalancer(name, host);
    balancers.set(name, balancer);
    return balancer;
  };
  for (const statement of all) {
    const name = naming.has(statement.key) ? balancerNamed(statement) : undefined;
    if (name !== undefined) draft(name, hostOf(statement.parents)).take(statement);
  }
  const hosts = statements.filter(({ key }) => key === 'virtualhost');
  // Rules that virtual hosts inherit send requests to the balancers of those.
  const isInherited = all.some(({ key, args }) => key === 'rewriteoptions' && args.some(inherits));
  for (const siblings of [isInherited ? [] : statements, ...hosts.map(({ children }) => children)]) {
    for (const { statement, scheme } of proxyTargets(siblings)) {
      const name = statement.key === 'rewriterule' && scheme === 'balancer' ? balancerNamed(statement) : undefined;
      // What a request matched, or a map has, decides which one it is.
      if (name === undefined || /[$%]/.test(name) || conditionsAround(statement).length > 0) continue;
      draft(name, hostOf(statement.parents)).rewrites.push(statement);
    }
  }
  return [...servers.values()].flatMap((balancers) => [...balancers.values()]);
});

class DraftBalancer implements Balancer {
  readonly name: string;
  readonly host: Statement | undefined;
  readonly uses: Statement[] = [];
  readonly rewrites: Statement[] = [];
  readonly members: Statement[] = [];
  isMade = false;
  hasMethod = false;
  uncertain = false;

  constructor(name: string, host: Statement | undefined) {
    this.name = name;
    this.host = host;
  }

  take(statement: Statement): void {
    const { key, args, uncertain } = statement;
    if (key === 'balancermember') this.members.push(statement);
    else if (key === 'proxypass' || key === 'proxypassmatch') this.uses.push(statement);
    this.isMade ||= makes(statement);
    this.hasMethod ||= args.some(isMethod);
    this.uncertain ||= uncertain || conditionsAround(statement).length > 0;
  }
}

/** `<Proxy>` makes one where parameters follow its name; `ProxySet` outside of one looks for a balancer that is there. */
function makes({ key, args, parents }: Statement): boolean {
  if (key === 'proxyset') return /^proxy(?:match)?$/.test(parents.at(-1)?.key ?? '');
  return (key !== 'proxy' && key !== 'proxymatch') || args.length > 1;
}

/** A user before the name, and a port or whatever else behind it, are of no account (proxy_balancer_canon; measured with 2.4.71). */
function balancerNamed({ args, parents }: Statement): string | undefined {
  for (const { value } of args) {
    const name = /^balancer:\/\/(?:[^/@]*@)?([^/:?]+)/i.exec(value)?.[1];
    if (name !== undefined) return name.toLowerCase();
  }
  // That of `<ProxyMatch>` is taken as it is written.
  const around = parents.at(-1);
  return around?.key === 'proxy' || around?.key === 'proxymatch' ? balancerNamed(around) : undefined;
}

function inherits({ value }: Argument): boolean {
  return /^inherit/i.test(value);
}

/** `lbmethod=byrequests`. */
export function isMethod({ value }: Argument): boolean {
  return /^lbmethod=\w+$/i.test(value);
}
