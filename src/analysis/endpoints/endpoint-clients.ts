import type { CertificateFile } from '../../rules/rule.ts';
import type { Client } from '../../tls/clients/clients.ts';
import { type Handshake, type Order, type ServerSide, shakeHands } from '../../tls/clients/handshake.ts';
import { evaluateGroups } from '../../tls/groups.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { knownValue, type Value } from '../../tls/model/setting.ts';
import type { NamedGroup } from '../../tls/named-groups.ts';
import { certificatesAtLevel, type LeafCertificate } from '../../tls/offer/certificates.ts';
import { learnsNameLate, type Offer } from '../../tls/offer/offer.ts';
import { allowedSchemes } from '../../tls/offer/signatures.ts';
import { type ProtocolVersion, protocolVersions } from '../../tls/protocols.ts';
import type { CipherSuite } from '../../tls/suites/cipher-suites.ts';
import { listOf } from '../../tls/values.ts';
import { dhBits } from './dh-bits.ts';
import type { EndpointView } from './endpoint-view.ts';

/** What one client would get of an endpoint. */
export interface Meeting {
  readonly client: Client;
  readonly handshake: Handshake;
  /** It does not say which name it wants, and so meets the listener's default site, whose certificate it gets. */
  readonly meetsDefault: boolean;
}

/**
 * Asks what each client gets of an endpoint; a string says why nothing can be said of any.
 * @param views all endpoints of the model
 */
export function meetClients(
  views: readonly EndpointView[],
  model: ServerModel,
  certificateFile: (path: string) => CertificateFile,
): (view: EndpointView, clients: readonly Client[]) => readonly Meeting[] | string {
  const defaults = new Map(views.filter(({ endpoint }) => endpoint.isDefault).map((view) => [view.listener.id, view]));
  return (view, clients) => {
    const byDefault = defaults.get(view.listener.id) ?? view;
    const sidesOf = (met: EndpointView) => serverSides(met, { model, certificateFile, byDefault });
    const own = sidesOf(view);
    if (typeof own === 'string') return own;
    // Other names of the default site are no other site.
    const isOwn = byDefault.site.id === view.site.id;
    const other = isOwn ? own : sidesOf(byDefault);
    return clients.map((client): Meeting => {
      const meetsDefault = !client.sendsName && !isOwn;
      const sides = meetsDefault ? other : own;
      const handshake: Handshake =
        typeof sides === 'string' ? { kind: 'unknown', reason: sides } : together(client, sides);
      return { client, handshake, meetsDefault };
    });
  };
}

interface Context {
  readonly model: ServerModel;
  readonly certificateFile: (path: string) => CertificateFile;
  /** The default endpoint of the listener. */
  readonly byDefault: EndpointView;
}

/** One handshake, or those with each kind of certificate that the server may have. */
function together(client: Client, sides: readonly ServerSide[]): Handshake {
  const [first, other] = sides.map((side) => shakeHands(client, side)) as [Handshake, Handshake?];
  if (other === undefined || JSON.stringify(other) === JSON.stringify(first)) return first;
  if (first.kind === 'agreed' && other.kind === 'agreed' && first.protocol === other.protocol) {
    return { ...first, otherwise: other.suite };
  }
  const [having, lacking] = first.kind === 'agreed' ? ['an RSA', 'an ECDSA'] : ['an ECDSA', 'an RSA'];
  const isEither = first.kind === 'agreed' && other.kind === 'agreed';
  const isNeither = first.kind !== 'agreed' && other.kind !== 'agreed';
  return {
    kind: 'unknown',
    reason:
      isEither || isNeither
        ? 'it depends on the kind of the certificate’s key'
        : `connects with ${having} certificate, not with ${lacking} one`,
  };
}

/** Certificates with an RSA key and with an EC key, where those of the configuration cannot be seen. */
const likely: readonly (readonly LeafCertificate[])[] = [
  [{ publicKey: { algorithm: 'RSA', bits: 4096 }, keyUsage: [] }],
  [{ publicKey: { algorithm: 'EC', curve: 'P-256', bits: 256 }, keyUsage: [] }],
];

function serverSides(view: EndpointView, context: Context): readonly ServerSide[] | string {
  const { offer, leaves, certificatesUnknown, endpoint } = view;
  if (offer === undefined) return 'no TLS is spoken here';
  const { target } = context.model;
  const protocols = given(offer.protocols);
  const cipherSuites = given(offer.cipherSuites);
  const tls13CipherSuites = given(offer.tls13CipherSuites);
  const groups = given(offer.groups);
  const order = orderOf(offer);
  const early = orderOf((learnsNameLate(context.model.server, target) ? context.byDefault.offer : undefined) ?? offer);
  for (const value of [protocols, cipherSuites, tls13CipherSuites, groups, order, early]) {
    if (typeof value === 'string') return value;
  }
  const signatures = allowedSchemes(endpoint.tls);
  if (signatures.kind === 'unknown') return signatures.reason;
  const ranks = evaluateGroups(knownValue(endpoint.tls.groups) ?? 'auto', { ...target, securityLevel: 0 }).ranks;
  const side = {
    openssl: target.openssl,
    securityLevel: offer.securityLevel,
    protocols: settledOn(offer, protocols as readonly ProtocolVersion[]),
    cipherSuites: cipherSuites as readonly CipherSuite[],
    tls13CipherSuites: tls13CipherSuites as readonly CipherSuite[],
    groups: ranks.map((rank) => rank.filter((group) => (groups as readonly NamedGroup[]).includes(group))),
    order: order as Order,
    early: early as Order,
    signatures: signatures.value,
    dhBits: dhBits(view, context.model, context.certificateFile),
  };
  const certificates = certificatesUnknown === undefined ? [leaves] : likely;
  return certificates.map((served) => {
    return { ...side, certificates: certificatesAtLevel(served, offer.securityLevel, target.openssl) };
  });
}

/** A list, perhaps with members that are not sure, or why there is none. */
function given<T>(value: Value<readonly T[]>): readonly T[] | string {
  if (value.kind === 'unknown') return value.reason;
  return listOf(value) ?? 'the branches of a condition differ';
}

function orderOf({ serverPreference, chachaFirst }: Offer): Order | string {
  if (serverPreference.kind === 'unknown') return serverPreference.reason;
  if (serverPreference.kind !== 'known' || chachaFirst.kind !== 'known') return 'the branches of a condition differ';
  return { byServer: serverPreference.value, chachaFirst: chachaFirst.value };
}

function settledOn({ refused }: Offer, offered: readonly ProtocolVersion[]): readonly ProtocolVersion[] {
  const settled = refused.filter(({ isSettledOn }) => isSettledOn === true).map(({ protocol }) => protocol);
  return protocolVersions.filter((protocol) => offered.includes(protocol) || settled.includes(protocol));
}
