import {
  bitsOf,
  childrenOf,
  contentOf,
  DerError,
  type Element,
  encodingOf,
  expectTag,
  hexOf,
  numberOf,
  octetsOf,
  oidOf,
  readElement,
  tags,
} from '../asn1/der.ts';
import { nameOf } from '../asn1/names.ts';
import { timeOf } from '../asn1/times.ts';
import { serialNumberOf } from '../inventory/summary.ts';
import { reasonOf } from './crl-entries.ts';

/** An OCSP response (RFC 6960 section 4.2). */
export interface OcspResponse {
  readonly status: string;
  readonly producedAt: Date | undefined;
  /** Name or key hash of the responder. */
  readonly responder: string | undefined;
  readonly responses: readonly OcspSingleResponse[];
  /** DER of the certificates sent along. */
  readonly certificates: readonly Uint8Array[];
  /** What is signed, how and with what result; undefined where there are no answers. */
  readonly signed?: { readonly data: Uint8Array; readonly algorithm: Uint8Array; readonly signature: Uint8Array };
}

export interface OcspSingleResponse {
  readonly serialNumber: string;
  /** Hash of the issuer's key, in hexadecimal; its length tells which one. */
  readonly issuerKeyHash: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | undefined;
  /** Why it was revoked, where the response says so. */
  readonly reason?: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

const statuses = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  'status 4',
  'sigRequired',
  'unauthorized',
];

/** @throws DerError where the bytes are no OCSP response */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  const whole = expectTag(readElement(der), tags.sequence, 'The OCSP response');
  const [status, wrapper] = childrenOf(whole);
  const code = numberOf(expectTag(status, tags.enumerated, 'The status of the OCSP response'));
  const common = { status: statuses[code] ?? `status ${code}` };
  if (wrapper === undefined)
    return { ...common, producedAt: undefined, responder: undefined, responses: [], certificates: [] };
  const [type, octets] = childrenOf(readElement(wrapper.bytes, wrapper.content, wrapper.end));
  if (type === undefined || octets === undefined || oidOf(type) !== '1.3.6.1.5.5.7.48.1.1') {
    throw new DerError('The OCSP response is of an unknown type', wrapper.start);
  }
  const basic = readElement(octetsOf(octets));
  const [data, algorithm, signature, certificates] = childrenOf(basic);
  const fields = childrenOf(expectTag(data, tags.sequence, 'The data of the OCSP response'));
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [responder, producedAt, responses] = fields;
  if (responder === undefined || producedAt === undefined || responses === undefined) {
    throw new DerError('The OCSP response is not whole', basic.start);
  }
  return {
    ...common,
    producedAt: timeOf(producedAt),
    responder: describeResponder(responder),
    responses: childrenOf(responses).map(readSingle),
    certificates:
      certificates === undefined
        ? []
        : childrenOf(readElement(certificates.bytes, certificates.content, certificates.end)).map(encodingOf),
    ...(data &&
      algorithm &&
      signature && {
        signed: { data: encodingOf(data), algorithm: encodingOf(algorithm), signature: bitsOf(signature) },
      }),
  };
}

function describeResponder(responder: Element): string {
  const inner = readElement(responder.bytes, responder.content, responder.end);
  return responder.tag === 0xa1 ? nameOf(inner) : `key ${hexOf(contentOf(inner))}`;
}

function readSingle(single: Element): OcspSingleResponse {
  const [id, status, thisUpdate, ...rest] = childrenOf(single);
  const [, , issuerKey, serial] = id === undefined ? [] : childrenOf(id);
  if (issuerKey === undefined || serial === undefined || status === undefined || thisUpdate === undefined) {
    throw new DerError('An answer of the OCSP response is not whole', single.start);
  }
  const next = rest.find((field) => field.tag === 0xa0);
  const revoked = status.tag === 0xa1;
  const [revokedAt, reason] = revoked ? childrenOf(status) : [];
  return {
    serialNumber: serialNumberOf(serial),
    issuerKeyHash: hexOf(octetsOf(issuerKey)),
    status: status.tag === 0x80 ? 'good' : revoked ? 'revoked' : 'unknown',
    revokedAt: revokedAt && timeOf(revokedAt),
    ...(reason && { reason: reasonOf(readElement(reason.bytes, reason.content, reason.end)) }),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: next && timeOf(readElement(next.bytes, next.content, next.end)),
  };
}
