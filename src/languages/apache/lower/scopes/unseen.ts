import type { PathAnswer, ResponseHeader, TlsSettings } from '../../../../tls/model/server-model.ts';
import { type Setting, unknown } from '../../../../tls/model/setting.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { ServerScope } from './scopes.ts';

/** Why something may be set that cannot be seen here: an include, or a macro, of the virtual host or of the main server. */
export interface Unseen {
  readonly reason: string;
  /** The include stands in the virtual host itself, and so overrides what is inherited. */
  readonly inBlock: boolean;
}

export function unseenIn({ block }: ServerScope, { unseen }: Evaluation): Unseen | undefined {
  if (unseen.size === 0) return undefined;
  const what = unseen.get(block) ?? unseen.get(undefined);
  if (what === undefined) return undefined;
  return { reason: `${what} and not at hand here`, inBlock: block !== undefined && unseen.has(block) };
}

/** Nothing of what mod_ssl would do holds where another module speaks TLS. */
export function unknownSettings(tls: TlsSettings, reason: string): TlsSettings {
  return withUnknown(tls, reason, () => true);
}

/** What nothing in sight sets may be set in the include. */
export function openSettings(tls: TlsSettings, unseen: Unseen | undefined): TlsSettings {
  if (!unseen) return tls;
  const isOpen = ({ origin: { kind } }: Setting<unknown>) =>
    kind === 'default' || (unseen.inBlock && kind === 'inherited');
  return withUnknown(tls, unseen.reason, isOpen);
}

function withUnknown(tls: TlsSettings, reason: string, isOpen: (setting: Setting<unknown>) => boolean): TlsSettings {
  const open = (setting: unknown): unknown => {
    const isSetting = typeof setting === 'object' && setting !== null && 'origin' in setting;
    if (!isSetting || !isOpen(setting as Setting<unknown>)) return setting;
    return { ...setting, value: unknown(reason) };
  };
  return Object.fromEntries(
    Object.entries(tls).map(([name, setting]) => [name, open(setting)]),
  ) as unknown as TlsSettings;
}

export function openHeaders(
  headers: Setting<readonly ResponseHeader[]>,
  unseen: Unseen | undefined,
): Setting<readonly ResponseHeader[]> {
  const { value, origin } = headers;
  if (!unseen || value.kind !== 'known') return headers;
  return { value: { kind: 'partial', value: value.value, reason: unseen.reason }, origin };
}

/** The include may redirect, rewrite or proxy what would be answered otherwise; `certain` is the answer that stays. */
export function openAnswer(answer: PathAnswer, certain: PathAnswer['kind'], unseen: Unseen | undefined): PathAnswer {
  if (!unseen || answer.kind === certain || answer.kind === 'unknown') return answer;
  return { kind: 'unknown', reason: unseen.reason };
}
