import { childrenOf, DerError, type Element, encodingOf, expectTag, oidOf, readElement, tags } from '../asn1/der.ts';

export const signedDataOid = '1.2.840.113549.1.7.2';

/** Certificates and CRLs that a PKCS #7 or CMS SignedData carries (RFC 5652 section 5.1), as DER, in its order. */
export interface SignedData {
  readonly certificates: readonly Uint8Array[];
  readonly revocationLists: readonly Uint8Array[];
}

/** True where the bytes are a ContentInfo of type signedData. */
export function isSignedData(der: Uint8Array): boolean {
  try {
    const whole = readElement(der);
    if (whole.tag !== tags.sequence) return false;
    const type = readElement(der, whole.content, whole.end);
    return type.tag === tags.oid && oidOf(type) === signedDataOid;
  } catch {
    return false;
  }
}

/** True for a whole ContentInfo of another type, as that of an encrypted mail (RFC 5652 section 3). */
export function isOtherContent(der: Uint8Array): boolean {
  try {
    const [type, content] = childrenOf(expectTag(readElement(der), tags.sequence, 'The PKCS #7 structure'));
    return type?.tag === tags.oid && content?.tag === 0xa0 && oidOf(type) !== signedDataOid;
  } catch {
    return false;
  }
}

/** @throws DerError where the bytes are no SignedData */
export function readSignedData(der: Uint8Array): SignedData {
  const [type, wrapper] = childrenOf(expectTag(readElement(der), tags.sequence, 'The PKCS #7 structure'));
  if (type === undefined || wrapper === undefined || oidOf(type) !== signedDataOid) {
    throw new DerError('The PKCS #7 structure holds no signed data', 0);
  }
  const fields = childrenOf(readElement(wrapper.bytes, wrapper.content, wrapper.end));
  return { certificates: members(fields, 0xa0), revocationLists: members(fields, 0xa1) };
}

/** Members that are no plain SEQUENCE are older or other kinds (extended and attribute certificates) and left out. */
function members(fields: readonly Element[], tag: number): Uint8Array[] {
  const set = fields.find((field) => field.tag === tag);
  if (set === undefined) return [];
  return childrenOf(set)
    .filter((member) => member.tag === tags.sequence)
    .map(encodingOf);
}
