import { remember } from '../../../../memory/remember.ts';
import { rememberTexts } from '../../../../memory/remember-texts.ts';
import { atLeastVersion } from '../../../../text/version.ts';
import { confSwitches } from '../../../../tls/conf-commands.ts';
import { protocolsByDefault, systemPolicy } from '../../../../tls/model/policy-defaults.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import { type ProtocolVersion, protocolVersions } from '../../../../tls/protocols.ts';
import type { Target } from '../../../../tls/target.ts';

/** What `all` means to a version of mod_ssl and its OpenSSL: SSLv3 went with OpenSSL 1.1.0, TLS 1.3 came with 1.1.1. */
export const allProtocols = remember((target: Target): readonly ProtocolVersion[] =>
  protocolVersions.filter((version) => {
    if (version === 'SSLv2') return false;
    if (version === 'SSLv3') return !atLeastVersion(target.openssl, '1.1.0');
    if (version === 'TLSv1.3') return knowsTls13(target);
    return true;
  }),
);

/** mod_ssl's default, for clients and backends alike: `all -SSLv3` since 2.4.16, `all` before; and who says so. */
export function defaultProtocols(target: Target): {
  readonly versions: readonly ProtocolVersion[];
  readonly because: string;
} {
  const policy = target.distribution?.builds?.apache?.policyProtocols;
  if (policy !== undefined && policy !== 'unknown') return { versions: policy, because: systemPolicy };
  const all = allProtocols(target);
  const versions = atLeastVersion(target.apache, '2.4.16') ? all.filter((version) => version !== 'SSLv3') : all;
  return { versions, because: `Apache ${target.apache}` };
}

/** Protocols, which nobody knows where no directive names any and the policy of the system may decide. */
export function orPolicy(
  protocols: Setting<readonly ProtocolVersion[]>,
  target: Target,
): Setting<readonly ProtocolVersion[]> {
  const isOpen = target.distribution?.builds?.apache?.policyProtocols === 'unknown';
  if (!isOpen || protocols.origin.kind !== 'default') return protocols;
  const { versions, because } = defaultProtocols(target);
  return protocolsByDefault('apache', target, versions, because);
}

/** What mod_ssl gives OpenSSL where no directive names ciphers, and who says so. */
export function defaultCiphers({ distribution, openssl }: Target): { readonly list: string; readonly because: string } {
  return distribution?.builds?.apache?.policyProtocols === undefined
    ? { list: 'DEFAULT', because: `OpenSSL ${openssl}` }
    : { list: 'PROFILE=SYSTEM', because: systemPolicy };
}

/** Ubuntu 18.04 has brought it to its 2.4.29 when it went on to OpenSSL 1.1.1. */
export function knowsTls13({ apache, openssl }: Target): boolean {
  return atLeastVersion(openssl, '1.1.1') && (atLeastVersion(apache, '2.4.36') || apache === '2.4.29');
}

/**
 * The words of `SSLProtocol` as `ssl_cmd_protocol_parse` reads them: `+` adds, `-` takes away, and a word without a sign
 * replaces all that was before it. Unknown words are skipped here; a rule reports them.
 */
export function readProtocols(words: readonly string[], target: Target): readonly ProtocolVersion[] {
  return readingsFor(target)(words.join('\n'));
}

/** Thousands of virtual hosts say the same. */
const readingsFor = remember((target: Target) =>
  rememberTexts((words) => withoutGap(listedProtocols(words.split('\n'), target), target)),
);

/** The same before a gap takes what lies below it. */
export function listedProtocols(words: readonly string[], target: Target): readonly ProtocolVersion[] {
  const all = allProtocols(target);
  let chosen = new Set<ProtocolVersion>();
  for (const word of words) {
    const sign = /^[+-]/.exec(word)?.[0] ?? '';
    const versions = namedProtocols(word.slice(sign.length), all);
    if (!versions) continue;
    if (sign === '-') for (const version of versions) chosen.delete(version);
    else if (sign === '+') for (const version of versions) chosen.add(version);
    else chosen = new Set(versions);
  }
  return protocolVersions.filter((version) => chosen.has(version));
}

/** True where mod_ssl takes every word, or there is none: only to take it away may a version be named that it does not have. */
export function areProtocols(words: readonly string[], target: Target): boolean {
  return words.length === 0 || verdictsFor(target)(words.join('\n'));
}

const verdictsFor = remember((target: Target) =>
  rememberTexts((words) => {
    const all = allProtocols(target);
    return words.split('\n').every((word) => {
      const versions = namedProtocols(word.replace(/^[+-]/, ''), all);
      return versions !== undefined && (versions.length > 0 || word.startsWith('-'));
    });
  }),
);

function namedProtocols(name: string, all: readonly ProtocolVersion[]): readonly ProtocolVersion[] | undefined {
  if (name.toLowerCase() === 'all') return all;
  const version = protocolVersions.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (!version) return undefined;
  return all.includes(version) ? [version] : [];
}

/** With OpenSSL 1.1.0 and later mod_ssl sets a lowest and a highest version: what lies below a gap is lost. */
function withoutGap(versions: readonly ProtocolVersion[], target: Target): readonly ProtocolVersion[] {
  if (!atLeastVersion(target.openssl, '1.1.0')) return versions;
  let lowest = versions.length - 1;
  const place = (index: number) => protocolVersions.indexOf(versions[index] as ProtocolVersion);
  while (lowest > 0 && place(lowest - 1) === place(lowest) - 1) lowest--;
  return versions.slice(Math.max(0, lowest));
}

/** What OpenSSL keeps: the lowest and the highest version, as places in `protocolVersions`, and versions switched off besides. */
export interface ProtocolLimits {
  readonly lowest: number;
  readonly highest: number;
  readonly off: readonly ProtocolVersion[];
}

/** The limits that mod_ssl sets for a list, which has no gap. */
export function limitsOf(versions: readonly ProtocolVersion[]): ProtocolLimits {
  const [first, last] = [versions[0], versions.at(-1)];
  if (first === undefined || last === undefined) return { lowest: protocolVersions.length, highest: -1, off: [] };
  return { lowest: rank(first), highest: rank(last), off: [] };
}

export function versionsWithin({ lowest, highest, off }: ProtocolLimits, target: Target): readonly ProtocolVersion[] {
  return allProtocols(target).filter(
    (version) => rank(version) >= lowest && rank(version) <= highest && !off.includes(version),
  );
}

/**
 * `SSLOpenSSLConfCmd MinProtocol` and `MaxProtocol` set a limit anew, `None` takes it away; `Protocol -ALL,TLSv1.2` switches versions
 * off and on within the limits. They are applied last.
 */
export function limitProtocols(limits: ProtocolLimits, command: string, value: string): ProtocolLimits {
  const name = value.toLowerCase();
  const index = protocolVersions.findIndex((version) => version.toLowerCase() === name);
  // Those of DTLS are for other servers (ssl_set_version_bound).
  if (index < 0 && name !== 'none' && command.toLowerCase() !== 'protocol') return limits;
  switch (command.toLowerCase()) {
    case 'minprotocol':
      return { ...limits, lowest: Math.max(index, 0) };
    case 'maxprotocol':
      return { ...limits, highest: index < 0 ? protocolVersions.length : index };
    case 'protocol':
      return { ...limits, off: switchedOff(limits.off, value) };
    default:
      return limits;
  }
}

export function switchedOff(before: readonly ProtocolVersion[], value: string): readonly ProtocolVersion[] {
  const off = new Set(before);
  for (const { name, on } of confSwitches(value)) {
    for (const version of protocolVersions) {
      if (name !== 'all' && name !== version.toLowerCase()) continue;
      if (on) off.delete(version);
      else off.add(version);
    }
  }
  return protocolVersions.filter((version) => off.has(version));
}

function rank(version: ProtocolVersion): number {
  return protocolVersions.indexOf(version);
}
