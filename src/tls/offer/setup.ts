import { evaluateCipherString } from '../cipher-string/cipher-string.ts';
import type { TlsSettings } from '../model/server-model.ts';
import { type ProtocolVersion, protocolVersions, takenProtocols } from '../protocols.ts';
import { evaluateTls13CipherSuites } from '../suites/tls13-cipher-suites.ts';
import type { Target } from '../target.ts';
import { type KnownOrNot, oneValue } from '../values.ts';

/** The cipher string with what the server program itself appends. */
export function cipherStringOf(tls: TlsSettings): KnownOrNot<string> {
  const string = oneValue(tls.cipherString, 'the cipher suites');
  return string.kind === 'known' ? { ...string, value: string.value + (tls.cipherStringAppended ?? '') } : string;
}

/** The level that the cipher string sets, else the target's. */
export function levelOf(tls: TlsSettings, target: Target): number {
  const string = cipherStringOf(tls);
  return string.kind === 'known' ? evaluateCipherString(string.value, target).securityLevel : target.securityLevel;
}

/**
 * Why OpenSSL breaks off every handshake of a listener before it reads what the client wants: the default site's newest
 * protocol must have a suite (the check that says "No ciphers enabled for max supported SSL/TLS version"). Where versions
 * between are left out, that is the newest below the first gap (ssl_get_min_max_version).
 */
export function whyNoHandshake(defaultTls: TlsSettings, target: Target): string | undefined {
  const listed = oneValue(defaultTls.protocols, 'the protocols');
  const string = cipherStringOf(defaultTls);
  const newer = oneValue(defaultTls.tls13CipherSuites, 'the TLS 1.3 suites');
  if (listed.kind === 'unknown' || string.kind === 'unknown' || newer.kind === 'unknown') return undefined;
  const { selected, securityLevel, systemPolicy } = evaluateCipherString(string.value, target);
  if (systemPolicy) return undefined;
  const newest = newestBelowGap(takenProtocols(listed.value, { ...target, securityLevel }));
  if (newest === undefined) return 'cannot be spoken: the default site of the listener has no protocol';
  // Suites that the level refuses count here, though no client gets them.
  const suites =
    newest === 'TLSv1.3' ? evaluateTls13CipherSuites(newer.value, { ...target, securityLevel: 0 }).suites : selected;
  const fits = suites.some(({ protocol }) => newest === 'TLSv1.3' || newest === 'TLSv1.2' || protocol !== 'TLSv1.2');
  return fits ? undefined : 'cannot be spoken: the newest protocol of the default site has no cipher suite';
}

/** @param offered oldest first */
function newestBelowGap(offered: readonly ProtocolVersion[]): ProtocolVersion | undefined {
  const first = protocolVersions.indexOf(offered[0] as ProtocolVersion);
  return offered.findLast((protocol, index) => protocolVersions.indexOf(protocol) === first + index);
}
