import { remember } from '../../../memory/remember.ts';
import type { Endpoint, ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { learnsNameLate } from '../../../tls/offer/offer.ts';
import {
  type EffectiveProtocols,
  effectiveProtocols,
  type ProtocolVersion,
  protocolVersions,
  type RefusedProtocol,
} from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';
import { type SharedSetting, sharedSettings } from '../shared-settings.ts';
import { isRefused, servesNobody } from '../sites/refused.ts';
import { type Handshakes, handshakes } from './handshakes.ts';
import { targetAtLevel } from './security-levels.ts';

/** A protocol list at its origin, and what the library makes of it. */
export interface ProtocolGroup {
  readonly shared: SharedSetting<readonly ProtocolVersion[]>;
  readonly listed: readonly ProtocolVersion[];
  /** Negotiated by one endpoint at least, oldest first. */
  readonly offered: readonly ProtocolVersion[];
  /** The target at the lowest security level that a cipher string gives one of the endpoints. */
  readonly target: Target;
  /** Refused by the library on every endpoint. */
  readonly refused: readonly RefusedProtocol[];
}

/** Protocol lists that are known, each once, at the place where it is set. */
export const protocolGroups = remember((model: ServerModel): readonly ProtocolGroup[] =>
  sharedSettings(model, 'protocols').flatMap(
    (shared) => (servesNobody(shared) ? undefined : groupOf(model, shared)) ?? [],
  ),
);

type Outcome = Omit<ProtocolGroup, 'shared' | 'listed'>;

/** By what handshakes can use: most lists are in force at one endpoint, and most endpoints say the same. */
const ofOne = remember((_model: ServerModel) => new Map<Handshakes, Outcome>());

function groupOf(model: ServerModel, shared: SharedSetting<readonly ProtocolVersion[]>): ProtocolGroup | undefined {
  const listed = knownValue(shared.setting);
  if (listed === undefined) return undefined;
  if (shared.endpoints.length !== 1) return { shared, listed, ...outcomeOf(model, shared) };
  const known = ofOne(model);
  const [endpoint] = shared.endpoints as readonly [Endpoint];
  const used = handshakes(model, endpoint.tls);
  const level = levelOf(model, used);
  if ((levelBefore(model, endpoint) ?? level) !== level) return { shared, listed, ...outcomeOf(model, shared) };
  let outcome = known.get(used);
  if (outcome === undefined) {
    outcome = outcomeOf(model, shared);
    known.set(used, outcome);
  }
  return { shared, listed, ...outcome };
}

function outcomeOf(model: ServerModel, shared: SharedSetting<readonly ProtocolVersion[]>): Outcome {
  const outcomes = new Set<EffectiveProtocols | undefined>();
  const levels = new Set<number>();
  for (const endpoint of shared.endpoints) {
    if (isRefused(endpoint)) continue;
    const used = handshakes(model, endpoint.tls);
    outcomes.add(protocolsOf(model, endpoint, used));
    levels.add(levelOf(model, used));
  }
  const offered = new Set<ProtocolVersion>();
  const refused = new Map<ProtocolVersion, RefusedProtocol>();
  for (const outcome of outcomes) {
    for (const protocol of outcome?.offered ?? []) offered.add(protocol);
    for (const refusal of outcome?.refused ?? []) refused.set(refusal.protocol, refusal);
  }
  return {
    target: targetAtLevel(model.target, Math.min(...levels)),
    offered: protocolVersions.filter((protocol) => offered.has(protocol)),
    refused: [...refused.values()].filter(({ protocol }) => !offered.has(protocol)),
  };
}

/** What one endpoint takes: a version passes the default site's level first where the name comes later, and then its own. */
function protocolsOf(model: ServerModel, endpoint: Endpoint, used: Handshakes): EffectiveProtocols | undefined {
  const { protocols } = used;
  const securityLevel = levelOf(model, used);
  const levelBeforeName = levelBefore(model, endpoint) ?? securityLevel;
  const listed = knownValue(endpoint.tls.protocols);
  if (protocols === undefined || listed === undefined || securityLevel === levelBeforeName) return protocols;
  return effectiveProtocols(listed, { openssl: model.target.openssl, securityLevel, levelBeforeName });
}

function levelOf(model: ServerModel, { ciphers }: Handshakes): number {
  return ciphers?.securityLevel ?? model.target.securityLevel;
}

/** Undefined where its own level is the only one. */
function levelBefore(model: ServerModel, { isDefault, listener }: Endpoint): number | undefined {
  return isDefault ? undefined : levelsBeforeNames(model).get(listener);
}

/** The level of each listener's default site, where that settles the protocol. */
const levelsBeforeNames = remember((model: ServerModel): ReadonlyMap<string, number> => {
  if (!learnsNameLate(model.server, model.target)) return new Map();
  const answering = model.endpoints.filter(({ isDefault }) => isDefault);
  return new Map(answering.map(({ listener, tls }) => [listener, levelOf(model, handshakes(model, tls))]));
});
