import { concatBytes, tags } from './der.ts';
import { utf8Bytes } from './strings.ts';

/** DER writers: each gives one whole element. */

export function write(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const joined = concatBytes(content);
  return concatBytes([Uint8Array.of(tag, ...lengthOctets(joined.length)), joined]);
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets = bigEndian(length);
  return [0x80 | octets.length, ...octets];
}

function bigEndian(value: number): number[] {
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return octets;
}

export function sequence(...content: readonly Uint8Array[]): Uint8Array {
  return write(tags.sequence, ...content);
}

/** Members in the order of their encodings, as DER wants it of a SET OF. */
export function setOf(...content: readonly Uint8Array[]): Uint8Array {
  return write(tags.set, ...[...content].sort(compareBytes));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A small non-negative INTEGER. */
export function integer(value: number): Uint8Array {
  return unsignedInteger(Uint8Array.from(bigEndian(value)));
}

/** A non-negative INTEGER from big-endian bytes. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start + 1 < bytes.length && bytes[start] === 0) start++;
  const trimmed = bytes.subarray(start);
  return ((trimmed[0] ?? 0) & 0x80) !== 0
    ? write(tags.integer, Uint8Array.of(0), trimmed)
    : write(tags.integer, trimmed.length === 0 ? Uint8Array.of(0) : trimmed);
}

/** @param dotted an identifier whose arcs are below 2^53 */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left % 128));
    return groups;
  });
  return write(tags.oid, Uint8Array.from(octets));
}

export function nullValue(): Uint8Array {
  return Uint8Array.of(tags.null, 0);
}

export function octetString(...content: readonly Uint8Array[]): Uint8Array {
  return write(tags.octetString, ...content);
}

export function bitString(content: Uint8Array, unused = 0): Uint8Array {
  return write(tags.bitString, Uint8Array.of(unused), content);
}

export function utf8String(text: string): Uint8Array {
  return write(tags.utf8String, utf8Bytes(text));
}

export function isTrue(): Uint8Array {
  return write(tags.boolean, Uint8Array.of(0xff));
}

/** UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 section 4.1.2.5). */
export function time(date: Date): Uint8Array {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050
    ? write(tags.utcTime, utf8Bytes(digits.slice(2)))
    : write(tags.generalizedTime, utf8Bytes(digits));
}

/** `[number]`, primitive, with bytes in it. */
export function implicit(number: number, content: Uint8Array): Uint8Array {
  return write(0x80 | number, content);
}

/** `[number]`, constructed: EXPLICIT where one whole element is given. */
export function context(number: number, ...content: readonly Uint8Array[]): Uint8Array {
  return write(0xa0 | number, ...content);
}
