import type { Endpoint, Listener, TlsSettings } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known, knownValue, unknown } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { protocolsPerServer } from '../defaults.ts';
import type { Item } from '../scope.ts';
import { findLast, locate } from '../scope.ts';
import type { Listen } from './listen.ts';
import { listenerId } from './listen.ts';
import { readFlag, settingIn } from './setting.ts';
import type { LoweredSite } from './sites.ts';

/** One address with all that is bound to it, in the order of the text. */
interface Address {
  readonly id: string;
  readonly uses: { readonly lowered: LoweredSite; readonly listen: Listen }[];
}

/** Parameters of `listen` that hold for the whole address. */
interface AddressFlags {
  readonly tls: Setting<boolean>;
  readonly quic: Setting<boolean>;
  readonly http2: Setting<boolean>;
}

/** Addresses that nginx binds, each with the server that answers unknown names there. */
export function listenersOf(sites: readonly LoweredSite[]): readonly Listener[] {
  return addressesOf(sites).map(({ id, uses }) => {
    const first = uses[0] as Address['uses'][number];
    return {
      id,
      address: first.listen.address,
      port: first.listen.port,
      transport: first.listen.transport,
      family: first.listen.family,
      tls: flagOf(uses, ['ssl', 'quic']),
      http2: http2Of(uses),
      defaultSite: defaultOf(uses).lowered.site.id,
      locations: uses.map(({ listen, lowered }) =>
        listen.item ? locate(listen.item) : locate(lowered.item, lowered.item.directive.name),
      ),
    };
  });
}

/** Each address seen by each name. */
export function endpointsOf(sites: readonly LoweredSite[], target: Target): readonly Endpoint[] {
  return addressesOf(sites).flatMap(({ id, uses }) => {
    const byDefaultSite = defaultOf(uses).lowered;
    // What one `listen` says for the whole address is found once, not for each of a thousand servers.
    const flags = { tls: flagOf(uses, ['ssl', 'quic']), quic: flagOf(uses, ['quic']), http2: flagOf(uses, ['http2']) };
    const seen = new Set<string>();
    return uses.flatMap(({ lowered, listen }) => {
      const { site } = lowered;
      const isDefault = site === byDefaultSite.site;
      const settings = inForce(lowered, byDefaultSite, flags, listen, target);
      const named = site.names.map(({ text }) => text);
      const names = named.length > 0 ? named : [isDefault ? '*' : site.label];
      // Of two servers with one name on one address the second is never reached (“conflicting server name, ignored”).
      const fresh = names.filter((name) => !seen.has(name.toLowerCase()));
      for (const name of fresh) seen.add(name.toLowerCase());
      return fresh.map(
        (name): Endpoint => ({ listener: id, site: site.id, name, isDefault, tls: settings, headers: site.headers }),
      );
    });
  });
}

function addressesOf(sites: readonly LoweredSite[]): readonly Address[] {
  const addresses = new Map<string, Address>();
  for (const lowered of sites) {
    for (const listen of lowered.listens) {
      const id = listenerId(listen);
      const address = addresses.get(id);
      if (address) address.uses.push({ lowered, listen });
      else addresses.set(id, { id, uses: [{ lowered, listen }] });
    }
  }
  return [...addresses.values()];
}

/** The server with `default_server`, else the first one that names the address. */
function defaultOf(uses: Address['uses']): Address['uses'][number] {
  const marked = uses.find(({ listen }) =>
    listen.parameters.some(({ value }) => value === 'default_server' || value === 'default'),
  );
  return marked ?? (uses[0] as Address['uses'][number]);
}

/** A parameter that holds for the whole address as soon as one `listen` has it. */
function flagOf(uses: Address['uses'], names: readonly string[]): Setting<boolean> {
  for (const { listen } of uses) {
    const parameter = listen.parameters.find(({ value }) => names.includes(value));
    if (parameter && listen.item) {
      const origin = { kind: 'explicit', location: locate(listen.item), words: [parameter] } as const;
      return { value: known(true), origin };
    }
  }
  const obscure = uses.find(({ listen }) => listen.unknown !== undefined)?.listen.unknown;
  if (obscure !== undefined) return { value: unknown(obscure), origin: { kind: 'default', because: obscure } };
  return byDefault(false, 'listen without ssl');
}

function http2Of(uses: Address['uses']): Setting<boolean> {
  const parameter = flagOf(uses, ['http2']);
  if (knownValue(parameter) === true) return parameter;
  return http2Directive(defaultOf(uses).lowered) ?? parameter;
}

function http2Directive({ scope, item }: LoweredSite): Setting<boolean> | undefined {
  const own = settingIn(scope, 'http2', byDefault(false, 'http2 is off by default'), readFlag);
  if (findLast(scope, 'http2')) return own;
  const around: Item | undefined = findLast(item.outer, 'http2');
  if (!around) return undefined;
  const found = settingIn(item.outer, 'http2', own, readFlag);
  return found.origin.kind === 'explicit' ? { ...found, origin: { ...found.origin, kind: 'inherited' } } : found;
}

/**
 * What holds during the handshake. Before the name is known nginx has already taken the protocols (until 1.29.1), the
 * groups and the TLS 1.3 suites of the default server.
 */
function inForce(
  lowered: LoweredSite,
  byDefaultSite: LoweredSite,
  flags: AddressFlags,
  listen: Listen,
  target: Target,
): TlsSettings {
  const { tls } = lowered.site;
  const settings: TlsSettings = { ...tls, enabled: flags.tls, alpn: alpnOf(lowered, listen, flags) };
  if (lowered === byDefaultSite) return settings;
  const fromDefault = byDefaultSite.site.tls;
  const shared = { ...settings, groups: fromDefault.groups };
  if (protocolsPerServer(target)) return shared;
  return { ...shared, protocols: fromDefault.protocols, tls13CipherSuites: fromDefault.tls13CipherSuites };
}

function alpnOf(lowered: LoweredSite, listen: Listen, flags: AddressFlags): Setting<readonly string[]> {
  if (lowered.site.application !== 'http') return lowered.site.tls.alpn;
  if (listen.transport === 'quic') return { value: known(['h3']), origin: flags.quic.origin };
  const parameter = flags.http2;
  const directive = http2Directive(lowered);
  const http2 = knownValue(parameter) === true ? parameter : (directive ?? parameter);
  if (http2.value.kind !== 'known')
    return { value: unknown('HTTP/2 depends on what is filled in later'), origin: http2.origin };
  return { value: known(http2.value.value ? ['h2', 'http/1.1'] : ['http/1.1']), origin: http2.origin };
}
