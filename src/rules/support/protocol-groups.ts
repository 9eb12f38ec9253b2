import type { Endpoint, ServerModel } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { type ProtocolVersion, protocolVersions, type RefusedProtocol } from '../../tls/protocols.ts';
import type { Target } from '../../tls/target.ts';
import { type Handshakes, handshakes } from './handshakes.ts';
import { remember } from './remember.ts';
import { targetAtLevel } from './security-levels.ts';
import { type SharedSetting, sharedSettings } from './shared-settings.ts';

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
  sharedSettings(model, 'protocols').flatMap((shared) => groupOf(model, shared) ?? []),
);

type Outcome = Omit<ProtocolGroup, 'shared' | 'listed'>;

/** By what handshakes can use: most lists are in force at one endpoint, and most endpoints say the same. */
const ofOne = remember((_model: ServerModel) => new Map<Handshakes, Outcome>());

function groupOf(model: ServerModel, shared: SharedSetting<readonly ProtocolVersion[]>): ProtocolGroup | undefined {
  const listed = knownValue(shared.setting);
  if (listed === undefined) return undefined;
  if (shared.endpoints.length !== 1) return { shared, listed, ...outcomeOf(model, shared) };
  const known = ofOne(model);
  const used = handshakes(model, (shared.endpoints[0] as Endpoint).tls);
  let outcome = known.get(used);
  if (outcome === undefined) {
    outcome = outcomeOf(model, shared);
    known.set(used, outcome);
  }
  return { shared, listed, ...outcome };
}

function outcomeOf(model: ServerModel, shared: SharedSetting<readonly ProtocolVersion[]>): Outcome {
  const outcomes = new Set(shared.endpoints.map(({ tls }) => handshakes(model, tls).protocols));
  const offered = new Set<ProtocolVersion>();
  const refused = new Map<ProtocolVersion, RefusedProtocol>();
  for (const outcome of outcomes) {
    for (const protocol of outcome?.offered ?? []) offered.add(protocol);
    for (const refusal of outcome?.refused ?? []) refused.set(refusal.protocol, refusal);
  }
  const levels = shared.endpoints.map(({ tls }) => handshakes(model, tls).ciphers?.securityLevel);
  const level = Math.min(...levels.map((own) => own ?? model.target.securityLevel));
  return {
    target: targetAtLevel(model.target, level),
    offered: protocolVersions.filter((protocol) => offered.has(protocol)),
    refused: [...refused.values()].filter(({ protocol }) => !offered.has(protocol)),
  };
}
