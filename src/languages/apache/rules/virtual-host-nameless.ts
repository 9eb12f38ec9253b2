import { type Address, readAddress } from '../addresses.ts';
import { withKey } from '../evaluate/by-key.ts';
import { headLocation, type Statement } from '../evaluate/statement.ts';
import { hostOfServerName } from '../server-name.ts';
import { isUncertain } from '../uncertain.ts';
import type { ApacheContext, ApacheReport, ApacheRule } from './rule.ts';

/**
 * A virtual host without a name, behind another one of its address. httpd gives it the main server's name, or for an IP address the
 * one that DNS has for that (`ap_fini_vhost_config`), and looks for names in the order of the text.
 */
export const virtualHostNameless: ApacheRule = {
  id: 'virtual-host-nameless',
  title: 'A virtual host without a name that is not the first of its address',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation, project } = context;
    if (!project.complete || evaluation.unseen.has(undefined)) return;
    const mainName = nameOfMainServer(context);
    const byAddress = new Map<string, Before>();
    let ofAllPorts: Statement | undefined;
    for (const host of withKey(evaluation, 'virtualhost')) {
      // What may not be there comes before nobody.
      if (host.branches.length > 0) continue;
      const isNameless = !hasName(host) && !evaluation.unseen.has(host);
      const addresses = host.args.map(({ value }) => readAddress(value));
      const before = addresses.map((address) => address && byAddress.get(keyOf(address)));
      if (isNameless && before.length > 0 && before.every((others) => others !== undefined))
        yield report(host, addresses[0] as Address, before, mainName);
      for (const address of addresses) if (address) note(byAddress, address, host, isNameless, mainName);
      if (isNameless && addresses.length === 1 && host.args[0]?.value === '*:*') ofAllPorts ??= host;
    }
    if (ofAllPorts && hasOneForEachPort(context, byAddress)) yield unreached(ofAllPorts);
  },
};

/** `<VirtualHost *:*>` is asked only where no other one has the port: handbooks of ASP.NET put a header for all into it (measured with 2.4.71). */
function unreached(host: Statement): ApacheReport {
  return {
    message: `This virtual host gets no request, as each port that Apache listens on has one of its own, and what stands here does not count for those. Write it outside of virtual hosts, or into each.`,
    location: headLocation(host),
    statement: host,
    severity: 'information',
    effect: 'advice',
  };
}

function hasOneForEachPort({ evaluation }: ApacheContext, byAddress: ReadonlyMap<string, Before>): boolean {
  const ports = withKey(evaluation, 'listen').map(({ args: [address] }) => readAddress(address?.value ?? '')?.port);
  return ports.length > 0 && ports.every((port) => port !== undefined && byAddress.has(keyOf({ host: '*', port })));
}

/** What stands before a virtual host at one address. */
interface Before {
  readonly first: Statement;
  /** One of them has the name that is given to whoever has none. */
  isTaken: boolean;
}

/** Undefined where none is written; empty where nobody can tell. */
function nameOfMainServer({ evaluation }: ApacheContext): string | undefined {
  const written = evaluation.statements.filter(({ key }) => key === 'servername');
  const last = written.at(-1);
  if (last === undefined) return undefined;
  return written.some(({ branches, uncertain }) => uncertain || branches.length > 0) ? '' : hostOf(last);
}

function hostOf({ args }: Statement): string {
  return hostOfServerName(args[0]?.value ?? '').toLowerCase();
}

function hasName({ children }: Statement): boolean {
  return children.some(({ key, args }) => key === 'servername' || (key === 'serveralias' && args.length > 0));
}

function keyOf({ host, port }: Address): string {
  return `${host}:${port}`;
}

function note(
  byAddress: Map<string, Before>,
  address: Address,
  host: Statement,
  isNameless: boolean,
  mainName: string | undefined,
): void {
  const before = byAddress.get(keyOf(address)) ?? { first: host, isTaken: false };
  before.isTaken ||= isNameless || (address.host === '*' && answersFor(host, mainName));
  byAddress.set(keyOf(address), before);
}

function answersFor({ children }: Statement, name: string | undefined): boolean {
  if (!name) return false;
  return children.some(
    (child) =>
      child.branches.length === 0 &&
      ((child.key === 'servername' && hostOf(child) === name) ||
        (child.key === 'serveralias' && child.args.some(({ value }) => value === '*' || value.toLowerCase() === name))),
  );
}

function report(
  host: Statement,
  address: Address,
  before: readonly (Before | undefined)[],
  mainName: string | undefined,
): ApacheReport {
  const first = before[0]?.first;
  const answering = first?.children.findLast(({ key }) => key === 'servername')?.args[0]?.value;
  const goes = `to the first virtual host of ${host.args[0]?.value}${answering && !isUncertain(answering) ? `, ${answering}` : ''}`;
  const isNeverReached = before.every((others) => others?.isTaken);
  const message = isNeverReached
    ? `This virtual host has no ServerName, and the one that Apache gives it, ${givenName(address, mainName)}, is that of another one before it: it gets no request, and those that are meant for it go ${goes}. Add its ServerName.`
    : `This virtual host has no ServerName, so Apache gives it ${givenName(address, mainName)}: requests for any other name go ${goes}. Add its ServerName.`;
  return {
    message,
    location: headLocation(host),
    ...(first ? { related: [{ location: headLocation(first), message: 'The first one.' }] } : {}),
    statement: host,
    ...(isNeverReached && !isForTheRest(host) ? {} : { severity: 'information', effect: 'advice' }),
  };
}

/** `_default_`, as in the `ssl.conf` that packages bring: it is there for whom no other one wants. */
function isForTheRest({ args }: Statement): boolean {
  return args.every(({ value }) => /^_default_\b/i.test(value));
}

function givenName({ host }: Address, mainName: string | undefined): string {
  if (host !== '*') return `the name that DNS has for ${host}`;
  return mainName
    ? `the main server's name, ${mainName}`
    : mainName === ''
      ? "the main server's name"
      : 'the name of the machine';
}
