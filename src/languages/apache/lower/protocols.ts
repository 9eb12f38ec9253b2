import { atLeastVersion } from '../../../text/version.ts';
import { type ProtocolVersion, protocolVersions } from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';

/** What `all` means to a version of mod_ssl and its OpenSSL: SSLv3 went with OpenSSL 1.1.0, TLS 1.3 came with 1.1.1. */
export function allProtocols(target: Target): readonly ProtocolVersion[] {
  return protocolVersions.filter((version) => {
    if (version === 'SSLv2') return false;
    if (version === 'SSLv3') return !atLeastVersion(target.openssl, '1.1.0');
    if (version === 'TLSv1.3') return knowsTls13(target);
    return true;
  });
}

/** mod_ssl's default: `all -SSLv3` since 2.4.16, `all` before. */
export function defaultProtocols(target: Target): readonly ProtocolVersion[] {
  const all = allProtocols(target);
  return atLeastVersion(target.apache, '2.4.16') ? all.filter((version) => version !== 'SSLv3') : all;
}

export function knowsTls13(target: Target): boolean {
  return atLeastVersion(target.apache, '2.4.36') && atLeastVersion(target.openssl, '1.1.1');
}

/**
 * The words of `SSLProtocol` as `ssl_cmd_protocol_parse` reads them: `+` adds, `-` takes away, and a word without a sign
 * replaces all that was before it. Unknown words are skipped here; a rule reports them.
 */
export function readProtocols(words: readonly string[], target: Target): readonly ProtocolVersion[] {
  return withoutGap(listedProtocols(words, target), target);
}

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

/** True where mod_ssl takes every word: only to take it away may a version be named that it does not have. */
export function areProtocols(words: readonly string[], target: Target): boolean {
  const all = allProtocols(target);
  return words.every((word) => {
    const versions = namedProtocols(word.replace(/^[+-]/, ''), all);
    return versions !== undefined && (versions.length > 0 || word.startsWith('-'));
  });
}

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

/** What `SSLOpenSSLConfCmd MinProtocol`, `MaxProtocol` and `Protocol` leave of the versions; they are applied last. */
export function restrictProtocols(
  versions: readonly ProtocolVersion[],
  command: string,
  value: string,
  target: Target,
): readonly ProtocolVersion[] {
  const all = allProtocols(target);
  const index = protocolVersions.findIndex((version) => version.toLowerCase() === value.toLowerCase());
  const highest = versions.at(-1);
  const lowest = versions[0];
  switch (command.toLowerCase()) {
    case 'minprotocol': {
      const top = highest ?? all.at(-1);
      return all.filter((version) => rank(version) >= index && top !== undefined && rank(version) <= rank(top));
    }
    case 'maxprotocol': {
      const bottom = lowest ?? all[0];
      if (index < 0) return versions;
      return all.filter((version) => rank(version) <= index && bottom !== undefined && rank(version) >= rank(bottom));
    }
    case 'protocol':
      return readProtocolList(versions, value);
    default:
      return versions;
  }
}

function rank(version: ProtocolVersion): number {
  return protocolVersions.indexOf(version);
}

/** `Protocol -ALL,TLSv1.2` switches versions off within the range that is already set; it switches none on. */
function readProtocolList(versions: readonly ProtocolVersion[], value: string): readonly ProtocolVersion[] {
  let allowed = new Set<ProtocolVersion>(versions);
  for (const part of value.split(',')) {
    const word = part.trim();
    const name = word.replace(/^[+-]/, '').toLowerCase();
    const named = name === 'all' ? versions : versions.filter((version) => version.toLowerCase() === name);
    if (word.startsWith('-')) for (const version of named) allowed.delete(version);
    else allowed = new Set([...allowed, ...named]);
  }
  return versions.filter((version) => allowed.has(version));
}
