import type { Located } from '../../../text/range.ts';
import type { Endpoint, Listener, TlsSettings } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known, knownValue, unknown } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { protocolsPerServer } from '../defaults.ts';
import type { Item } from '../scope.ts';
import { findLast, locate } from '../scope.ts';
import type { Listen } from './listen.ts';
import { listenerId } from './listen.ts';
import { inherited, readFlag, settingIn } from './setting.ts';
import type { LoweredSite } from './sites.ts';

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
    return {
      id,
      address: listen.address,
      port: listen.port,
      transport: listen.transport,
      family: listen.family,
      tls,
      http2: knownValue(http2) === true ? http2 : (http2Directive(answering) ?? http2),
      defaultSite: answering.site.id,
      locations: uses.map(({ listen: one, lowered }) =>
        one.item ? locate(one.item) : locate(lowered.item, lowered.item.directive.name),
      ),
    };
  });
}

/** Each address seen by each name. */
export function endpointsOf(addresses: readonly Address[], target: Target): readonly Endpoint[] {
  return addresses.flatMap((address) => {
    const seen = new Set<string>();
    return address.uses.flatMap(({ lowered, listen }) => {
      const { site } = lowered;
      const isDefault = lowered === address.byDefault;
      const tls = inForce(lowered, address, listen, target);
      const named = site.names.map(({ text }) => text);
      const names = named.length > 0 ? named : [isDefault ? '*' : site.label];
      // Of two servers with one name on one address the second is never reached ("conflicting server name, ignored").
      const fresh = names.filter((name) => !seen.has(name.toLowerCase()));
      for (const name of fresh) seen.add(name.toLowerCase());
      return fresh.map(
        (name): Endpoint => ({ listener: address.id, site: site.id, name, isDefault, tls, headers: site.headers }),
      );
    });
  });
}

export function addressesOf(sites: readonly LoweredSite[]): readonly Address[] {
  const uses = new Map<string, Use[]>();
  for (const lowered of sites) {
    for (const listen of lowered.listens) {
      const id = listenerId(listen);
      const known = uses.get(id);
      if (known) known.push({ lowered, listen });
      else uses.set(id, [{ lowered, listen }]);
    }
  }
  return [...uses].map(([id, list]) => ({
    id,
    uses: list,
    tls: flagOf(list, ({ tls }) => tls),
    http2: flagOf(list, ({ http2 }) => http2),
    quic: flagOf(list, ({ transport, tls }) => (transport === 'quic' ? tls : undefined)),
    byDefault: defaultOf(list),
  }));
}

function defaultOf(uses: readonly Use[]): LoweredSite {
  const marked = uses.find(({ listen }) => listen.isDefault);
  return (marked ?? (uses[0] as Use)).lowered;
}

/** A parameter that holds for the whole address as soon as one `listen` has it. */
function flagOf(uses: readonly Use[], parameterOf: (listen: Listen) => Located<string> | undefined): Setting<boolean> {
  for (const { listen } of uses) {
    const parameter = parameterOf(listen);
    if (parameter && listen.item) {
      const origin = { kind: 'explicit', location: locate(listen.item), words: [parameter] } as const;
      return { value: known(true), origin };
    }
  }
  const obscure = uses.find(({ listen }) => listen.unknown !== undefined)?.listen.unknown;
  if (obscure !== undefined) return { value: unknown(obscure), origin: { kind: 'default', because: obscure } };
  return byDefault(false, 'listen without ssl');
}

function http2Directive({ scope, item }: LoweredSite): Setting<boolean> | undefined {
  const own = settingIn(scope, 'http2', byDefault(false, 'http2 is off by default'), readFlag);
  if (findLast(scope, 'http2')) return own;
  const around: Item | undefined = findLast(item.outer, 'http2');
  if (!around) return undefined;
  const found = settingIn(item.outer, 'http2', own, readFlag);
  return inherited(found);
}

/**
 * What holds during the handshake. Before the name is known nginx has already taken the protocols (until 1.29.1), the
 * groups and the TLS 1.3 suites of the default server.
 */
function inForce(lowered: LoweredSite, address: Address, listen: Listen, target: Target): TlsSettings {
  const { tls } = lowered.site;
  const settings: TlsSettings = { ...tls, enabled: address.tls, alpn: alpnOf(lowered, address, listen) };
  if (lowered === address.byDefault) return settings;
  const { groups, protocols, tls13CipherSuites } = address.byDefault.site.tls;
  if (protocolsPerServer(target)) return { ...settings, groups };
  return { ...settings, groups, protocols, tls13CipherSuites };
}

function alpnOf(lowered: LoweredSite, address: Address, listen: Listen): Setting<readonly string[]> {
  if (lowered.site.application !== 'http') return lowered.site.tls.alpn;
  if (listen.transport === 'quic') return { value: known(['h3']), origin: address.quic.origin };
  const http2 = knownValue(address.http2) === true ? address.http2 : (http2Directive(lowered) ?? address.http2);
  if (http2.value.kind !== 'known') {
    return { value: unknown('HTTP/2 depends on what is filled in later'), origin: http2.origin };
  }
  return { value: known(http2.value.value ? ['h2', 'http/1.1'] : ['http/1.1']), origin: http2.origin };
}
