import { remember } from '../../../memory/remember.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue, originLocation, type Setting } from '../../../tls/model/setting.ts';
import type { UpstreamConnection } from '../../../tls/model/upstream-connection.ts';
import { isKnownNull } from '../values.ts';

/** Connections of the server to something behind it that surely use TLS. */
export const tlsUpstreams = remember((model: ServerModel): readonly UpstreamConnection[] =>
  model.upstreams.filter(({ tls }) => knownValue(tls) === true),
);

/** Those of them that leave the machine. */
export const remoteTlsUpstreams = remember((model: ServerModel): readonly UpstreamConnection[] =>
  tlsUpstreams(model).filter(isRemote),
);

export function isRemote({ to, group = [to] }: UpstreamConnection): boolean {
  return group.some((address) => !isLoopback(hostOf(address)));
}

/** One connection or several. */
export type Connections = readonly [UpstreamConnection, ...UpstreamConnection[]];

/** Those of which something is written, the connections of one directive together. */
export function byDirective(
  upstreams: readonly UpstreamConnection[],
  settingOf: (upstream: UpstreamConnection) => Setting<unknown> | undefined,
): Iterable<Connections> {
  const found = new PlaceMap<[UpstreamConnection, ...UpstreamConnection[]]>();
  for (const upstream of upstreams) {
    const setting = settingOf(upstream);
    const location = setting && originLocation(setting);
    if (location === undefined) continue;
    const known = found.get(location);
    if (known === undefined) found.set(location, [upstream]);
    else known.push(upstream);
  }
  return found.values();
}

/** The host of `https://host:port/path` and of `host:port`; undefined for variables, `%{NAME}` too, and sockets. */
export function hostOf(to: string): string | undefined {
  return /^(?:[a-z]\w*:\/\/|(?![a-z]\w*:\/\/))(\[[^\]]*\]|[^/:$%]+)/i.exec(to)?.[1]?.toLowerCase();
}

/** `https://host:port` of a URL with a path. */
export function authorityOf(to: string): string {
  return /^(?:[a-z]\w*:\/\/)?[^/$]+/i.exec(to)?.[0] ?? to;
}

/**
 * What is looked for among the names in a backend's certificate, where that can hardly be there: the name of a group of servers,
 * since no host has a name without a dot outside its own network, or an address, which certificates do not have as a name.
 * Undefined where another name is asked for, or may be, and where a server of the group is called as the group is.
 */
export function askedInVain({ to, group, wantedName }: UpstreamConnection): string | undefined {
  const host = hostOf(to);
  if (host === undefined || !isKnownNull(wantedName)) return undefined;
  const isOfGroup = group !== undefined && !host.includes('.') && !group.some((each) => hostOf(each) === host);
  return isAddress(host) || isOfGroup ? host : undefined;
}

/** The name that all servers of a group are reached by; undefined where they have several, or an address. */
export function nameOfAll({ group = [] }: UpstreamConnection): string | undefined {
  const [name, ...others] = new Set(group.map(hostOf));
  return others.length > 0 || !name?.includes('.') || isAddress(name) ? undefined : name;
}

/** An IPv4 address, or an IPv6 address in brackets, which no name is. */
export function isAddress(host: string): boolean {
  return /^(?:\[|[\d.]+$)/.test(host);
}

function isLoopback(host: string | undefined): boolean {
  return host === undefined || host === 'localhost' || host === '[::1]' || host.startsWith('127.') || host === 'unix';
}
