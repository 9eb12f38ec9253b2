import type { Range } from '../text/range.ts';
import { childrenOf, contentOf, type Element, encodingOf, hexOf, oidOf, readElement } from './asn1/der.ts';
import { nameOf } from './asn1/names.ts';
import { extensionNames } from './asn1/oids.ts';
import { describeKey, publicKeyOf } from './asn1/public-key.ts';
import { timeOf, timeText } from './asn1/times.ts';
import { decodeExtension } from './extensions/decode-extension.ts';
import { serialNumberOf } from './inventory/summary.ts';
import { readExtension, readParts } from './parts.ts';
import { signatureAlgorithmOf } from './signature-algorithm.ts';

/** One field of a certificate, and the bytes that hold it. */
export interface CertificateField {
  /** `Subject`, `Not after`, `keyUsage`, … */
  readonly name: string;
  readonly value: string;
  /** Offsets in the DER. */
  readonly range: Range;
}

/** The fields of a certificate in the order of their bytes; empty where the bytes are none. Never throws. */
export function fieldsOf(der: Uint8Array): CertificateField[] {
  try {
    const parts = readParts(der);
    const fields: CertificateField[] = [
      field('Serial number', parts.serialNumber, serialNumberOf),
      field('Signature algorithm', parts.innerSignatureAlgorithm, signatureAlgorithmOf),
      field('Issuer', parts.issuer, nameOf),
      field('Not before', parts.notBefore, (time) => timeText(timeOf(time))),
      field('Not after', parts.notAfter, (time) => timeText(timeOf(time))),
      field('Subject', parts.subject, nameOf),
      field('Public key', parts.publicKey, (key) => describeKey(publicKeyOf(key))),
      ...(parts.extensions === undefined ? [] : childrenOf(parts.extensions).map(extensionField)),
      field('Signature algorithm', parts.signatureAlgorithm, signatureAlgorithmOf),
      field('Signature', parts.signature, (bits) => hexOf(contentOf(bits).subarray(1))),
    ];
    if (parts.version > 1) {
      const version = readElement(der, parts.tbs.content);
      fields.unshift(field('Version', version, () => String(parts.version)));
    }
    return fields;
  } catch {
    return [];
  }
}

/** The field that a byte of the DER belongs to; the headers around fields belong to none. */
export function fieldAt(der: Uint8Array, byte: number): CertificateField | undefined {
  return fieldsOf(der).find(({ range }) => range.start <= byte && byte < range.end);
}

function field(name: string, element: Element, describe: (element: Element) => string): CertificateField {
  return { name, value: valueOr(element, describe), range: { start: element.start, end: element.next } };
}

function valueOr(element: Element, describe: (element: Element) => string): string {
  try {
    return describe(element);
  } catch {
    return hexOf(encodingOf(element));
  }
}

function extensionField(element: Element): CertificateField {
  const range = { start: element.start, end: element.next };
  try {
    const { oid, critical, value } = readExtension(element);
    const decoded = decodeExtension(oidOf(oid), critical, value);
    const shown = decoded.error === undefined ? decoded.value : `${decoded.value} (damaged: ${decoded.error})`;
    return {
      name: extensionNames[decoded.oid] ?? decoded.oid,
      value: `${critical ? 'critical; ' : ''}${shown}`,
      range,
    };
  } catch {
    return { name: 'Extension', value: hexOf(encodingOf(element)), range };
  }
}
