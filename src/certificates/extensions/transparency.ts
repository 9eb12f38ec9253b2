import { DerError, type Element, expectTag, octetsOf, tags } from '../asn1/der.ts';
import { base64Of } from '../pem/base64.ts';
import { findLog, logListDate } from '../transparency/logs.ts';

/** A signed certificate timestamp (RFC 6962 section 3.2). */
export interface SignedCertificateTimestamp {
  readonly version: number;
  /** Base64 of the log's identifier, the SHA-256 of its key. */
  readonly logId: string;
  readonly timestamp: Date;
  /** The eight octets of `timestamp`, as they are signed. */
  readonly time: Uint8Array;
  readonly extensions: Uint8Array;
  /** Numbers of RFC 5246 section 7.4.1.4.1. */
  readonly hash: number;
  readonly algorithm: number;
  readonly signature: Uint8Array;
}

export const timestampsOid = '1.3.6.1.4.1.11129.2.4.2';

const hashes = ['none', 'MD5', 'SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'];
const signatures = ['anonymous', 'RSA', 'DSA', 'ECDSA'];

/** @throws DerError where a length of the TLS structures is wrong */
export function readTimestamps(value: Element): SignedCertificateTimestamp[] {
  const list = octetsOf(expectTag(value, tags.octetString, 'The list of timestamps'));
  const view = new DataView(list.buffer, list.byteOffset, list.length);
  const found: SignedCertificateTimestamp[] = [];
  if (list.length < 2 || view.getUint16(0) !== list.length - 2)
    throw new DerError('The list has a wrong length', value.start);
  for (let position = 2; position < list.length; ) {
    const length = position + 2 <= list.length ? view.getUint16(position) : 0;
    if (length < 47 || position + 2 + length > list.length) {
      throw new DerError('A timestamp has a wrong length', value.start + position);
    }
    found.push(readTimestamp(list.subarray(position + 2, position + 2 + length)));
    position += 2 + length;
  }
  return found;
}

function readTimestamp(bytes: Uint8Array): SignedCertificateTimestamp {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const afterExtensions = 43 + view.getUint16(41);
  return {
    version: (bytes[0] as number) + 1,
    logId: base64Of(bytes.subarray(1, 33)),
    timestamp: new Date(Number(view.getBigUint64(33) & 0x1fffffffffffffn)),
    time: bytes.subarray(33, 41),
    extensions: bytes.subarray(43, afterExtensions),
    hash: bytes[afterExtensions] ?? 0,
    algorithm: bytes[afterExtensions + 1] ?? 0,
    signature: bytes.subarray(afterExtensions + 4),
  };
}

/** One line a timestamp: which log promised to publish the certificate, and when. */
export function describeTimestamps(value: Element): string {
  return readTimestamps(value)
    .map(({ logId, timestamp, algorithm, hash }) => {
      const time = Number.isNaN(timestamp.getTime()) ? 'an impossible time' : timestamp.toISOString();
      return `${describeLog(logId)} at ${time}, ${signatures[algorithm] ?? algorithm} with ${hashes[hash] ?? hash}`;
    })
    .join('\n');
}

/** `Argon2026h1 of Google`, or the identifier of a log that the shipped list does not have. */
function describeLog(id: string): string {
  const log = findLog(id);
  return log === undefined ? `log ${id} (not in the list of ${logListDate})` : `${log.name} of ${log.operator}`;
}
