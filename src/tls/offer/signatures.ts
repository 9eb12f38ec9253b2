import { atLeastVersion, type Version } from '../../text/version.ts';
import type { TlsSettings } from '../model/server-model.ts';
import { knownValue } from '../model/setting.ts';
import type { ProtocolVersion } from '../protocols.ts';
import { securityLevelBits } from '../security-level.ts';
import type { KnownOrNot } from '../values.ts';
import type { LeafCertificate } from './certificates.ts';
import { isForeign, type Scheme, schemeOf, schemes } from './signature-schemes.ts';

/** Code points of IANA's registry TLS SignatureScheme; `undefined` stands for all that the library has. */
export type Schemes = readonly number[] | undefined;

export interface SignatureContext {
  readonly openssl: Version;
  readonly securityLevel: number;
}

/** By what a key can sign in TLS 1.2 and newer. */
export function schemesOf(
  { publicKey }: LeafCertificate,
  protocol: ProtocolVersion,
  { openssl, securityLevel }: SignatureContext,
): readonly number[] {
  const { algorithm, curve } = publicKey;
  const least = securityLevelBits[securityLevel] ?? 256;
  const fits = (scheme: Scheme) => {
    if (scheme.key !== algorithm || !atLeastVersion(openssl, scheme.since)) return false;
    if (strengthOf(scheme, openssl) < least) return false;
    if (protocol === 'TLSv1.2') return scheme.tls12;
    // In TLS 1.3 a scheme names its curve too. One that is not known may be any.
    return scheme.tls13 && (scheme.curve === undefined || curve === undefined || scheme.curve === curve);
  };
  return schemes.filter(fits).map(({ id }) => id);
}

/** Bits of security that OpenSSL counts for the hash: those of SHA-1 fell with 3.0 (its CHANGES). */
function strengthOf({ bits }: Scheme, openssl: Version): number {
  return bits === 80 && atLeastVersion(openssl, '3.0') ? 64 : bits;
}

/**
 * The schemes that OpenSSL's command SignatureAlgorithms leaves a server. Unknown where commands are, or where a word stands
 * there that has no code point here.
 */
export function allowedSchemes({ confCommands }: TlsSettings): KnownOrNot<Schemes> {
  const commands = knownValue(confCommands);
  if (commands === undefined) return { kind: 'unknown', reason: 'the commands for OpenSSL are not known' };
  const last = lastSignatureAlgorithms(commands);
  if (last === undefined) return { kind: 'known', value: undefined };
  // Behind `?` stands what may be unknown.
  const words = last.value.split(':').map((word) => word.trim());
  const unknown = words.some((word) => !word.startsWith('?') && schemeOf(word) === undefined);
  return unknown
    ? { kind: 'unknown', reason: `of SignatureAlgorithms ${last.value} not all is known` }
    : { kind: 'known', value: words.flatMap((word) => schemeOf(word.replace(/^\?/, ''))?.id ?? []) };
}

/** The command that counts: OpenSSL forgets an earlier one. */
export function lastSignatureAlgorithms<T extends { readonly name: string }>(commands: readonly T[]): T | undefined {
  return commands.findLast(({ name }) => name.toLowerCase() === 'signaturealgorithms');
}

/** The certificates of a server whose key can sign by a scheme that it is left, as TLS 1.2 and newer want. */
export function certificatesThatSign<T extends readonly LeafCertificate[] | string>(
  certificates: T,
  tls: TlsSettings,
  protocol: ProtocolVersion,
  context: SignatureContext,
) {
  if (typeof certificates === 'string' || (protocol !== 'TLSv1.2' && protocol !== 'TLSv1.3')) return certificates;
  const allowed = allowedSchemes(tls);
  const left = allowed.kind === 'known' ? allowed.value : undefined;
  return certificates.filter(
    (certificate) =>
      isForeign(certificate) ||
      schemesOf(certificate, protocol, context).some((scheme) => left === undefined || left.includes(scheme)),
  );
}
