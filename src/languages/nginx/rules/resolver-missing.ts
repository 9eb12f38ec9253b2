import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effective } from '../effective.ts';
import { everywhereIn } from '../everywhere.ts';
import { forkOf } from '../forks.ts';
import { filledAddress } from '../lower/upstreams/filled-address.ts';
import { type Item, isWithin, locate, type Scope } from '../scope.ts';
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
  contexts: ['http'],
  check(scope, project) {
    if (!project.complete || scope.open || scope.findFirst('resolver')) return [];
    const passes = everywhereIn(scope.owner?.outer ?? scope, ['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass']);
    let known: ReadonlySet<string> | undefined;
    const found: TextReport[] = [];
    for (const item of passes) {
      const asked = isWithin(item.outer, scope) ? askedOf(item, scope) : undefined;
      if (asked === undefined || mayBeAbsent(item)) continue;
      known ??= knownHosts(scope, passes);
      const { host, port } = asked;
      const isKnown = known.has(/^\d/.test(port) ? `${host}:${port}` : host);
      if (!isKnown && !known.has('') && forkOf(project) === undefined) {
        found.push(report(item, asked, known.has(`${host}:`) && port !== ''));
      }
    }
    return together(found);
  },
};

/** Where to look a host up, in small letters; the port as it is written, an empty text without one. */
interface Asked {
  readonly host: string;
  readonly port: string;
}

function report(item: Item, { host, port }: Asked, isGroup: boolean): TextReport {
  const [why, next] = isGroup
    ? [
        `, and behind ${host} the port ${port}, which no group has: nginx takes the name for that of a host, and`,
        "Leave the port out: the group's servers have theirs",
      ]
    : [', so nginx', 'Name a DNS server by "resolver" (127.0.0.11 in Docker), or write the address without variables'];
  return {
    rule: 'resolver-missing',
    message: `A variable stands in this address${why} looks up ${host} for each request, and no "resolver" says where: requests get status 502 (error log: no resolver defined to resolve ${host}). ${next}.`,
    location: locate(item),
  };
}

const address =
  /^(?:(?:[a-z]+|\$scheme|\$\{scheme\}):\/\/)?([^/:?#$[\]]*[a-z][^/:?#$[\]]*)(?=[/?#]|:(?!\/\/)|\$(?:request_uri|(?:document_)?uri|is_args)\b|$)(?::(\d+|\$\w+|\$\{\w+\}))?/i;

/** What an address with variables asks that is no IP address; undefined where a request decides. */
function askedOf(item: Item, http: Scope): Asked | undefined {
  const [word] = item.args;
  if (!word?.value.includes('$') || word.templated || effective(item.outer, 'resolver')) return undefined;
  const [, host, port = ''] = address.exec(filledAddress(item, http) ?? '') ?? [];
  return host === undefined || host === 'unix' ? undefined : { host: host.toLowerCase(), port };
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
  } of passes) {
    const [, host, port] = to && !to.value.includes('$') ? (address.exec(to.value) ?? []) : [];
    if (host !== undefined) names.push(host, ...(port ? [port] : ['80', '443']).map((each) => `${host}:${each}`));
  }
  return new Set(names.map((name) => name.toLowerCase()));
}
