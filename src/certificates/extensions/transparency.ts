import { DerError, type Element, expectTag, octetsOf, tags } from '../asn1/der.ts';
import { base64Of } from '../base64.ts';

/** A signed certificate timestamp (RFC 6962 section 3.2). */
export interface SignedCertificateTimestamp {
  readonly version: number;
  /** Base64 of the log's identifier, the SHA-256 of its key. */
  readonly logId: string;
  readonly timestamp: Date;
  readonly signature: string;
}

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
  const extensions = 43 + view.getUint16(41);
  const hash = bytes[extensions] ?? 0;
  const signature = bytes[extensions + 1] ?? 0;
  return {
    version: (bytes[0] as number) + 1,
    logId: base64Of(bytes.subarray(1, 33)),
    timestamp: new Date(Number(view.getBigUint64(33) & 0x1fffffffffffffn)),
    signature: `${signatures[signature] ?? signature} with ${hashes[hash] ?? hash}`,
  };
}

export function describeTimestamps(value: Element): string {
  return readTimestamps(value)
    .map((sct) => {
      const time = Number.isNaN(sct.timestamp.getTime()) ? 'an impossible time' : sct.timestamp.toISOString();
      return `log ${sct.logId} at ${time}, ${sct.signature}`;
    })
    .join('; ');
}
