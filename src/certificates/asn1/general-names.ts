import { childrenOf, contentOf, DerError, type Element, hexOf, oidOf, readElement } from './der.ts';
import { nameOf } from './names.ts';
import { otherNameOf } from './other-names.ts';
import { decodeText, isPrintable, latin1, prefixedLatin1, printable, visible } from './strings.ts';

/** A GeneralName (RFC 5280 section 4.2.1.6). `value` is text except for `IP` in name constraints, see `ipConstraintOf`. */
export interface GeneralName {
  readonly type: 'otherName' | 'email' | 'DNS' | 'x400Address' | 'dirName' | 'ediPartyName' | 'URI' | 'IP' | 'RID';
  readonly value: string;
  readonly element: Element;
}

const types = ['otherName', 'email', 'DNS', 'x400Address', 'dirName', 'ediPartyName', 'URI', 'IP', 'RID'] as const;

/** @throws DerError where the encoding is none */
export function generalNamesOf(sequence: Element): GeneralName[] {
  return childrenOf(sequence).map(generalNameOf);
}

/** @throws DerError where the tag is none of a GeneralName */
export function generalNameOf(element: Element): GeneralName {
  const type = (element.tag & 0xc0) === 0x80 ? types[element.tag & 0x1f] : undefined;
  if (type === undefined)
    throw new DerError(`A general name has the unknown tag 0x${element.tag.toString(16)}`, element.start);
  return { type, value: readValue(type, element), element };
}

function readValue(type: GeneralName['type'], element: Element): string {
  const { bytes, content, end } = element;
  switch (type) {
    case 'email':
    case 'DNS':
    case 'URI':
      return isPrintable(bytes, content, end) ? latin1(bytes, content, end) : visible(decodeText(bytes, content, end));
    case 'IP':
      return addressOf(contentOf(element));
    case 'RID':
      return oidOf(element);
    case 'dirName':
      return nameOf(readElement(bytes, content, end));
    case 'otherName':
      return otherNameOf(element);
    default:
      return hexOf(contentOf(element));
  }
}

/** `192.0.2.1` or `2001:db8::1` (RFC 5952); other lengths in hex. */
export function addressOf(bytes: Uint8Array): string {
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  if (bytes.length !== 16) return hexOf(bytes);
  const groups: string[] = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push((((bytes[index] as number) << 8) | (bytes[index + 1] as number)).toString(16));
  }
  return compress(groups);
}

function compress(groups: readonly string[]): string {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > best.length) best = { start, length };
  }
  if (best.start < 0) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

/** `192.0.2.0/24` of a name constraint; a mask with holes is written out. */
export function addressRangeOf(bytes: Uint8Array): string {
  if (bytes.length !== 8 && bytes.length !== 32) return hexOf(bytes);
  const half = bytes.length / 2;
  const mask = bytes.subarray(half);
  let bits = 0;
  for (const byte of mask) bits += byte.toString(2).split('1').length - 1;
  const contiguous = Array.from(mask, (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .startsWith('1'.repeat(bits));
  return `${addressOf(bytes.subarray(0, half))}/${contiguous ? bits : addressOf(mask)}`;
}

/** As `writeGeneralName`, for the kinds that inventories are full of in one go. */
export function writeNameElement(element: Element): string {
  const { bytes, tag, content, end } = element;
  const prefix = tag === 0x82 ? 'DNS:' : tag === 0x81 ? 'email:' : tag === 0x86 ? 'URI:' : '';
  const plain = prefix === '' ? undefined : prefixedLatin1(prefix, bytes, content, end, printable);
  return plain ?? writeGeneralName(generalNameOf(element));
}

/** `DNS:example.com`, the form of `subjectAltNames`. */
export function writeGeneralName(name: GeneralName): string {
  return [name.type, name.value].join(':');
}
