import { readAddress } from '../addresses.ts';
import { isAuthorization } from '../answers/access.ts';
import { withKey, withKeyIn } from '../evaluate/by-key.ts';
import {
  isConditional,
  isInRequestCondition,
  locationOf,
  type Statement,
  wordLocation,
} from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/**
 * A forward proxy for everybody. Of what speaks of authorization, `<Proxy>` and `<If>` count for its requests; `<Location />`,
 * `<Directory />` and `RewriteRule ^ - [F]` do not (measured with 2.4.71).
 */
export const openProxy: ApacheRule = {
  id: 'open-proxy',
  title: 'A forward proxy that anyone can use',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation, project } = context;
    if (!speaksToOthers(context)) return;
    if (!project.complete) {
      yield* besideReverse(context);
      return;
    }
    if (evaluation.unseen.has(undefined)) return;
    const switches = withKey(evaluation, 'proxyrequests');
    if (!switches.some(isOn)) return;
    const own = withKeyIn(evaluation, 'proxyrequests', undefined).at(-1);
    const outside = evaluation.statements.filter(({ key }) => key !== 'virtualhost');
    if (isGuarded(outside)) return;
    const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
    const open = hosts.flatMap((host) => {
      const said = host.children.findLast(({ key }) => key === 'proxyrequests') ?? own;
      const isSeen = !evaluation.unseen.has(host) && host.branches.length === 0;
      return said && isOn(said) && isSeen && !isLocal(host.args) && !isGuarded(host.children) ? [said] : [];
    });
    // Whether anything reaches the main server beside them, nobody has to find out.
    if (own && isOn(own) && hosts.length === 0) open.push(own);
    if (withKey(evaluation, 'listen').every(({ args }) => isLocal(args.slice(0, 1)))) return;
    for (const statement of new Set(open)) yield report(statement, context);
  },
};

/** In a part of a configuration: where a site hands its requests on, which does not need it, other files may still restrict it. */
function* besideReverse({ evaluation }: ApacheContext): Iterable<ApacheReport> {
  const { statements, unseen } = evaluation;
  const listens = withKey(evaluation, 'listen');
  if (listens.length > 0 && listens.every(({ args }) => isLocal(args.slice(0, 1)))) return;
  if (isGuarded(statements.filter(({ key }) => key !== 'virtualhost'))) return;
  for (const host of statements) {
    if (host.key !== 'virtualhost' || host.uncertain || unseen.has(host) || host.branches.length > 0) continue;
    const said = host.children.findLast(({ key }) => key === 'proxyrequests');
    const reverse = host.children.find(({ key }) => key === 'proxypass' || key === 'proxypassmatch');
    if (!said || !reverse || !isOn(said) || isLocal(host.args) || isGuarded(host.children)) continue;
    yield {
      message:
        'ProxyPass works without ProxyRequests On, which makes a forward proxy of this virtual host: unless <Proxy "*"> in another file restricts it, anyone can send requests through it to any host. Write "ProxyRequests Off".',
      location: locationOf(said),
      related: [{ location: locationOf(reverse), message: 'It works without a forward proxy.' }],
      statement: said,
      severity: 'information',
      effect: 'advice',
      fixes: [off(said)],
    };
  }
}

/** Without one of these modules requests for other hosts lead nowhere. */
function speaksToOthers({ evaluation: { modules, modulesCertain } }: ApacheContext): boolean {
  return (
    !modulesCertain || ['proxy_http', 'proxy_connect', 'proxy_ftp', 'proxy_http2'].some((name) => modules.has(name))
  );
}

function isOn(statement: Statement): boolean {
  return !isConditional(statement) && /^on$/i.test(statement.args[0]?.value ?? '');
}

/** Only this machine comes there, or whoever a variable lets in. */
function isLocal(addresses: Statement['args']): boolean {
  return addresses.every(({ value }) => {
    const host = readAddress(value)?.host;
    return host === undefined || isUncertain(value) || /^(?:127\.|\[::1\]$|localhost$)/.test(host);
  });
}

/** Something in a server decides who may use the proxy, or may do so. */
function isGuarded(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    const { key, args, children } = statement;
    switch (key) {
      case 'proxyblock':
        return args.some(({ value }) => value === '*');
      case 'sslverifyclient':
        return !/^none$/i.test(args[0]?.value ?? '');
      case 'proxy':
        return !/^balancer:/i.test(args[0]?.value ?? '') && decideTogether(children);
      case 'proxymatch':
      case 'locationmatch':
        return decideTogether(children);
      default:
        return isInRequestCondition(statement) && decides(statement);
    }
  });
}

/** Lines of a section that let in some and not all; `Order allow,deny` alone lets in nobody. */
function decideTogether(lines: readonly Statement[]): boolean {
  if (lines.some(decides)) return true;
  const order = lines.findLast(({ key }) => key === 'order');
  const isOpenAnyway = /^deny,allow$/i.test(order?.args[0]?.value ?? 'deny,allow');
  return !isOpenAnyway && !lines.some(({ key }) => key === 'allow');
}

/** Lets in some and not all. */
function decides(statement: Statement): boolean {
  const { key, args, children } = statement;
  if (children.length > 0) return decideTogether(children);
  if (!isAuthorization(statement) || key === 'order') return false;
  const says = `${key} ${args.map(({ value }) => value).join(' ')}`;
  return !/^(?:require all granted|allow from all)$/i.test(says);
}

function report(statement: Statement, { evaluation }: ApacheContext) {
  const reverse = [...withKey(evaluation, 'proxypass'), ...withKey(evaluation, 'proxypassmatch')][0];
  return {
    message: `Anyone who reaches this server can send requests through it to any host, in its name: no <Proxy "*"> restricts that, and <Location>, <Directory> and RewriteRule do not count here. ${reverse ? 'ProxyPass does not need it: write "ProxyRequests Off"' : 'Write "ProxyRequests Off", or Require within <Proxy "*">'}.`,
    location: locationOf(statement),
    related: reverse ? [{ location: locationOf(reverse), message: 'It works without a forward proxy.' }] : [],
    statement,
    fixes: [off(statement)],
  };
}

function off(statement: Statement) {
  const { file, range } = wordLocation(statement, 0);
  return fix('Switch the forward proxy off', false, { file, range, newText: 'Off' });
}
