import type { Crypto, Verdict } from '../../host/host.ts';
import {
  bitsOf,
  childrenOf,
  type Element,
  encodingOf,
  expectTag,
  hexOf,
  oidOf,
  readElement,
  tags,
} from '../asn1/der.ts';
import { generalNamesOf, writeGeneralName } from '../asn1/general-names.ts';
import { nameOf } from '../asn1/names.ts';
import { publicKeyOf } from '../asn1/public-key.ts';
import { isString, textOf } from '../asn1/strings.ts';
import type { Extension, PublicKey } from '../certificate.ts';
import { decodeExtension } from '../extensions/decode-extension.ts';
import { readExtension } from '../parts.ts';
import { base64Of } from '../pem/base64.ts';
import { signatureAlgorithmOf } from '../signature-algorithm.ts';

/** A certification request (RFC 2986). */
export interface CertificateRequest {
  readonly subject: string;
  readonly subjectAltNames: readonly string[];
  readonly publicKey: PublicKey;
  readonly signatureAlgorithm: string;
  /** Whether the request is signed by its own key. */
  readonly signature: Verdict;
  /** What the extensionRequest attribute asks for. */
  readonly extensions: readonly Extension[];
  /** The other attributes; a challenge password is named, not shown. */
  readonly attributes: readonly string[];
  readonly spkiSha256: string;
  readonly spkiPin: string;
  readonly sha256: string;
  readonly der: Uint8Array;
}

/** @throws DerError where the bytes are no request */
export function readRequest(der: Uint8Array, crypto: Crypto): CertificateRequest {
  const whole = expectTag(readElement(der), tags.sequence, 'The request');
  const [info, algorithm, signature] = childrenOf(whole);
  const [version, subject, spki, attributes] = childrenOf(expectTag(info, tags.sequence, 'The signed part'));
  expectTag(version, tags.integer, 'The version');
  const name = expectTag(subject, tags.sequence, 'The subject');
  const key = expectTag(spki, tags.sequence, 'The public key');
  const signatureAlgorithm = expectTag(algorithm, tags.sequence, 'The signature algorithm');
  const bits = bitsOf(expectTag(signature, tags.bitString, 'The signature'));
  const hash = crypto.digest('sha256', encodingOf(key));
  return {
    subject: nameOf(name),
    publicKey: publicKeyOf(key),
    signatureAlgorithm: signatureAlgorithmOf(signatureAlgorithm),
    signature: crypto.verify(encodingOf(signatureAlgorithm), encodingOf(key), encodingOf(info as Element), bits),
    ...attributesIn(attributes),
    spkiSha256: hexOf(hash),
    spkiPin: base64Of(hash),
    sha256: hexOf(crypto.digest('sha256', encodingOf(whole))),
    der: encodingOf(whole),
  };
}

const extensionRequests = ['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14'];
const attributeNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.2': 'unstructuredName',
  '1.2.840.113549.1.9.7': 'challengePassword',
  '1.3.6.1.4.1.311.13.2.3': 'microsoftOsVersion',
  '1.3.6.1.4.1.311.21.20': 'microsoftRequestClientInfo',
};

function attributesIn(
  set: Element | undefined,
): Pick<CertificateRequest, 'extensions' | 'attributes' | 'subjectAltNames'> {
  const extensions: Extension[] = [];
  const others: string[] = [];
  let subjectAltNames: string[] = [];
  for (const attribute of set === undefined ? [] : childrenOf(set)) {
    const [type, values] = childrenOf(attribute);
    const oid = type === undefined ? '' : oidOf(type);
    const value =
      values && values.content < values.end ? readElement(values.bytes, values.content, values.end) : undefined;
    if (!extensionRequests.includes(oid) || value === undefined) {
      const text =
        oid !== '1.2.840.113549.1.9.7' && value !== undefined && isString(value.tag) ? `: ${textOf(value)}` : '';
      others.push(`${attributeNames[oid] ?? oid}${text}`);
      continue;
    }
    for (const element of childrenOf(value)) {
      const extension = readExtension(element);
      const name = oidOf(extension.oid);
      extensions.push(decodeExtension(name, extension.critical, extension.value));
      if (name === '2.5.29.17') subjectAltNames = altNames(extension.value);
    }
  }
  return { extensions, attributes: others, subjectAltNames };
}

function altNames(value: Element): string[] {
  try {
    return generalNamesOf(readElement(value.bytes, value.content, value.end)).map(writeGeneralName);
  } catch {
    return [];
  }
}
