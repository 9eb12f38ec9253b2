import type { Crypto } from '../../host/host.ts';
import { booleanOf, contentOf, type Element, encodingOf, hexOf, readElement, sameEncoding, tags } from '../asn1/der.ts';
import { writeNameElement } from '../asn1/general-names.ts';
import { nameOf } from '../asn1/names.ts';
import { publicKeyOf } from '../asn1/public-key.ts';
import { timeOf } from '../asn1/times.ts';
import type { CertificateSummary } from '../certificate.ts';
import { type CertificateParts, readParts } from '../parts.ts';

/**
 * The short way for inventories: only the fields of the summary are decoded, and nothing keeps the bytes alive.
 * @throws DerError where the bytes are no certificate
 */
export function summarize(der: Uint8Array, crypto: Crypto): CertificateSummary {
  const parts = readParts(der);
  const { subjectAltNames, isCa } = scanExtensions(parts);
  return {
    subject: nameOr(parts.subject),
    issuer: sharedName(parts.issuer),
    serialNumber: serialNumberOf(parts.serialNumber),
    notBefore: timeOr(parts.notBefore),
    notAfter: timeOr(parts.notAfter),
    subjectAltNames,
    publicKey: publicKeyOf(parts.publicKey),
    isCa,
    selfIssued: sameEncoding(parts.subject, parts.issuer),
    sha256: hexDigest(parts.whole.next === der.length ? der : encodingOf(parts.whole), crypto),
    spkiSha256: hexDigest(encodingOf(parts.publicKey), crypto),
  };
}

function hexDigest(bytes: Uint8Array, crypto: Crypto): string {
  return crypto.digestHex?.('sha256', bytes) ?? hexOf(crypto.digest('sha256', bytes));
}

/** Upper case hex of a serial number, with a minus where it is negative. */
export function serialNumberOf(serial: Element): string {
  const { bytes, end } = serial;
  let start = serial.content;
  if (start < end && (bytes[start] as number) & 0x80) return negativeHex(contentOf(serial));
  while (start + 1 < end && bytes[start] === 0) start++;
  return hexOf(bytes.subarray(start, end)).toUpperCase();
}

function negativeHex(content: Uint8Array): string {
  const hex = hexOf(content);
  const magnitude = ((1n << BigInt(hex.length * 4)) - BigInt(`0x${hex}`)).toString(16).toUpperCase();
  return `-${magnitude.length % 2 === 0 ? magnitude : `0${magnitude}`}`;
}

const issuers: { readonly name: Element; readonly text: string }[] = [];
let nextIssuer = 0;

/** Few issuers sign many certificates: the last ones are kept, so that their name is decoded and held once. */
function sharedName(name: Element): string {
  const known = issuers.find((issuer) => sameEncoding(issuer.name, name));
  if (known !== undefined) return known.text;
  const text = nameOr(name);
  // A slice of a Buffer would be the memory that the next certificate is decoded into.
  issuers[nextIssuer] = { name: readElement(new Uint8Array(encodingOf(name))), text };
  nextIssuer = (nextIssuer + 1) % 16;
  return text;
}

function nameOr(name: Element): string {
  try {
    return nameOf(name);
  } catch {
    return `#${hexOf(encodingOf(name)).toUpperCase()}`;
  }
}

function timeOr(time: Element): Date {
  try {
    return timeOf(time);
  } catch {
    return new Date(Number.NaN);
  }
}

/** Only two extensions matter here; both live under 2.5.29 (55 1D), and are found without decoding the others. */
function scanExtensions(parts: CertificateParts): { subjectAltNames: readonly string[]; isCa: boolean } {
  let subjectAltNames: string[] = [];
  let isCa = false;
  try {
    const { extensions } = parts;
    for (let position = extensions?.content ?? 0; extensions && position < extensions.end; ) {
      const extension = readElement(extensions.bytes, position, extensions.end);
      position = extension.next;
      const { bytes, content } = extension;
      if (bytes[content + 1] !== 3 || bytes[content + 2] !== 0x55 || bytes[content + 3] !== 0x1d) continue;
      if (bytes[content + 4] === 17) subjectAltNames = namesIn(valueAfter(extension, content + 5));
      else if (bytes[content + 4] === 19) isCa = claimsCa(valueAfter(extension, content + 5));
    }
  } catch {
    // What was read up to the broken extension stays; the full decoding names the fault.
  }
  return { subjectAltNames, isCa };
}

/** The content of the extension's OCTET STRING, with the critical flag skipped. */
function valueAfter(extension: Element, position: number): Element {
  let value = readElement(extension.bytes, position, extension.end);
  if (value.tag === tags.boolean) value = readElement(extension.bytes, value.next, extension.end);
  return readElement(value.bytes, value.content, value.end);
}

function namesIn(sequence: Element): string[] {
  const names: string[] = [];
  let position = sequence.content;
  while (position < sequence.end) {
    const element = readElement(sequence.bytes, position, sequence.end);
    try {
      names.push(writeNameElement(element));
    } catch {
      names.push(`unreadable:${hexOf(encodingOf(element))}`);
    }
    position = element.next;
  }
  // A copy has room for its members only; pushing leaves room for many more.
  return names.slice();
}

function claimsCa(sequence: Element): boolean {
  if (sequence.content >= sequence.end) return false;
  const first = readElement(sequence.bytes, sequence.content, sequence.end);
  return first.tag === tags.boolean && booleanOf(first);
}
