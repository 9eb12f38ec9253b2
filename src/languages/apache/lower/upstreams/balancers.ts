import { remember } from '../../../../memory/remember.ts';
import type { Evaluation } from '../../evaluate/evaluate.ts';
import { hostOf } from '../../evaluate/first-places.ts';
import { conditionsAround, type Statement } from '../../evaluate/statement.ts';
import type { Argument } from '../../syntax.ts';

/** What the directives of one server say of a balancer. */
export interface Balancer {
  /** Lower case: names are compared without case. */
  readonly name: string;
  /** The virtual host; undefined of the main server. */
  readonly host: Statement | undefined;
  /** `ProxyPass` and `ProxyPassMatch`, which make it where nothing else does. */
  readonly uses: readonly Statement[];
  /** `BalancerMember`. */
  readonly members: readonly Statement[];
  /** Some `lbmethod=`, which is `byrequests` otherwise. */
  readonly hasMethod: boolean;
  /** A variable or a condition decides about something of it. */
  readonly uncertain: boolean;
}

const naming = new Set(['proxypass', 'proxypassmatch', 'balancermember', 'proxyset', 'proxy']);

/** The balancers of each server, in the order of the text. */
export const balancersOf = remember(({ all }: Evaluation): readonly Balancer[] => {
  const servers = new Map<Statement | undefined, Map<string, DraftBalancer>>();
  for (const statement of all) {
    const name = naming.has(statement.key) ? balancerNamed(statement) : undefined;
    if (name === undefined) continue;
    const host = hostOf(statement.parents);
    const balancers = servers.get(host) ?? new Map<string, DraftBalancer>();
    servers.set(host, balancers);
    const balancer = balancers.get(name) ?? new DraftBalancer(name, host);
    balancers.set(name, balancer);
    balancer.take(statement);
  }
  return [...servers.values()].flatMap((balancers) => [...balancers.values()]);
});

class DraftBalancer implements Balancer {
  readonly name: string;
  readonly host: Statement | undefined;
  readonly uses: Statement[] = [];
  readonly members: Statement[] = [];
  hasMethod = false;
  uncertain = false;

  constructor(name: string, host: Statement | undefined) {
    this.name = name;
    this.host = host;
  }

  take(statement: Statement): void {
    const { key, args, uncertain } = statement;
    if (key === 'balancermember') this.members.push(statement);
    else if (key !== 'proxyset' && key !== 'proxy') this.uses.push(statement);
    this.hasMethod ||= args.some(isMethod);
    this.uncertain ||= uncertain || conditionsAround(statement).length > 0;
  }
}

/** What comes behind the name is of no account (measured with 2.4.71). */
function balancerNamed({ args, parents }: Statement): string | undefined {
  for (const { value } of args) {
    const name = /^balancer:\/\/([^/]+)/i.exec(value)?.[1];
    if (name !== undefined) return name.toLowerCase();
  }
  const around = parents.at(-1);
  return around?.key === 'proxy' ? balancerNamed(around) : undefined;
}

/** `lbmethod=byrequests`. */
export function isMethod({ value }: Argument): boolean {
  return /^lbmethod=\w+$/i.test(value);
}
