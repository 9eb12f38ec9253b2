import { remember } from '../../../memory/remember.ts';
import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effective, isOpenAround } from '../effective.ts';
import { everywhereIn } from '../everywhere.ts';
import { forkOf } from '../forks.ts';
import { enclosing } from '../lower/answers/answer.ts';
import { assignedBy, assignedWithin } from '../lower/answers/rewrite.ts';
import { fillWhatIsKnown, variablesBehind } from '../lower/variables.ts';
import { allScopes, enclosingServer, type Item, isWithin, locate, type Scope } from '../scope.ts';
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
      const host = isWithin(item.outer, scope) ? hostLookedUp(item, scope) : undefined;
      if (host === undefined || mayBeAbsent(item)) continue;
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
  /^(?:(?:[a-z]+|\$scheme|\$\{scheme\}):\/\/)?([^/:?#$[\]]*[a-z][^/:?#$[\]]*)(?=[/?#]|:(?!\/\/)|\$(?:request_uri|(?:document_)?uri|is_args)\b|$)/i;

/** The host of an address with variables that is no IP address, in small letters; undefined where a request decides. */
function hostLookedUp({ args: [word], outer }: Item, http: Scope): string | undefined {
  if (!word?.value.includes('$') || word.templated || effective(outer, 'resolver')) return undefined;
  const server = enclosingServer(outer);
  if (!server || isOpenAround(outer) || enclosing(outer, http).concat(http).some(runsPrograms)) return undefined;
  // What stands in locations around this one is not run for it.
  const own = outer.owner?.name === 'if' ? [outer, outer.owner.outer] : [outer];
  const scopes = [...own, server];
  if (scopes.some((each) => each.findFirst('return'))) return undefined;
  // A request may come here from another location, and keeps its variables.
  const isSetElsewhere = (name: string) =>
    setInside(server).has(name) && !own.some((each) => each.find('set').some((item) => assignedBy(item) === name));
  if (variablesBehind(word.value, outer).some(isSetElsewhere)) return undefined;
  const filled = fillWhatIsKnown(word.value, { assigned: assignedWithin(scopes) }, outer);
  const host = address.exec(filled)?.[1];
  return host === 'unix' ? undefined : host?.toLowerCase();
}

/** Variables that the blocks in a server set. */
const setInside = remember(
  (server: Scope): ReadonlySet<string> =>
    new Set(allScopes(server).flatMap((scope) => (scope === server ? [] : scope.find('set').map(assignedBy)))),
);

/** What else may give a variable another value. */
const runsPrograms = remember((scope: Scope): boolean =>
  scope.items.some(({ name }) => /_by_lua|^js_(?!import$)|^perl|^auth_request_set$/.test(name)),
);

/** Names of groups, and of hosts that are looked up at the start; an empty one where a template gives one. */
function knownHosts(scope: Scope, passes: readonly Item[]): ReadonlySet<string> {
  const groups = scope.find('upstream').map(({ args: [name] }) => (!name || name.templated ? '' : name.value));
  const hosts = passes.flatMap(({ args: [to] }) =>
    to && !to.value.includes('$') ? (address.exec(to.value)?.[1] ?? []) : [],
  );
  return new Set([...groups, ...hosts].map((name) => name.toLowerCase()));
}
