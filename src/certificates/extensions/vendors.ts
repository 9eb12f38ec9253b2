import { childrenOf, contentOf, type Element, expectTag, hexOf, numberOf, octetsOf, oidOf, tags } from '../asn1/der.ts';
import { addressOf } from '../asn1/general-names.ts';
import { keyPurposeNames } from '../asn1/oids.ts';
import { isString, textOf, visible } from '../asn1/strings.ts';

export function describeString(value: Element): string {
  return isString(value.tag) ? visible(textOf(value)) : hexOf(contentOf(value));
}

/** szOID_CERTIFICATE_TEMPLATE: identifier, major and minor version. */
export function describeMicrosoftTemplate(value: Element): string {
  const [oid, major, minor] = childrenOf(expectTag(value, tags.sequence, 'The template'));
  const version = [major, minor]
    .filter((part) => part !== undefined)
    .map(numberOf)
    .join('.');
  return `${oidOf(expectTag(oid, tags.oid, 'The template'))}${version === '' ? '' : ` version ${version}`}`;
}

export function describeMicrosoftCaVersion(value: Element): string {
  const version = numberOf(value);
  return `certificate ${version & 0xffff}, key ${version >> 16}`;
}

export function describeMicrosoftPolicies(value: Element): string {
  return childrenOf(value)
    .map((policy) => {
      const [oid] = childrenOf(policy);
      const dotted = oidOf(expectTag(oid, tags.oid, 'An application policy'));
      return keyPurposeNames[dotted] ?? dotted;
    })
    .join(', ');
}

export function describeHex(value: Element): string {
  return hexOf(octetsOf(value));
}

/** CA/Browser Forum EV guidelines, section 9.8.2: scheme, country, state, reference. */
export function describeOrganizationIdentifier(value: Element): string {
  return childrenOf(expectTag(value, tags.sequence, 'The organisation identifier'))
    .map((field) => visible(textOf(field)))
    .join(' ');
}

/** RFC 8737: the SHA-256 of a tls-alpn-01 key authorisation. */
export function describeAcmeIdentifier(value: Element): string {
  return `tls-alpn-01 challenge ${hexOf(octetsOf(expectTag(value, tags.octetString, 'acmeIdentifier')))}`;
}

/** RFC 3779: address families with their blocks, `inherit` where they come from the issuer. */
export function describeAddressBlocks(value: Element): string {
  return childrenOf(value)
    .map((family) => {
      const [identifier, blocks] = childrenOf(family);
      const code =
        identifier === undefined
          ? 0
          : numberOf({ ...identifier, end: Math.min(identifier.end, identifier.content + 2) });
      const name = code === 1 ? 'IPv4' : code === 2 ? 'IPv6' : `family ${code}`;
      if (blocks === undefined || blocks.tag === tags.null) return `${name} inherited`;
      return `${name} ${childrenOf(blocks)
        .map((block) => describeBlock(block, code === 1 ? 4 : 16))
        .join(', ')}`;
    })
    .join('; ');
}

function describeBlock(block: Element, size: number): string {
  const [low, high] = block.tag === tags.sequence ? childrenOf(block) : [block, undefined];
  if (low === undefined) return 'empty';
  const bits = (low.end - low.content - 1) * 8 - (low.bytes[low.content] ?? 0);
  const first = padAddress(low, size, 0);
  return high === undefined ? `${first}/${bits}` : `${first}-${padAddress(high, size, 0xff)}`;
}

function padAddress(bits: Element, size: number, fill: number): string {
  const bytes = new Uint8Array(size).fill(fill);
  const given = bits.bytes.subarray(bits.content + 1, Math.min(bits.end, bits.content + 1 + size));
  bytes.set(given);
  const last = given.length - 1;
  // Of the last octet, those that are not said are like the others.
  const unused = (1 << (bits.bytes[bits.content] ?? 0)) - 1;
  if (last >= 0) bytes[last] = ((bytes[last] ?? 0) & ~unused) | (fill & unused);
  return addressOf(bytes);
}

/** RFC 3779 section 3.2.3: `[0]` autonomous systems, `[1]` routing domains. */
export function describeSystemNumbers(value: Element): string {
  return childrenOf(value)
    .flatMap((field) => {
      const isDomain = field.tag === 0xa1;
      return childrenOf(field).flatMap((choice) => describeNumbers(choice, isDomain ? 'routing domain ' : 'AS'));
    })
    .join(', ');
}

function describeNumbers(choice: Element, prefix: string): string[] {
  if (choice.tag === tags.null) return [`${prefix.trim()} inherited`];
  return childrenOf(choice).map((entry) => {
    const bounds = entry.tag === tags.integer ? [entry] : childrenOf(entry);
    return bounds.map((bound) => `${prefix}${numberOf(bound)}`).join('-');
  });
}
