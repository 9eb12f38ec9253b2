import { resolvePath } from '../../../text/path.ts';
import { atLeastVersion } from '../../../text/version.ts';
import type { Endpoint, Listener, ServerModel, SharedCache, Site } from '../../../tls/model/server-model.ts';
import { byDefault, knownValue, type Setting } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import type { Project } from '../../language.ts';
import { defaultServerRoot, type Evaluation, evaluate } from '../evaluate/evaluate.ts';
import { headLocation, isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import type { ApacheFile } from '../syntax.ts';
import { familyOf, type OpenAddress, openAddresses, reaches, readAddress } from './listeners.ts';
import { modelNotes } from './notes.ts';
import { namedPaths } from './paths.ts';
import { type ServerScope, serverScopes } from './scopes.ts';
import { listenerId, lowerSite, type SiteOptions } from './sites.ts';
import { lowerUpstreams } from './upstreams.ts';

/** What Apache would do with a project: its listeners, its virtual hosts, and what each name gets on each listener. */
export function lowerApache(project: Project<ApacheFile>): ServerModel {
  const { target, complete, entry } = project;
  const evaluation = evaluate(project);
  const root = evaluation.serverRoot ?? defaultServerRoot(project);
  const resolve = (path: string): string => (isUncertain(path) ? path : resolvePath(root, path));
  const { main, hosts } = serverScopes(evaluation);
  const options: SiteOptions = { file: entry, target, complete, evaluation, resolve };
  const open = withAssumedListener(openAddresses(evaluation, hosts, complete), main, hosts, evaluation, complete);
  const hostSites = hosts.map((scope) => lowerSite(scope, open, options));
  const needsMain = open.filter((address) => !hosts.some((scope) => takes(scope, address)));
  const mainSite = bindMain(lowerSite(main, open, options), needsMain);
  const isAlone = hosts.length === 0 && !complete && isSite(evaluation);
  const sites = needsMain.length > 0 || isAlone ? [...hostSites, mainSite] : hostSites;
  const defaults = new Map(open.map((address) => [listenerId(address), defaultSite(address, sites)]));
  const served = open.filter((address) => defaults.get(listenerId(address)) !== undefined);
  const listeners = served.map((address) => lowerListener(address, sites, defaults.get(listenerId(address)) as Site));
  const scopes = [
    ...hosts.map((scope, index) => [scope, hostSites[index] as Site] as const),
    [main, mainSite] as const,
  ];
  return {
    server: 'apache',
    target,
    complete,
    file: entry,
    listeners,
    sites,
    endpoints: lowerEndpoints(listeners, sites, target),
    upstreams: scopes
      .filter(([, site]) => site !== mainSite || sites.includes(mainSite))
      .flatMap(([scope, site]) => lowerUpstreams(scope, site.id, target, resolve)),
    sessionCaches: sharedCaches(evaluation),
    paths: namedPaths(evaluation, siteFinder(hosts, hostSites), resolve),
    notes: modelNotes(evaluation, siteFinder(hosts, hostSites)),
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
  const hasTls = [...main.own.keys()].some((key) => key.startsWith('ssl'));
  const first = engine ?? main.own.get('servername')?.[0] ?? main.statements[0];
  if (!first) return open;
  const locations = [locationOf(first)];
  return [{ host: '*', port: hasTls ? 443 : 80, locations, narrowed: false, exact: false, protocol: undefined }];
}

function isSite(evaluation: Evaluation): boolean {
  return evaluation.context === 'server config' || evaluation.context === 'virtual host';
}

function takes(scope: ServerScope, open: OpenAddress): boolean {
  return (scope.block?.args ?? []).some(({ value }) => {
    const address = readAddress(value);
    return address !== undefined && reaches(open, address);
  });
}

function bindMain(site: Site, open: readonly OpenAddress[]): Site {
  const bindings = open.map((address) => ({
    listener: listenerId(address),
    location: address.locations[0] ?? site.location,
    parameters: [],
  }));
  return { ...site, bindings };
}

/**
 * The site for clients without a name: the first virtual host of exactly this address, else the first of all addresses
 * (https://httpd.apache.org/docs/2.4/vhosts/details.html), else the main server.
 */
function defaultSite(open: OpenAddress, sites: readonly Site[]): Site | undefined {
  const id = listenerId(open);
  const bound = sites.filter(({ bindings }) => bindings.some(({ listener }) => listener === id));
  return bound[0];
}

function lowerListener(open: OpenAddress, sites: readonly Site[], first: Site): Listener {
  const id = listenerId(open);
  const h2 = first.tls.alpn;
  const http2: Setting<boolean> =
    h2.value.kind === 'known'
      ? { value: { kind: 'known', value: h2.value.value.includes('h2') }, origin: h2.origin }
      : byDefault(false, 'the default of Protocols');
  return {
    id,
    address: open.host,
    port: open.port,
    transport: 'tcp',
    family: familyOf(open.host),
    tls: first.tls.enabled,
    http2,
    defaultSite: sites.find((site) => site.id === first.id)?.id ?? first.id,
    locations: open.locations,
  };
}

/**
 * What each name gets. The handshake starts with the default virtual host and moves to the one of the name: groups stay
 * the default's, and before 2.4.42 so do the protocol versions.
 */
function lowerEndpoints(listeners: readonly Listener[], sites: readonly Site[], target: Target): readonly Endpoint[] {
  return listeners.flatMap((listener) => {
    const bound = sites.filter(({ bindings }) => bindings.some((binding) => binding.listener === listener.id));
    const first = bound.find(({ id }) => id === listener.defaultSite);
    return bound.flatMap((site) => {
      const isDefault = site.id === listener.defaultSite;
      const tls = first && !isDefault ? seenThroughDefault(site.tls, first.tls, target) : site.tls;
      const names = site.names.length > 0 ? site.names.map(({ text }) => text) : [isDefault ? '*' : site.label];
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
 * The virtual host of the name adds its options (server preference, no tickets) to those the handshake began with, and
 * sets protocol versions only where it or the main server names some.
 */
function seenThroughDefault(own: Site['tls'], first: Site['tls'], target: Target): Site['tls'] {
  const perHost =
    atLeastVersion(target.apache, '2.4.42') &&
    atLeastVersion(target.openssl, '1.1.1') &&
    own.protocols.origin.kind !== 'default';
  return {
    ...own,
    groups: first.groups,
    serverPreference: knownValue(first.serverPreference) === true ? first.serverPreference : own.serverPreference,
    sessionTickets: knownValue(first.sessionTickets) === false ? first.sessionTickets : own.sessionTickets,
    ...(perHost ? {} : { protocols: first.protocols }),
  };
}

/** `SSLSessionCache shmcb:/path(size)` and `SSLStaplingCache`; 512,000 bytes where no size is given. */
function sharedCaches(evaluation: Evaluation): readonly SharedCache[] {
  return evaluation.all
    .filter(({ key }) => key === 'sslsessioncache' || key === 'sslstaplingcache')
    .flatMap((statement) => {
      const match = /^shmcb:([^()]+)(?:\((\d+)\))?$/i.exec(statement.args[0]?.value ?? '');
      return match
        ? [{ name: match[1] as string, size: Number(match[2] ?? 512_000), location: headLocation(statement) }]
        : [];
    });
}

function siteFinder(hosts: readonly ServerScope[], sites: readonly Site[]): (statement: Statement) => string | null {
  const byBlock = new Map(hosts.map(({ block }, index) => [block, sites[index]?.id ?? null]));
  return (statement) => {
    const host =
      statement.parents.find(({ key }) => key === 'virtualhost') ??
      (statement.key === 'virtualhost' ? statement : undefined);
    return byBlock.get(host) ?? null;
  };
}
