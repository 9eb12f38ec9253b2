import { childrenOf, readElement, tags } from '../asn1/der.ts';
import { bitLengthOf } from '../asn1/public-key.ts';

/** Keys and parameters have no type of their own in DER; the shape of their first fields tells them apart. */
export function keyLabelOf(bytes: Uint8Array): string | undefined {
  const fields = childrenOf(readElement(bytes));
  const shape = fields.map((field) => field.tag);
  const [first, second] = shape;
  if (first === tags.integer && second === tags.sequence && shape[2] === tags.octetString) return 'PRIVATE KEY';
  if (first === tags.integer && second === tags.octetString) return 'EC PRIVATE KEY';
  if (shape.length >= 9 && shape.every((tag) => tag === tags.integer)) return 'RSA PRIVATE KEY';
  if (shape.length === 6 && shape.every((tag) => tag === tags.integer)) return 'DSA PRIVATE KEY';
  if (shape.length === 2 && first === tags.sequence && second === tags.octetString) return 'ENCRYPTED PRIVATE KEY';
  if (shape.length === 2 && first === tags.sequence && second === tags.bitString) return 'PUBLIC KEY';
  if ((shape.length === 2 || shape.length === 3) && shape.every((tag) => tag === tags.integer)) {
    return bitLengthOf(fields[1] as (typeof fields)[number]) <= 64 &&
      bitLengthOf(fields[0] as (typeof fields)[number]) >= 512
      ? 'DH PARAMETERS'
      : 'RSA PUBLIC KEY';
  }
  return undefined;
}
