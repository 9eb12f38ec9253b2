import type { Located } from '../../../text/range.ts';
import { placesOfName } from '../../../tls/model/name-places.ts';
import { namesOfEndpoints } from '../../../tls/model/names-of-endpoints.ts';
import type { Endpoint, Listener, ServerModel, Site, TlsSettings } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known, knownValue, unknown } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { protocolsPerServer } from '../facts/defaults.ts';
import type { Listen } from './listen.ts';
import { overDatagrams } from './listen.ts';
import type { LoweredSite } from './sites.ts';
import { switchedOn } from './sites.ts';
import { alpnBesideHttp, alpnOverQuic } from './tls/alpn.ts';

interface Use {
  readonly lowered: LoweredSite;
  readonly listen: Listen;
}

/** One address with all that is bound to it, in the order of the text, and what that gives together. */
export interface Address {
  readonly id: string;
  readonly uses: readonly Use[];
  readonly tls: Setting<boolean>;
  /** By the parameter of `listen`, which holds for the whole address. */
  readonly http2: Setting<boolean>;
  readonly quic: Setting<boolean>;
  /** The server with `default_server`, else the first one that names the address. */
  readonly byDefault: LoweredSite;
}

/** Addresses that nginx binds, each with the server that answers unknown names there. */
export function listenersOf(addresses: readonly Address[]): readonly Listener[] {
  return addresses.map(({ id, uses, tls, http2, byDefault: answering }) => {
    const { listen } = uses[0] as Use;
    const takesIpv4 = listen.family === 'ipv6' && uses.some((use) => use.listen.family === 'both');
    return {
      id,
      address: listen.address,
      port: listen.port,
      transport: listen.transport,
      family: takesIpv4 ? 'both' : listen.family,
      tls,
      http2: knownValue(http2) === true ? http2 : (answering.http2 ?? http2),
      defaultSite: answering.site.id,
      ...(listen.isAssumed ? { assumed: true } : {}),
    };
  });
}

/** Each address seen by each name, and whether nginx ignores a name there since another server has it. */
export function endpointsOf(
  addresses: readonly Address[],
  target: Target,
): Pick<ServerModel, 'endpoints' | 'ignoresNames'> {
  const endpoints: Endpoint[] = [];
  let ignoresNames = false;
  for (const address of addresses) {
    const alpn = alpnAt(address, target);
    const taken = new Map<string, Use>();
    let hasNameless = false;
    for (const use of address.uses) {
      const { lowered, listen } = use;
      const { site } = lowered;
      const isDefault = lowered === address.byDefault;
      const tls = inForce(lowered, address, alpn(lowered, listen), target);
      const { id, headers } = site;
      const names = namesOfEndpoints(site.names, lowered.listens.length);
      // Those without a name have the empty one.
      if (site.isNameless) {
        ignoresNames ||= hasNameless;
        hasNameless = true;
      }
      for (let index = 0; index < Math.max(1, names.length); index++) {
        const name = names[index]?.text ?? (isDefault ? '*' : site.label);
        if (take(name, use, taken)) endpoints.push({ listener: address.id, site: id, name, isDefault, tls, headers });
        else ignoresNames = true;
      }
    }
  }
  return { endpoints, ignoresNames };
}

/** False for a name that nginx ignores, since another server of the address has a place of it ("conflicting server name"). */
function take(name: string, use: Use, taken: Map<string, Use>): boolean {
  // Nearly every name has one place.
  if (!name.startsWith('.')) {
    const place = name.toLowerCase();
    const first = taken.get(place);
    if (first) return first === use;
    taken.set(place, use);
    return true;
  }
  const places = placesOfName(name);
  const first = places.map((place) => taken.get(place)).find((found) => found !== undefined);
  if (first) return places.every((place) => taken.get(place) === use);
  for (const place of places) taken.set(place, use);
  return true;
}

/** One address while the servers are gone through, of which there may be thousands. */
class Gathered {
  readonly uses: Use[] = [];
  /** The first `listen` of each kind. */
  tls: Listen | undefined;
  http2: Listen | undefined;
  quic: Listen | undefined;
  unknown: Listen | undefined;
  byDefault: LoweredSite | undefined;

  add(lowered: LoweredSite, listen: Listen): void {
    this.uses.push({ lowered, listen });
    if (listen.speaksTls) this.tls ??= listen;
    if (listen.speaksTls && listen.transport === 'quic') this.quic ??= listen;
    if (listen.speaksHttp2) this.http2 ??= listen;
    if (listen.unknown !== undefined) this.unknown ??= listen;
    if (listen.isDefault) this.byDefault ??= lowered;
  }
}

export function addressesOf(sites: readonly LoweredSite[]): readonly Address[] {
  const gathered = new Map<string, Gathered>();
  for (const lowered of sites) {
    for (const listen of lowered.listens) {
      let address = gathered.get(listen.id);
      if (!address) {
        address = new Gathered();
        gathered.set(listen.id, address);
      }
      address.add(lowered, listen);
    }
  }
  return [...gathered].map(([id, address]) => {
    const { uses, unknown } = address;
    const first = uses[0] as Use;
    const byDefault = address.byDefault ?? first.lowered;
    const overUdp = first.listen.transport === 'udp' && address.tls !== undefined;
    const tls = overUdp ? overDatagrams : flagOf(address.tls, address.tls?.tls, unknown, 'listen without ssl');
    return {
      id,
      uses,
      tls: knownValue(tls) === true ? tls : (switchedOn(byDefault) ?? tls),
      http2: flagOf(address.http2, address.http2?.http2, unknown, 'listen without http2'),
      quic: flagOf(address.quic, address.quic?.tls, unknown, 'listen without quic'),
      byDefault,
    };
  });
}

/** A parameter that holds for the whole address as soon as one `listen` has it. */
function flagOf(
  listen: Listen | undefined,
  parameter: Located<string> | undefined,
  obscure: Listen | undefined,
  because: string,
): Setting<boolean> {
  if (listen && parameter) {
    return { value: known(true), origin: { kind: 'explicit', location: listen.location, words: [parameter] } };
  }
  if (obscure?.unknown === undefined) return byDefault(false, because);
  return { value: unknown(obscure.unknown), origin: { kind: 'default', because: obscure.unknown } };
}

/**
 * What holds during the handshake. Before the name is known nginx has already taken the protocols (until 1.29.1), the
 * groups and the TLS 1.3 suites of the default server, and OpenSSL keeps sessions and
 * early data where the handshake began (`session_ctx`);
 * of a server that sets up no TLS of its own it takes nothing (ngx_http_ssl_servername), and does not start where the default
 * server has no certificate either.
 */
function inForce(
  { site }: LoweredSite,
  address: Address,
  alpn: Setting<readonly string[]>,
  target: Target,
): TlsSettings {
  const answering = address.byDefault.site;
  const setUp = site !== answering && hasNoTls(site) && !hasNoCertificate(answering) ? answering.tls : site.tls;
  const settings: { -readonly [Name in keyof TlsSettings]: TlsSettings[Name] } = { ...setUp };
  settings.enabled = address.tls;
  settings.alpn = alpn;
  if (setUp === answering.tls) {
    // Whether to refuse is asked of the server that the name has led to.
    if (site.tls.rejectHandshake) settings.rejectHandshake = site.tls.rejectHandshake;
    return settings;
  }
  const { groups, protocols, tls13CipherSuites, sessionTickets } = answering.tls;
  settings.groups = groups;
  settings.sessionCache = answering.tls.sessionCache;
  settings.sessionTimeout = answering.tls.sessionTimeout;
  settings.ticketKeys = answering.tls.ticketKeys;
  if (answering.tls.earlyData) settings.earlyData = answering.tls.earlyData;
  // Tickets take both.
  if (knownValue(site.tls.sessionTickets) !== false) settings.sessionTickets = sessionTickets;
  if (protocolsPerServer(target)) return settings;
  settings.protocols = protocols;
  settings.tls13CipherSuites = tls13CipherSuites;
  return settings;
}

/** Surely neither a certificate nor a refusal that needs none. Mail knows no names of servers. */
function hasNoTls(site: Site): boolean {
  const { rejectHandshake } = site.tls;
  return (
    site.application !== 'mail' &&
    hasNoCertificate(site) &&
    (rejectHandshake === undefined || knownValue(rejectHandshake) === false)
  );
}

function hasNoCertificate({ tls: { certificates, managed } }: Site): boolean {
  return knownValue(certificates)?.length === 0 && (managed === undefined || knownValue(managed)?.length === 0);
}

type Alpn = Setting<readonly string[]>;

/** What is offered by ALPN at an address; the same object for all servers that say the same about HTTP/2. */
function alpnAt(address: Address, target: Target): (lowered: LoweredSite, listen: Listen) => Alpn {
  const quic: Alpn = { value: known(['h3']), origin: address.quic.origin };
  const made = new Map<Setting<boolean>, Alpn>();
  return (lowered, listen) => {
    if (lowered.site.application !== 'http') return alpnBesideHttp(lowered, listen, target);
    if (listen.transport === 'quic') return alpnOverQuic(lowered, quic);
    const http2 = knownValue(address.http2) === true ? address.http2 : (lowered.http2 ?? address.http2);
    let alpn = made.get(http2);
    if (!alpn) {
      alpn = alpnWith(http2);
      made.set(http2, alpn);
    }
    return alpn;
  };
}

function alpnWith({ value, origin }: Setting<boolean>): Alpn {
  if (value.kind === 'unknown') return { value, origin };
  if (value.kind === 'one-of') return { value: unknown('HTTP/2 depends on what is filled in later'), origin };
  return { value: known(value.value ? ['h2', 'http/1.1'] : ['http/1.1']), origin };
}
