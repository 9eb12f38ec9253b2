import { attributeIdentifier, splitName } from '../../certificates/asn1/name-text.ts';
import * as der from './der.ts';

/**
 * DER of a name that RFC 4514 writes, whose last part comes first; nothing makes an empty one.
 * @throws Error for a part of a type that is not known
 */
export function encodeName(text: string): Buffer {
  const relatives = text.match(/(?:\\.|[^,\\])+/gs) ?? [];
  // Members of a set stand in the order of their encodings.
  return der.sequence(
    ...relatives.reverse().map((relative) => der.set(...splitName(relative).map(attribute).sort(Buffer.compare))),
  );
}

function attribute([type, value]: readonly [string, string]): Buffer {
  const oid = attributeIdentifier(type);
  if (oid === undefined)
    throw new Error(`A subject has no part named ${type}. Write pairs such as CN=example.com,O=Example Ltd,C=DE.`);
  return der.sequence(der.oid(oid), der.element(tags[oid] ?? 0x0c, Buffer.from(value, 'utf8')));
}

/** Types that are written otherwise than in UTF-8 (RFC 5280 appendix A.1): as PrintableString or IA5String. */
const tags: Readonly<Record<string, number>> = {
  '2.5.4.5': 0x13,
  '2.5.4.6': 0x13,
  '2.5.4.46': 0x13,
  '0.9.2342.19200300.100.1.25': 0x16,
  '1.2.840.113549.1.9.1': 0x16,
};
