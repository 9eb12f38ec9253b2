import { type Element, oidOf, readElement } from '../asn1/der.ts';
import { type CertificateParts, readExtension } from '../parts.ts';

/** The ASN.1 value inside one extension, or undefined where it is absent or cannot be read. The first one counts. */
export function findExtension(parts: Pick<CertificateParts, 'extensions'>, oid: string): Element | undefined {
  const found = findRawExtension(parts, oid);
  if (found === undefined) return undefined;
  try {
    return readElement(found.value.bytes, found.value.content, found.value.end);
  } catch {
    return undefined;
  }
}

export function findRawExtension(parts: Pick<CertificateParts, 'extensions'>, oid: string) {
  const { extensions } = parts;
  if (extensions === undefined) return undefined;
  try {
    for (let position = extensions.content; position < extensions.end; ) {
      const element = readElement(extensions.bytes, position, extensions.end);
      position = element.next;
      const extension = readExtension(element);
      if (oidOf(extension.oid) === oid) return extension;
    }
  } catch {
    // A broken list ends the search; decoding the certificate reports it.
  }
  return undefined;
}

/** Runs a reader over one extension; `fallback` where the extension is absent or broken. */
export function readOr<T>(
  parts: Pick<CertificateParts, 'extensions'>,
  oid: string,
  read: (value: Element) => T,
  fallback: T,
): T {
  const value = findExtension(parts, oid);
  if (value === undefined) return fallback;
  try {
    return read(value);
  } catch {
    return fallback;
  }
}
