import { remember } from '../../../memory/remember.ts';
import { askedHostOf } from '../../../tls/model/asked-host.ts';
import type { Project, TextReport } from '../../language.ts';
import { mainFile } from '../beside-main.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effective } from '../effective.ts';
import { everywhere } from '../everywhere.ts';
import { answerWithPlace } from '../lower/answers/answer.ts';
import { locationWith } from '../lower/answers/locations.ts';
import { listensOf } from '../lower/listen.ts';
import { namesOf } from '../lower/site-names.ts';
import { askedOf } from '../lower/upstreams/asked.ts';
import { groupOf } from '../lower/upstreams/groups.ts';
import { type OwnAddress, ownAt } from '../lower/upstreams/own-addresses.ts';
import { addressOf, backendOf } from '../lower/upstreams/own-listeners.ts';
import { possibleTexts, variablesBehind } from '../lower/variables.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Word } from '../parse/tree.ts';
import { enclosingServer, type Item, isWithin, locate, type Scope } from '../scope.ts';
import type { ScopeRule } from './rule.ts';
import { together } from './together.ts';

/** `proxy_pass` to the very server and location that it stands in. */
export const proxyLoop: ScopeRule = {
  id: 'proxy-loop',
  title: 'A server passes on to itself',
  severity: 'warning',
  effect: 'connect',
  contexts: ['http', 'stream'],
  check(scope, project) {
    if (!project.complete || scope.open) return [];
    const isHttp = scope.context === 'http';
    const [backends, leadsBack] = isHttp ? [httpBackends, asksAgain] : [streamBackends, isAlone];
    // Many may pass to one group of many.
    const known = new Map<string, readonly OwnAddress[]>();
    const found: TextReport[] = [];
    // Those that read the same share their words.
    const elsewhere = new Set<readonly Word[]>();
    for (const item of everywhere(scope.owner?.outer ?? scope, 'proxy_pass')) {
      if (elsewhere.has(item.args)) continue;
      const key = (isHttp ? nameOf(item) : item.args[0]?.value) ?? '';
      const owns = known.get(key) ?? backends(item, scope);
      known.set(key, owns);
      if (owns.length === 0) elsewhere.add(item.args);
      const server = owns.length > 0 && isWithin(item.outer, scope) ? enclosingServer(item.outer) : undefined;
      if (!server || mayBeAbsent(item)) continue;
      for (const own of owns) {
        if (!opens(server, own) || !leadsBack(item, own, [server, scope], project)) continue;
        found.push(report(item, own, scope));
        break;
      }
    }
    return together(found);
  },
};

function opens(server: Scope, { listen }: OwnAddress): boolean {
  return listensOf(server).some(({ id }) => id === listen.id);
}

/** What may end a loop before the connections do, with a status of its own. */
const limits = ['deny', 'limit_conn', 'limit_req'];

function report(item: Item, { listen }: OwnAddress, { context }: Scope): TextReport {
  const limit = limits.find((name) => effective(item.outer, name));
  const outcome =
    limit !== undefined
      ? `until "${limit}" refuses that or no connection is left, and nothing reaches a backend`
      : context === 'http'
        ? 'until it has no connection left, and requests there get status 500 or 502 (error log: worker_connections are not enough)'
        : 'until it has no connection left, and connections there are closed';
  return {
    rule: 'proxy-loop',
    message: `"${item.name} ${item.args[0]?.value}" leads back to ${listen.id}, which is this very server: nginx connects to itself again and again ${outcome}. Write the address of the backend.`,
    location: locate(item),
    related: [{ location: listen.location, message: 'It is opened here' }],
  };
}

/** A server, and the block around it. */
type Chain = readonly [Scope, Scope];

/** The address that all of a group are, where this configuration opens it and nothing else is said of it. */
function soleOwn(addresses: readonly (string | undefined)[], overTls: boolean, scope: Scope): readonly OwnAddress[] {
  const own = ownAt(scope, addresses[0]);
  const isSole = own?.isSure && !own.expecting && own.speaksTls === overTls;
  return isSole && addresses.every((address) => ownAt(scope, address) === own) ? [own] : [];
}

/** Scheme and host, in whatever path. */
function nameOf(item: Item): string | undefined {
  const asked = askedOf(item);
  return asked && `${asked.overTls} ${asked.authority}`;
}

function httpBackends(item: Item, scope: Scope): readonly OwnAddress[] {
  const asked = askedOf(item);
  if (!asked) return [];
  const group = groupOf(asked.authority, scope)?.map((server) => addressOf(server, 80));
  return soleOwn(group ?? [asked.address], asked.overTls, scope);
}

/** Whatever is chosen by a client's hello is chosen again by the same hello. */
function streamBackends({ args: [to], outer }: Item, scope: Scope): readonly OwnAddress[] {
  if (!to || to.templated) return [];
  const names = variablesBehind(to.value, outer);
  // One is that of a map.
  if (names.filter((name) => !name.startsWith('ssl_preread_')).length !== Math.min(names.length, 1)) return [];
  const texts = possibleTexts(to.value, {}, scope) ?? [];
  return texts.flatMap((text) => soleOwn(groupOf(text, scope) ?? [text], false, scope));
}

/** A server of stream takes all that comes to its address, unless others have names there. */
function isAlone(item: Item, { servers }: OwnAddress, [server]: Chain): boolean {
  return item.outer === server && servers.length === 1;
}

/** The location that passes a request takes it again. */
function asksAgain(item: Item, own: OwnAddress, chain: Chain, project: Project<NginxFile>): boolean {
  const [server] = chain;
  const location = locationWith(item.outer);
  const uri = askedOf(item)?.uri ?? '$';
  if (!location || uri.includes('$') || (location.kind !== 'prefix' && location.kind !== 'exact')) return false;
  if (effective(item.outer, 'proxy_method')) return false;
  if (answering(item, own, server) !== server) return false;
  const asked = {
    host: askedHostOf(namesOf(server)) ?? 'name.invalid',
    scheme: own.speaksTls ? 'https' : 'http',
    port: String(own.listen.port),
  } as const;
  const place = locate(item);
  const { pattern } = location;
  const next = uri.replace(/[?#].*/s, '') || pattern;
  // What stands behind the location's path goes behind that of the address.
  return [pattern, next, next + next.slice(pattern.length)].every((path) => {
    const at = answerWithPlace(chain, { ...asked, path }, mainFile(project));
    const isHere =
      at.answer.kind === 'proxy' &&
      at.answer.location.range.start === place.range.start &&
      at.answer.location.file === place.file;
    return isHere && at.location?.scope === item.outer && at.within === undefined && at.path === path;
  });
}

/** The server that takes a request with the host that is passed on; undefined where that is not certain. */
function answering(item: Item, own: OwnAddress, server: Scope): Scope | undefined {
  if (own.servers.length === 1) return server;
  const host = hostPassed(item, server);
  if (host === undefined) return undefined;
  const { byName, hasPattern, byDefault } = choiceAt(own);
  return byName.get(host) ?? (hasPattern ? undefined : byDefault);
}

/** Who answers at an address, by the name that is asked for. */
const choiceAt = remember(({ servers, listen }: OwnAddress) => {
  const byName = new Map<string, Scope>();
  let hasPattern = false;
  let byDefault: Scope | undefined;
  for (const server of servers) {
    const names = namesOf(server);
    // Whoever names none has the empty one.
    const isNameless = ({ args }: Item) => args.some(({ value }) => value === '');
    if ((names.length === 0 || server.find('server_name').some(isNameless)) && !byName.has('')) byName.set('', server);
    for (const { kind, text } of names) {
      const name = text.toLowerCase();
      if (kind === 'exact' && !byName.has(name)) byName.set(name, server);
      if (kind !== 'exact' && kind !== 'catch-all') hasPattern = true;
    }
    if (listensOf(server).some(({ id, isDefault }) => isDefault && id === listen.id)) byDefault ??= server;
  }
  return { byName, hasPattern, byDefault: byDefault ?? servers[0] };
});

/** Without a line of its own that is what `proxy_pass` names (ngx_http_proxy_module, `proxy_set_header`). */
function hostPassed(item: Item, server: Scope): string | undefined {
  let host: string | undefined;
  for (let at: Scope | undefined = item.outer; at; at = at.owner?.outer) {
    if (at.open) return undefined;
    const own = at.find('proxy_set_header');
    if (own.length === 0) continue;
    host = own.find(({ args: [name] }) => name?.value.toLowerCase() === 'host')?.args[1]?.value;
    break;
  }
  host ??= askedOf(item)?.authority ?? '$';
  // Who asks for none of its names came to it as to the default.
  if (/^\$\{?(?:http_)?host\}?(?::\$\{?server_port\}?)?$/.test(host))
    return (
      namesOf(server)
        .find(({ kind }) => kind === 'exact')
        ?.text.toLowerCase() ?? '_'
    );
  return host.includes('$') ? undefined : (backendOf(host, 0)?.host ?? host).toLowerCase().replace(/\.$/, '');
}
