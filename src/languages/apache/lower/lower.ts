import { resolvePath } from '../../../text/path.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { namesOfEndpoints } from '../../../tls/model/names-of-endpoints.ts';
import type { Endpoint, Listener, ServerModel, SharedCache, Site } from '../../../tls/model/server-model.ts';
import { byDefault, known, knownValue, type Setting, unknown } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import type { Project } from '../../language.ts';
import { withKey } from '../evaluate/by-key.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { otherTlsModule } from '../evaluate/other-tls.ts';
import { defaultServerRoot } from '../evaluate/server-root.ts';
import { headLocation, locationOf, type Statement } from '../evaluate/statement.ts';
import type { ApacheFile } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { clientDemandsOf } from './client-demands.ts';
import { loneFolder } from './lone-folder.ts';
import { modelNotes } from './notes.ts';
import { namedPaths } from './paths.ts';
import { conditionalPlaces } from './scopes/conditional.ts';
import { type ServerScope, serverScopes, siteIds, speaksOfTls } from './scopes/scopes.ts';
import { mayVary } from './scopes/shortcuts.ts';
import { familyOf, type OpenAddress, openAddresses, reachIndex } from './sites/listeners.ts';
import { bindingTo, listenerId, lowerSite, type SiteOptions } from './sites/sites.ts';
import type { VirtualHost } from './sites/virtual-host.ts';
import { authoritiesRead } from './tls/authorities.ts';
import { looksAtClients } from './tls/looks-at-clients.ts';
import { hasSniPolicy, sniPolicy } from './tls/sni-policy.ts';
import { lowerUpstreams } from './upstreams/upstreams.ts';

/** What Apache would do with a project: its listeners, its virtual hosts, and what each name gets on each listener. */
export function lowerApache(project: Project<ApacheFile>): ServerModel {
  const { target, complete, entry } = project;
  const evaluation = evaluate(project);
  const root = evaluation.serverRoot ?? defaultServerRoot(project);
  const resolve = (path: string): string => (isUncertain(path) ? path : resolvePath(root, path));
  const { main, hosts } = serverScopes(evaluation);
  const options: SiteOptions = { file: entry, target, complete, evaluation, resolve };
  const open = withAssumedListener(openAddresses(evaluation, hosts, complete), main, hosts, evaluation, complete);
  const reached = reachIndex(open, hosts.length);
  const ids = siteIds(hosts);
  const hostSites = hosts.map((scope) => lowerSite(scope, ids.get(scope) ?? '', reached, options));
  const taken = new Set(hostSites.flatMap(({ bindings }) => bindings.map(({ listener }) => listener)));
  const needsMain = open.filter((address) => !taken.has(listenerId(address)));
  const mainSite = bindMain(lowerSite(main, `${entry}:main`, reached, options), needsMain);
  const isAlone = hosts.length === 0 && !complete && (isSite(evaluation) || hasHeaders(main, evaluation));
  const sites = needsMain.length > 0 || isAlone ? [...hostSites, mainSite] : hostSites;
  const bound = sitesByListener(sites);
  const listeners = open.flatMap((address) => {
    const [first] = bound.get(listenerId(address)) ?? [];
    return first ? [lowerListener(address, first)] : [];
  });
  const scopes = [
    ...hosts.map((scope, index) => [scope, hostSites[index] as Site] as const),
    [main, mainSite] as const,
  ];
  const siteOf = siteFinder(hosts, hostSites);
  // Beside a snippet the main server may name others.
  const authorities = authoritiesRead(
    complete ? scopes.map(([scope, { tls }]) => [scope, knownValue(tls.enabled) === true]) : [],
  );
  return {
    server: 'apache',
    target,
    complete,
    file: entry,
    listeners,
    sites,
    endpoints: lowerEndpoints(listeners, bound, target),
    // How another module meets backends is not known.
    upstreams: (otherTlsModule(evaluation) === undefined ? scopes : [])
      .filter(([, site]) => site !== mainSite || sites.includes(mainSite))
      .flatMap(([scope, site]) => lowerUpstreams(scope, site.id, target, resolve)),
    sessionCaches: sharedCaches(evaluation),
    paths: namedPaths(evaluation, sites, siteOf, resolve, authorities),
    notes: modelNotes(evaluation, project.complete, siteOf),
    clientDemands: complete ? clientDemandsOf(evaluation, project, siteOf) : [],
    looksAtClients: () => looksAtClients(evaluation),
    ...loneFolder(evaluation, project),
    ...mayVary(evaluation),
    ...conditionalPlaces(evaluation),
    ...(hasSniPolicy(target) ? { sniPolicy: sniPolicy(main, options) } : {}),
  };
}

/** A snippet without `Listen` and without virtual hosts is one server on the port that its own settings ask for. */
function withAssumedListener(
  open: OpenAddress[],
  main: ServerScope,
  hosts: readonly ServerScope[],
  evaluation: Evaluation,
  complete: boolean,
): readonly OpenAddress[] {
  if (complete || open.length > 0 || hosts.length > 0 || !isSite(evaluation)) return open;
  const engine = main.own.get('sslengine')?.at(-1);
  const first = engine ?? main.own.get('servername')?.[0] ?? main.statements[0];
  if (!first) return open;
  return [
    {
      host: '*',
      port: speaksOfTls(main) ? 443 : 80,
      location: locationOf(first),
      narrowed: false,
      level: 'any',
      protocol: undefined,
      assumed: true,
    },
  ];
}

function isSite(evaluation: Evaluation): boolean {
  return evaluation.context === 'server config' || evaluation.context === 'virtual host';
}

/** What a `.htaccess` sends with answers is true of any server, though nothing else is known of the one that reads it. */
function hasHeaders(main: ServerScope, { context }: Evaluation): boolean {
  return context === '.htaccess' && main.own.has('header');
}

function bindMain(site: VirtualHost, open: readonly OpenAddress[]): VirtualHost {
  const bindings = open.map((address) => bindingTo(listenerId(address), address.location));
  return site.boundBy(bindings);
}

/**
 * The sites of each listener, in the order of the text. The first one is for clients without a name: the first virtual
 * host of exactly this address, else of all addresses, else the main server
 * (https://httpd.apache.org/docs/2.4/vhosts/details.html).
 */
function sitesByListener(sites: readonly VirtualHost[]): ReadonlyMap<string, readonly VirtualHost[]> {
  const bound = new Map<string, VirtualHost[]>();
  for (const site of sites) {
    for (const { listener } of site.bindings) {
      const list = bound.get(listener);
      if (list) list.push(site);
      else bound.set(listener, [site]);
    }
  }
  return bound;
}

function lowerListener(open: OpenAddress, first: Site): Listener {
  const id = listenerId(open);
  const h2 = first.tls.alpn;
  const http2: Setting<boolean> =
    h2.value.kind === 'known'
      ? { value: { kind: 'known', value: h2.value.value.includes('h2') }, origin: h2.origin }
      : byDefault(false, 'no h2 in Protocols');
  return {
    id,
    address: open.host,
    port: open.port,
    transport: 'tcp',
    family: familyOf(open.host),
    tls: first.tls.enabled,
    http2,
    defaultSite: first.id,
    ...(open.assumed ? { assumed: true } : {}),
  };
}

/**
 * What each name gets. The handshake starts with the default virtual host and moves to the one of the name: groups stay
 * the default's, and before 2.4.42 so do the protocol versions.
 */
function lowerEndpoints(
  listeners: readonly Listener[],
  bound: ReadonlyMap<string, readonly VirtualHost[]>,
  target: Target,
): readonly Endpoint[] {
  return listeners.flatMap((listener) => {
    const sites = bound.get(listener.id) ?? [];
    const [first] = sites;
    return sites.flatMap((site) => {
      const isDefault = site.id === listener.defaultSite;
      const tls = first && !isDefault ? seenThroughDefault(site, first, target) : site.tls;
      const listed = namesOfEndpoints(site.names, site.bindings.length);
      const names = listed.length > 0 ? listed.map(({ text }) => text) : [isDefault ? '*' : site.label];
      return names.map((name) => ({
        listener: listener.id,
        site: site.id,
        name,
        isDefault,
        tls,
        headers: site.headers,
      }));
    });
  });
}

/**
 * Whether TLS is spoken the first virtual host of the address decides for all; one without TLS of its own then gets the
 * first one's (measured with 2.4.71). The virtual host of the name adds its options (server preference, ChaCha20 first, no tickets, no TLS 1.3)
 * to those the handshake began with, and sets protocol versions only where it or the main server names some.
 */
function seenThroughDefault(ownHost: VirtualHost, firstHost: VirtualHost, target: Target): Site['tls'] {
  const { tls: own, condition } = ownHost;
  const { tls: first, condition: firstCondition } = firstHost;
  const isSure = firstCondition === undefined || firstCondition === condition;
  const [isOwnTls, isTls] = [knownValue(own.enabled), isSure ? knownValue(first.enabled) : undefined];
  if (isTls === true && isOwnTls === false) return first;
  const enabled = isTls === false ? first.enabled : own.enabled;
  const isNamedFirst = atLeastVersion(target.apache, '2.4.42') && atLeastVersion(target.openssl, '1.1.1');
  const { groups } = first;
  const protocols =
    isNamedFirst && ownHost.namesProtocols
      ? without(own.protocols, firstHost.switchedOff)
      : without(first.protocols, isNamedFirst ? ownHost.switchedOff : undefined);
  const serverPreference = knownValue(first.serverPreference) === true ? first.serverPreference : own.serverPreference;
  const chachaFirst = knownValue(first.chachaFirst) === true ? first.chachaFirst : own.chachaFirst;
  const sessionTickets = knownValue(first.sessionTickets) === false ? first.sessionTickets : own.sessionTickets;
  if (!isSure) return whicheverIsFirst(own, { groups, protocols, serverPreference, chachaFirst, sessionTickets });
  const isOwn =
    enabled === own.enabled &&
    groups === own.groups &&
    protocols === own.protocols &&
    serverPreference === own.serverPreference &&
    chachaFirst === own.chachaFirst &&
    sessionTickets === own.sessionTickets;
  return isOwn ? own : { ...own, enabled, groups, protocols, serverPreference, chachaFirst, sessionTickets };
}

type Protocols = Site['tls']['protocols'];

function without(protocols: Protocols, off: Protocols | undefined): Protocols {
  if (off === undefined || off.origin.kind === 'default') return protocols;
  const [listed, taken] = [knownValue(protocols), knownValue(off)];
  if (taken === undefined) return { ...protocols, value: off.value };
  const left = listed?.filter((version) => !taken.includes(version));
  return left === undefined || left.length === listed?.length ? protocols : { value: known(left), origin: off.origin };
}

type OfHandshake = Pick<Site['tls'], 'groups' | 'protocols' | 'serverPreference' | 'chachaFirst' | 'sessionTickets'>;

/** Where the first virtual host may not be there, only what it leaves as it is holds for sure. */
function whicheverIsFirst(own: Site['tls'], behindFirst: OfHandshake): Site['tls'] {
  const value = unknown('a condition decides which virtual host is the first of its address');
  const open = Object.entries(behindFirst).flatMap(([name, setting]) => {
    const ours = own[name as keyof OfHandshake];
    return JSON.stringify(setting.value) === JSON.stringify(ours.value) ? [] : [[name, { ...ours, value }] as const];
  });
  return open.length === 0 ? own : { ...own, ...Object.fromEntries(open) };
}

/** `SSLSessionCache shmcb:/path(size)` and `SSLStaplingCache`; 512,000 bytes where no size is given. */
function sharedCaches(evaluation: Evaluation): readonly SharedCache[] {
  return [...withKey(evaluation, 'sslsessioncache'), ...withKey(evaluation, 'sslstaplingcache')]
    .sort((a, b) => a.order - b.order)
    .flatMap((statement) => {
      const match = /^shmcb:([^()]+)(?:\((\d+)\))?$/i.exec(statement.args[0]?.value ?? '');
      return match
        ? [
            {
              name: match[1] as string,
              application: 'http',
              size: Number(match[2] ?? 512_000),
              location: headLocation(statement),
            },
          ]
        : [];
    });
}

function siteFinder(
  hosts: readonly ServerScope[],
  sites: readonly Site[],
): (statement: Pick<Statement, 'key' | 'parents'>) => string | null {
  const byBlock = new Map<unknown, string | null>(hosts.map(({ block }, index) => [block, sites[index]?.id ?? null]));
  return (statement) => {
    const host =
      statement.parents.find(({ key }) => key === 'virtualhost') ??
      (statement.key === 'virtualhost' ? statement : undefined);
    return byBlock.get(host) ?? null;
  };
}
