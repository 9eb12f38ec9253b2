/**
 * A lazy reader of DER and BER (X.690): an element is a tag and offsets into the bytes, its content is read when asked for.
 * BER's freedoms are accepted (indefinite lengths, long lengths with leading zeros, constructed strings), because inspected
 * files are often not what they should be.
 */

/** One tag-length-value. Nothing is copied: all offsets point into `bytes`. */
export interface Element {
  readonly bytes: Uint8Array;
  /** Identifier octet: class, constructed bit and number together. High tag numbers read as the octet 0x1f with its class. */
  readonly tag: number;
  readonly start: number;
  /** Where the content starts and ends; `next` lies behind the element, after the end-of-contents of an indefinite length. */
  readonly content: number;
  readonly end: number;
  readonly next: number;
}

/** What is wrong with an encoding, and at which offset. Thrown inside this folder only: its public functions answer with it. */
export class DerError extends Error {
  readonly offset: number;

  /** Without a stack: it tells about a file, not about this program, and collecting it costs more than reading a certificate. */
  constructor(message: string, offset: number) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.offset = offset;
  }
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Nested indefinite lengths are walked once a level, so their depth is bounded. */
const maximumDepth = 32;

/** No structure that is read as a whole has so many members; lists of revoked certificates are read one by one. */
const maximumChildren = 100_000;

/** @throws DerError where the bytes from `offset` to `limit` do not start with a whole element */
export function readElement(bytes: Uint8Array, offset = 0, limit = bytes.length, depth = 0): Element {
  if (offset + 2 > limit) throw new DerError('The encoding ends where an element should start', offset);
  const tag = bytes[offset] as number;
  let position = offset + 1;
  if ((tag & 0x1f) === 0x1f) {
    while (position < limit && ((bytes[position] as number) & 0x80) !== 0) position++;
    position++;
  }
  if (position >= limit) throw new DerError('The encoding ends inside a tag', offset);
  let length = bytes[position++] as number;
  if (length === 0x80) return readIndefinite(bytes, tag, offset, position, limit, depth);
  if (length > 0x80) {
    const count = length & 0x7f;
    length = 0;
    if (position + count > limit) throw new DerError('The encoding ends inside a length', offset);
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[position++] as number);
  }
  const end = position + length;
  if (end > limit) {
    throw new DerError(`An element says it has ${length} bytes, but only ${limit - position} are left`, offset);
  }
  return { bytes, tag, start: offset, content: position, end, next: end };
}

function readIndefinite(
  bytes: Uint8Array,
  tag: number,
  start: number,
  content: number,
  limit: number,
  depth: number,
): Element {
  if ((tag & 0x20) === 0) throw new DerError('A primitive element has no length', start);
  if (depth >= maximumDepth) throw new DerError('Elements of indefinite length are nested too deeply', start);
  let position = content;
  while (position + 2 <= limit) {
    if (bytes[position] === 0 && bytes[position + 1] === 0) {
      return { bytes, tag, start, content, end: position, next: position + 2 };
    }
    position = readElement(bytes, position, limit, depth + 1).next;
  }
  throw new DerError('An element of indefinite length never ends', start);
}

/** @throws DerError where the content is not a row of whole elements */
export function childrenOf(element: Element): Element[] {
  const found: Element[] = [];
  let position = element.content;
  while (position < element.end) {
    if (found.length === maximumChildren) throw new DerError('There are too many elements in one', element.start);
    const child = readElement(element.bytes, position, element.end);
    found.push(child);
    position = child.next;
  }
  return found;
}

/** @throws DerError where the element has another tag */
export function expectTag(element: Element | undefined, tag: number, what: string): Element {
  if (element === undefined) throw new DerError(`${what} is missing`, 0);
  if (element.tag !== tag) {
    throw new DerError(`${what} has the tag 0x${hexByte(element.tag)} instead of 0x${hexByte(tag)}`, element.start);
  }
  return element;
}

/** Without tag and length: a view of the bytes, no copy. */
export function contentOf(element: Element): Uint8Array {
  return element.bytes.subarray(element.content, element.end);
}

/** The whole element, tag and length included. */
export function encodingOf(element: Element): Uint8Array {
  return element.bytes.subarray(element.start, element.next);
}

/** Content of an OCTET STRING; the parts of a constructed one are joined. */
export function octetsOf(element: Element): Uint8Array {
  if ((element.tag & 0x20) === 0) return contentOf(element);
  return concatBytes(childrenOf(element).map(octetsOf));
}

/** @throws DerError where the unused bits of a BIT STRING are impossible */
export function bitsOf(element: Element): Uint8Array {
  const unused = element.bytes[element.content] as number;
  if (element.content >= element.end || unused > 7)
    throw new DerError('A bit string lacks its first byte', element.start);
  return element.bytes.subarray(element.content + 1, element.end);
}

/** The numbers of the bits that are set, bit 0 being the first. */
export function setBitsOf(element: Element): number[] {
  const bytes = bitsOf(element);
  const found: number[] = [];
  for (let index = 0; index < Math.min(bytes.length * 8, 256); index++) {
    if (((bytes[index >> 3] as number) >> (7 - (index & 7))) & 1) found.push(index);
  }
  return found;
}

/** A small INTEGER or ENUMERATED; larger ones than 2^53 lose precision. */
export function numberOf(element: Element): number {
  let value = (element.bytes[element.content] ?? 0) & 0x80 ? -1 : 0;
  for (let index = element.content; index < element.end; index++) {
    value = value * 256 + (element.bytes[index] as number);
  }
  return value;
}

/** An INTEGER of any length, in two’s complement (X.690 section 8.3). */
export function bigIntegerOf(element: Element): bigint {
  const hex = hexOf(contentOf(element));
  if (hex === '') return 0n;
  const value = BigInt(`0x${hex}`);
  const negative = ((element.bytes[element.content] as number) & 0x80) !== 0;
  return negative ? value - (1n << BigInt(hex.length * 4)) : value;
}

/** As BER has it: every byte but 0 is true (X.690 section 8.2). */
export function booleanOf(element: Element): boolean {
  return element.end > element.content && element.bytes[element.content] !== 0;
}

const oidCache = new Map<string, string>();

/** RFC 2578 section 3.5 allows 128 arcs of 32 bits; decimals of longer ones take quadratic time to write (CVE-2023-2650). */
const maximumOid = 586;

/** Dotted object identifier; `<INVALID>`, as OpenSSL has it, where it is longer than any can be. */
export function oidOf(element: Element): string {
  if (element.end - element.content > maximumOid) return '<INVALID>';
  let key = '';
  for (let index = element.content; index < element.end; index++) {
    key += String.fromCharCode(element.bytes[index] as number);
  }
  const known = oidCache.get(key);
  if (known !== undefined) return known;
  const dotted = decodeOid(contentOf(element));
  if (oidCache.size < 2000) oidCache.set(key, dotted);
  return dotted;
}

/** Arcs above 2^53 (UUIDs under 2.25) need big integers. */
function decodeOid(content: Uint8Array): string {
  const arcs: string[] = [];
  let value = 0n;
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    if (arcs.length === 0) {
      const first = value < 40n ? 0n : value < 80n ? 1n : 2n;
      arcs.push(first.toString(), (value - first * 40n).toString());
    } else arcs.push(value.toString());
    value = 0n;
  }
  return arcs.join('.');
}

const hexDigits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

function hexByte(value: number): string {
  return hexOf(Uint8Array.of(value));
}

/** Lower case. Made in one piece: joined strings would keep a node a byte alive, and an inventory holds thousands. */
export function hexOf(bytes: Uint8Array, separator = ''): string {
  if (separator !== '') return Array.from(bytes, hexByte).join(separator);
  let hex = '';
  for (let start = 0; start < bytes.length; start += 2048) {
    const end = Math.min(start + 2048, bytes.length);
    const codes = new Array<number>((end - start) * 2);
    for (let index = start, target = 0; index < end; index++) {
      const byte = bytes[index] as number;
      codes[target++] = hexDigits[byte >> 4] as number;
      codes[target++] = hexDigits[byte & 15] as number;
    }
    hex += String.fromCharCode.apply(null, codes);
  }
  return hex;
}

/** `1 byte`, `2 bytes`. */
export function bytesText(count: number): string {
  return `${count} ${count === 1 ? 'byte' : 'bytes'}`;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}

/** Whether two elements have the same bytes, tag and length included. */
export function sameEncoding(a: Element, b: Element): boolean {
  const length = a.next - a.start;
  if (b.next - b.start !== length) return false;
  for (let index = 0; index < length; index++) {
    if (a.bytes[a.start + index] !== b.bytes[b.start + index]) return false;
  }
  return true;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
