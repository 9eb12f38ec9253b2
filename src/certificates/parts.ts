import { childrenOf, DerError, type Element, expectTag, numberOf, readElement, tags } from './asn1/der.ts';

/** The fields of a certificate as elements, not yet decoded (RFC 5280 section 4.1). */
export interface CertificateParts {
  readonly whole: Element;
  readonly tbs: Element;
  /** 1, 2 or 3. */
  readonly version: number;
  readonly serialNumber: Element;
  readonly innerSignatureAlgorithm: Element;
  readonly issuer: Element;
  readonly notBefore: Element;
  readonly notAfter: Element;
  readonly subject: Element;
  readonly publicKey: Element;
  /** The SEQUENCE of extensions. */
  readonly extensions: Element | undefined;
  readonly signatureAlgorithm: Element;
  readonly signature: Element;
}

/** @throws DerError where the bytes are no certificate */
export function readParts(der: Uint8Array): CertificateParts {
  const whole = expectTag(readElement(der), tags.sequence, 'The certificate');
  const tbs = expectTag(readElement(der, whole.content, whole.end), tags.sequence, 'The signed part');
  const signatureAlgorithm = expectTag(readElement(der, tbs.next, whole.end), tags.sequence, 'The signature algorithm');
  const signature = expectTag(readElement(der, signatureAlgorithm.next, whole.end), tags.bitString, 'The signature');
  let serialNumber = readElement(der, tbs.content, tbs.end);
  let version = 1;
  if (serialNumber.tag === 0xa0) {
    version = numberOf(readElement(der, serialNumber.content, serialNumber.end)) + 1;
    serialNumber = readElement(der, serialNumber.next, tbs.end);
  }
  expectTag(serialNumber, tags.integer, 'The serial number');
  const inner = expectTag(readElement(der, serialNumber.next, tbs.end), tags.sequence, 'The inner signature algorithm');
  const issuer = expectTag(readElement(der, inner.next, tbs.end), tags.sequence, 'The issuer');
  const validity = expectTag(readElement(der, issuer.next, tbs.end), tags.sequence, 'The validity');
  const notBefore = readElement(der, validity.content, validity.end);
  const notAfter = readElement(der, notBefore.next, validity.end);
  const subject = expectTag(readElement(der, validity.next, tbs.end), tags.sequence, 'The subject');
  const publicKey = expectTag(readElement(der, subject.next, tbs.end), tags.sequence, 'The public key');
  return {
    whole,
    tbs,
    version,
    serialNumber,
    innerSignatureAlgorithm: inner,
    issuer,
    notBefore,
    notAfter,
    subject,
    publicKey,
    extensions: extensionsIn(tbs, publicKey.next),
    signatureAlgorithm,
    signature,
  };
}

/** Behind the key come unique identifiers `[1]`, `[2]` and the extensions `[3]`, each optional. */
function extensionsIn(tbs: Element, from: number): Element | undefined {
  let position = from;
  while (position < tbs.end) {
    const element = readElement(tbs.bytes, position, tbs.end);
    if (element.tag === 0xa3) return readElement(tbs.bytes, element.content, element.end);
    position = element.next;
  }
  return undefined;
}

/** One extension, not yet decoded. */
export interface RawExtension {
  readonly oid: Element;
  readonly critical: boolean;
  /** The OCTET STRING that holds the content. */
  readonly value: Element;
}

/** @throws DerError where the element is no Extension */
export function readExtension(extension: Element): RawExtension {
  const [oid, second, third] = childrenOf(extension);
  if (oid === undefined || oid.tag !== tags.oid || second === undefined) {
    throw new DerError('An extension lacks its identifier or its value', extension.start);
  }
  const critical = second.tag === tags.boolean && second.bytes[second.content] !== 0;
  const value = second.tag === tags.boolean ? third : second;
  return { oid, critical, value: expectTag(value, tags.octetString, 'The value of an extension') };
}
