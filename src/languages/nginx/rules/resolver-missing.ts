import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effective, isOpenAround } from '../effective.ts';
import { everywhereIn } from '../everywhere.ts';
import { forkOf } from '../forks.ts';
import { enclosing } from '../lower/answers/answer.ts';
import { addressOf } from '../lower/upstreams/upstreams.ts';
import { enclosingServer, type Item, isWithin, locate, type Scope } from '../scope.ts';
import type { ScopeRule } from './rule.ts';
import { together } from './together.ts';

/**
 * An address with a variable is evaluated for each request, and its host looked up then, unless a group has that name or another
 * line passes to it without variables (ngx_http_upstream_init_request).
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
      const host = hostLookedUp(item);
      if (host === undefined || !isWithin(item.outer, scope) || mayBeAbsent(item)) continue;
      known ??= knownHosts(scope, passes);
      if (!known.has(host) && !known.has('') && forkOf(project) === undefined) found.push(report(item, host));
    }
    return together(found);
  },
};

function report(item: Item, host: string): TextReport {
  return {
    rule: 'resolver-missing',
    message: `A variable stands in this address, so nginx looks up ${host} for each request, and no "resolver" says where: requests get status 502 (error log: no resolver defined to resolve ${host}). Name a DNS server by "resolver" (127.0.0.11 in Docker), or write the address without variables.`,
    location: locate(item),
  };
}

const address =
  /^(?:[a-z]+:\/\/)?([^/:?#$[\]]*[a-z][^/:?#$[\]]*)(?=[/?#]|:(?!\/\/)|\$(?:request_uri|(?:document_)?uri|is_args)\b|$)/i;

/** The host of an address with variables that is no IP address, in small letters; undefined where a request decides. */
function hostLookedUp(item: Item): string | undefined {
  const [word] = item.args;
  if (!word?.value.includes('$') || word.templated || effective(item.outer, 'resolver')) return undefined;
  const server = enclosingServer(item.outer);
  if (!server || isOpenAround(item.outer)) return undefined;
  const scopes = enclosing(item.outer, server).concat(server);
  const host = address.exec(addressOf(item, scopes))?.[1];
  return host === undefined || host === 'unix' || scopes.some(runsPrograms) ? undefined : host.toLowerCase();
}

/** What else may give a variable another value. */
function runsPrograms(scope: Scope): boolean {
  return scope.items.some(({ name }) => /_by_lua|^js_|^perl|^auth_request_set$/.test(name));
}

/** Names of groups, and of hosts that are looked up at the start; an empty one where a template gives one. */
function knownHosts(scope: Scope, passes: readonly Item[]): ReadonlySet<string> {
  const groups = scope.find('upstream').map(({ args: [name] }) => (!name || name.templated ? '' : name.value));
  const hosts = passes.flatMap(({ args: [to] }) =>
    to && !to.value.includes('$') ? (address.exec(to.value)?.[1] ?? []) : [],
  );
  return new Set([...groups, ...hosts].map((name) => name.toLowerCase()));
}
