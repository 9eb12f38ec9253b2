import type { Crypto, Verdict } from '../../host/host.ts';
import { childrenOf, concatBytes, encodingOf, oidOf } from '../asn1/der.ts';
import { context, oid, sequence, write } from '../asn1/write.ts';
import type { Certificate } from '../certificate.ts';
import { nodeOf } from '../chain/node.ts';
import { readOr } from '../extensions/find.ts';
import { readTimestamps, type SignedCertificateTimestamp, timestampsOid } from '../extensions/transparency.ts';
import { type CertificateParts, readExtension } from '../parts.ts';
import { momentText } from '../status.ts';
import { findLog, logListDate, type TransparencyLog } from './logs.ts';

/** What can be said of one timestamp inside a certificate. */
export interface JudgedTimestamp {
  readonly logId: string;
  readonly timestamp: Date;
  /** Undefined where the shipped list does not have the log. */
  readonly log: TransparencyLog | undefined;
  /** Whether the log signed this certificate; its key and the issuer's certificate are needed to tell. */
  readonly signature: Verdict | 'unknown-log' | 'issuer-missing';
}

/**
 * The timestamps that a CA put into a certificate, each checked against the key of its log. Never throws: an extension that
 * cannot be read has no timestamps.
 * @param issuer the certificate above it; without it, or without `crypto`, signatures are not checked
 */
export function judgeTimestamps(certificate: Certificate, issuer?: Certificate, crypto?: Crypto): JudgedTimestamp[] {
  const { parts } = nodeOf(certificate);
  const timestamps = readOr(parts, timestampsOid, readTimestamps, []);
  if (timestamps.length === 0) return [];
  const entry = issuer && crypto && precertificateEntry(parts, nodeOf(issuer).parts, crypto);
  return timestamps.map((timestamp) => {
    const { logId } = timestamp;
    const log = findLog(logId);
    return { logId, timestamp: timestamp.timestamp, log, signature: judge(timestamp, log, entry, crypto) };
  });
}

function judge(
  timestamp: SignedCertificateTimestamp,
  log: TransparencyLog | undefined,
  entry: Uint8Array | undefined,
  crypto: Crypto | undefined,
): JudgedTimestamp['signature'] {
  if (log === undefined) return 'unknown-log';
  if (entry === undefined || crypto === undefined) return 'issuer-missing';
  const { version, time, extensions, hash, algorithm, signature } = timestamp;
  if (version !== 1 || hash !== 4 || algorithm !== 3) return 'cannot-judge';
  // RFC 6962 section 3.2: version, kind of signature, time, kind of entry, entry, extensions.
  const kind = Uint8Array.of(0, 0);
  const signed = concatBytes([kind, time, Uint8Array.of(0, 1), entry, prefixed(extensions, 2)]);
  return crypto.verify(ecdsaWithSha256, log.key, signed, signature);
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

const signatureWords: Readonly<Record<JudgedTimestamp['signature'], string>> = {
  good: 'the log signed this certificate',
  bad: 'the log did not sign this certificate',
  'cannot-judge': 'its signature cannot be checked here',
  'unknown-log': `the log is not in the list of ${logListDate}, so its signature cannot be checked`,
  'issuer-missing': 'its signature is not checked without the certificate of the issuer',
};

/** Which log, in which state, and whether it signed the certificate: `Argon2026h1 of Google (usable)`, `2026-03-01 10:00 UTC, …`. */
export function describeJudged({ logId, log, timestamp, signature }: JudgedTimestamp) {
  return {
    log: log === undefined ? `Log ${logId}` : `${log.name} of ${log.operator} (${stateWords[log.state]})`,
    what: `${momentText(timestamp)}; ${signatureWords[signature]}`,
  };
}

const stateWords: Readonly<Record<TransparencyLog['state'], string>> = {
  pending: 'not usable yet',
  qualified: 'usable',
  usable: 'usable',
  readonly: 'read-only',
  retired: 'retired',
  rejected: 'no longer counted',
};

/** What logs sign of a certificate: the issuer's key, and the signed part without the timestamps (RFC 6962 section 3.2). */
function precertificateEntry(
  parts: CertificateParts,
  issuer: CertificateParts,
  crypto: Crypto,
): Uint8Array | undefined {
  try {
    const issuerKey = crypto.digest('sha256', encodingOf(issuer.publicKey));
    return concatBytes([issuerKey, prefixed(withoutTimestamps(parts), 3)]);
  } catch {
    return undefined;
  }
}

/** The signed part as it was before the CA put the timestamps in. @throws DerError */
function withoutTimestamps({ tbs, extensions }: CertificateParts): Uint8Array {
  const fields = childrenOf(tbs);
  const kept = fields.flatMap((field) => {
    if (extensions === undefined || field.tag !== 0xa3) return [encodingOf(field)];
    const others = childrenOf(extensions).filter((extension) => oidOf(readExtension(extension).oid) !== timestampsOid);
    return others.length === 0 ? [] : [context(3, sequence(...others.map(encodingOf)))];
  });
  return write(tbs.tag, ...kept);
}

/** The bytes behind their length in so many octets, as TLS writes vectors. */
function prefixed(bytes: Uint8Array, octets: number): Uint8Array {
  const length = Uint8Array.from({ length: octets }, (_, index) => (bytes.length >> (8 * (octets - 1 - index))) & 0xff);
  return concatBytes([length, bytes]);
}
