import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effective } from '../effective.ts';
import { everywhereIn } from '../everywhere.ts';
import { forkOf } from '../forks.ts';
import { filledAddresses } from '../lower/upstreams/filled-addresses.ts';
import { applicationOf, type Item, isWithin, locate, type Scope } from '../scope.ts';
import type { ScopeRule } from './rule.ts';
import { together } from './together.ts';

/**
 * An address with a variable is evaluated for each request, and its host looked up then, unless a group has that name or another
 * line passes to its port without variables. A group has no port (ngx_http_upstream_init_request).
 */
export const resolverMissing: ScopeRule = {
  id: 'resolver-missing',
  title: 'A backend is looked up for each request, and no resolver is there to do it',
  severity: 'warning',
  effect: 'connect',
  contexts: ['http', 'stream'],
  check(scope, project) {
    if (!project.complete || scope.open || scope.findFirst('resolver')) return [];
    const passes = everywhereIn(scope.owner?.outer ?? scope, ['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass']);
    let known: ReadonlySet<string> | undefined;
    const found: TextReport[] = [];
    for (const item of passes) {
      const asked = isWithin(item.outer, scope) ? askedOf(item, scope) : [];
      if (asked.length === 0 || mayBeAbsent(item)) continue;
      const names: ReadonlySet<string> = known ?? knownHosts(scope, passes);
      known = names;
      const lost = asked.filter(({ host, port }) => !names.has(knownAs(host, port, item)));
      if (lost.length === 0 || names.has('') || forkOf(project) !== undefined) continue;
      const hosts: Asked[] = [];
      for (const each of lost) {
        const { host, port } = each;
        if (port === '' && needsPort(item)) found.push(reportPortless(item, host));
        else if (port !== '' && names.has(`${host}:`)) found.push(report(item, [each], true));
        else hosts.push(each);
      }
      if (hosts.length > 0) found.push(report(item, hosts, false));
    }
    return together(found);
  },
};

/** Where to look a host up, in small letters; the port as it is written, an empty text without one. */
interface Asked {
  readonly host: string;
  readonly port: string;
  /** One of several that a `map` or the like gives. */
  readonly isChosen: boolean;
}

/** How a name would stand among those that are known. */
function knownAs(host: string, port: string, item: Item): string {
  if (port === '') return needsPort(item) ? `${host}:` : host;
  return /^\d/.test(port) ? `${host}:${port}` : host;
}

/** True where a host without a port is not even looked up: HTTP alone has one of its own. */
function needsPort({ name, outer }: Item): boolean {
  return name !== 'proxy_pass' || applicationOf(outer) === 'stream';
}

function reportPortless(item: Item, host: string): TextReport {
  const outcome = applicationOf(item.outer) === 'stream' ? 'connections end at once' : 'requests get status 500';
  return {
    rule: 'resolver-missing',
    message: `A variable stands in this address, and no port behind ${host}, which is no group ("upstream"): ${outcome} (error log: no port in upstream "${host}"). Write the name of a group, or a port behind it and a "resolver", which it then asks (127.0.0.11 in Docker).`,
    location: locate(item),
  };
}

function report(item: Item, asked: readonly Asked[], isGroup: boolean): TextReport {
  const [{ host, port, isChosen } = { host: '', port: '', isChosen: false }] = asked;
  const hosts = [...new Set(asked.map((each) => each.host))].join(', ');
  const inStream = applicationOf(item.outer) === 'stream';
  const [one, outcome] = inStream ? ['connection', 'those end at once'] : ['request', 'requests get status 502'];
  const [why, next] = isGroup
    ? [
        `, and behind ${host} the port ${port}, which no group has: nginx takes the name for that of a host, and`,
        "Leave the port out: the group's servers have theirs",
      ]
    : [
        ', so nginx',
        `Name a DNS server by "resolver" (127.0.0.11 in Docker), or ${isChosen ? 'name groups ("upstream") as its values' : 'write the address without variables'}`,
      ];
  return {
    rule: 'resolver-missing',
    message: `A variable stands in this address${why} looks up ${hosts} for each ${one}, and no "resolver" says where: ${outcome} (error log: no resolver defined to resolve ${host}). ${next}.`,
    location: locate(item),
  };
}

/** Its host has a letter, which a lookahead finds: two lists around it would be tried at each length. */
const address =
  /^(?:(?:[a-z]+|\$scheme|\$\{scheme\}):\/\/)?(?=[^a-z/:?#$[\]]*[a-z])([^/:?#$[\]]+)(?=[/?#]|:(?!\/\/)|\$(?:request_uri|(?:document_)?uri|is_args)\b|$)(?::(\d+|\$\w+|\$\{\w+\}))?/i;

/** What an address with variables may ask that is no IP address; nothing where a request decides. */
function askedOf(item: Item, scope: Scope): readonly Asked[] {
  const [word] = item.args;
  if (!word?.value.includes('$') || word.templated || effective(item.outer, 'resolver')) return [];
  return filledAddresses(item, scope).flatMap((text, _, { length }) => {
    const [, host, port = ''] = address.exec(text) ?? [];
    return host === undefined || host === 'unix' ? [] : { host: host.toLowerCase(), port, isChosen: length > 1 };
  });
}

/**
 * Names of groups (with a colon behind them too) and of hosts that are looked up at the start, these with and without their
 * ports; an empty one where a template gives one.
 */
function knownHosts(scope: Scope, passes: readonly Item[]): ReadonlySet<string> {
  const names = scope
    .find('upstream')
    .flatMap(({ args: [name] }) => (!name || name.templated ? '' : [name.value, `${name.value}:`]));
  for (const {
    args: [to],
    outer,
  } of passes) {
    // Those of HTTP are not known in streams, nor the other way round.
    const [, host, port] =
      to && !to.value.includes('$') && isWithin(outer, scope) ? (address.exec(to.value) ?? []) : [];
    if (host !== undefined) names.push(host, ...(port ? [port] : ['80', '443']).map((each) => `${host}:${each}`));
  }
  return new Set(names.map((name) => name.toLowerCase()));
}
