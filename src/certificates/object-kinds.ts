import type { Crypto } from '../host/host.ts';
import { encodingOf, hexOf, oidOf, readElement, tags } from './asn1/der.ts';
import { curves } from './asn1/oids.ts';
import { bitLengthOf, explicitCurve, publicKeyOf } from './asn1/public-key.ts';
import { bitString, nullValue, oid, sequence } from './asn1/write.ts';
import type { ContainerFormat, ContainerObject, Source } from './containers/content.ts';
import { readRevocationList } from './containers/crl.ts';
import { readOcspResponse } from './containers/ocsp.ts';
import { isOtherContent, isSignedData, readSignedData } from './containers/pkcs7.ts';
import { readRequest } from './containers/request.ts';
import { decodeCertificate, isUndecodable, undecodable } from './decode.ts';
import { keyLabelOf } from './keys/key-label.ts';
import { isPrivateKeyLabel, readPrivateKey } from './keys/private-key.ts';
import { base64Of } from './pem/base64.ts';

/** Labels of programs that write something else between such lines: OpenPGP, OpenSSH, Sigstore, OpenVPN. */
export function isForeignLabel(label: string): boolean {
  return /^(?:PGP|SSH2|AGE|SSH) |SIGSTORE|COSIGN|^OPENVPN /.test(label);
}

/** Objects of one PEM block, by its label (RFC 7468 and what programs write). Never throws. */
export function objectsOfLabel(
  label: string,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
  source: Source,
  crypto: Crypto,
  passwords: readonly string[],
): ContainerObject[] {
  if (isForeignLabel(label)) return [foreign(label, source)];
  if (isPrivateKeyLabel(label)) {
    return [{ kind: 'privateKey', key: readPrivateKey(label, bytes, headers, crypto, passwords), source }];
  }
  if (bytes.length === 0) return [{ kind: 'unreadable', label, reason: 'The block has no content in base64.', source }];
  try {
    switch (label) {
      case 'CERTIFICATE':
      case 'X509 CERTIFICATE':
      case 'TRUSTED CERTIFICATE':
        return isSignedData(bytes) ? signedData(bytes, source, crypto) : [certificate(label, bytes, source, crypto)];
      case 'CERTIFICATE REQUEST':
      case 'NEW CERTIFICATE REQUEST':
        return [{ kind: 'request', request: readRequest(bytes, crypto), source }];
      case 'X509 CRL':
        return [{ kind: 'crl', revocationList: readRevocationList(bytes), source }];
      case 'PKCS7':
      case 'CMS':
      case 'PKCS #7 SIGNED DATA':
        return isOtherContent(bytes)
          ? [foreign(label, source, `${label} without signed data`)]
          : signedData(bytes, source, crypto);
      case 'PUBLIC KEY':
        return [publicKey(bytes, source, crypto)];
      case 'RSA PUBLIC KEY':
        return [publicKey(wrapRsa(bytes), source, crypto)];
      case 'DH PARAMETERS':
        return [{ kind: 'dhParameters', bits: primeBits(bytes), isX942: false, source }];
      case 'X9.42 DH PARAMETERS':
        return [{ kind: 'dhParameters', bits: primeBits(bytes), isX942: true, source }];
      case 'EC PARAMETERS':
        return [{ kind: 'ecParameters', curve: curveName(bytes), source }];
      default:
        return [foreign(label, source)];
    }
  } catch (error) {
    return [{ kind: 'unreadable', label, reason: undecodable(error).reason, source }];
  }
}

function foreign(label: string, source: Source, kind = label): ContainerObject {
  const reason = `Objects of the kind ${kind} are not read here.`;
  return { kind: 'unreadable', label, reason, isForeign: true, source };
}

function certificate(label: string, bytes: Uint8Array, source: Source, crypto: Crypto): ContainerObject {
  const decoded = decodeCertificate(bytes, crypto);
  if (isUndecodable(decoded)) return { kind: 'unreadable', label, reason: decoded.reason, source };
  const found: ContainerObject = { kind: 'certificate', certificate: decoded, source };
  return label === 'TRUSTED CERTIFICATE' ? { ...found, hasTrust: true } : found;
}

function signedData(bytes: Uint8Array, source: Source, crypto: Crypto): ContainerObject[] {
  const { certificates, revocationLists } = readSignedData(bytes);
  const inside: Source = { ...source, container: 'pkcs7' };
  return [
    ...certificates.map((der) => certificate('CERTIFICATE', der, inside, crypto)),
    ...revocationLists.map((der): ContainerObject => {
      return { kind: 'crl', revocationList: readRevocationList(der), source: inside };
    }),
  ];
}

function publicKey(bytes: Uint8Array, source: Source, crypto: Crypto): ContainerObject {
  const element = readElement(bytes);
  const hash = crypto.digest('sha256', encodingOf(element));
  return {
    kind: 'publicKey',
    publicKey: publicKeyOf(element),
    spki: encodingOf(element),
    spkiSha256: hexOf(hash),
    spkiPin: base64Of(hash),
    source,
  };
}

/** RSAPublicKey (PKCS #1) inside a SubjectPublicKeyInfo. */
function wrapRsa(bytes: Uint8Array): Uint8Array {
  const key = encodingOf(readElement(bytes));
  return sequence(sequence(oid('1.2.840.113549.1.1.1'), nullValue()), bitString(key));
}

function primeBits(bytes: Uint8Array): number {
  const parameters = readElement(bytes);
  return bitLengthOf(readElement(parameters.bytes, parameters.content, parameters.end));
}

function curveName(bytes: Uint8Array): string {
  const element = readElement(bytes);
  if (element.tag !== tags.oid) return explicitCurve(element).curve ?? 'explicit parameters';
  const dotted = oidOf(element);
  return curves[dotted]?.name ?? dotted;
}

type Attempt = (bytes: Uint8Array, source: Source, crypto: Crypto, passwords: readonly string[]) => ContainerObject[];

/** Kinds of DER in the order in which they are tried; each reader is strict enough to refuse the others. */
const attempts: readonly Attempt[] = [
  (bytes, source, crypto) => {
    const decoded = decodeCertificate(bytes, crypto);
    return isUndecodable(decoded) ? [] : [{ kind: 'certificate', certificate: decoded, source }];
  },
  (bytes, source, crypto) =>
    isSignedData(bytes)
      ? signedData(bytes, source, crypto)
      : isOtherContent(bytes)
        ? [foreign('CMS', source, 'CMS without signed data')]
        : [],
  (bytes, source, crypto) => [{ kind: 'request', request: readRequest(bytes, crypto), source }],
  (bytes, source) => [{ kind: 'crl', revocationList: readRevocationList(bytes), source }],
  (bytes, source) => [{ kind: 'ocspResponse', response: readOcspResponse(bytes), source }],
  (bytes, source, crypto, passwords) => {
    const label = keyLabelOf(bytes);
    return label === undefined ? [] : objectsOfLabel(label, bytes, {}, source, crypto, passwords);
  },
];

/** What a DER file holds. Never throws. */
export function objectOfDer(
  bytes: Uint8Array,
  crypto: Crypto,
  passwords: readonly string[],
): { readonly objects: ContainerObject[]; readonly format: ContainerFormat } {
  const source: Source = { container: 'der' };
  for (const attempt of attempts) {
    try {
      const objects = attempt(bytes, source, crypto, passwords);
      if (objects.length > 0) return { objects, format: objects[0]?.source.container ?? 'der' };
    } catch {
      // It is not of this kind; the next one is tried.
    }
  }
  const decoded = decodeCertificate(bytes, crypto);
  const reason = `It is no certificate, request, CRL, key or container. Read as a certificate: ${isUndecodable(decoded) ? decoded.reason : ''}`;
  return { objects: [{ kind: 'unreadable', label: 'DER', reason, source }], format: 'der' };
}
