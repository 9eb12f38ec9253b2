import { contentOf, type Element, tags } from './der.ts';

const utf8 = new TextDecoder('utf-8');
const utf8Strict = new TextDecoder('utf-8', { fatal: true });

/** True for the tags that hold text. */
export function isString(tag: number): boolean {
  return (
    tag === tags.utf8String ||
    tag === tags.printableString ||
    tag === tags.ia5String ||
    tag === tags.teletexString ||
    tag === tags.bmpString ||
    tag === tags.universalString ||
    tag === tags.visibleString ||
    tag === tags.numericString
  );
}

/**
 * Text of a string element. Bytes that its type does not allow are still read: as UTF-8 where they are that, as Latin-1
 * where not, because that is what issuers do.
 */
export function textOf(element: Element): string {
  if (element.tag === tags.bmpString) return decodeBmp(contentOf(element));
  if (element.tag === tags.universalString) return decodeUniversal(contentOf(element));
  return decodeText(element.bytes, element.content, element.end);
}

/** ASCII takes the short way; it is nearly everything, and gives flat strings that keep no file alive. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  for (let index = start; index < end; index++) {
    if ((bytes[index] as number) > 0x7f) return decodeOther(bytes.subarray(start, end));
  }
  return latin1(bytes, start, end);
}

/** One array of codes for every short length, filled anew each time: spreading a plain array is the fastest way to a flat string. */
const shortCodes: readonly number[][] = Array.from({ length: 65 }, (_, length) => new Array<number>(length).fill(0));

export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const length = end - start;
  const codes = shortCodes[length];
  if (codes !== undefined) {
    for (let index = 0; index < length; index++) codes[index] = bytes[start + index] as number;
    return String.fromCharCode(...codes);
  }
  let text = '';
  for (let position = start; position < end; position += 4096) {
    const chunk = bytes.subarray(position, Math.min(position + 4096, end));
    text += String.fromCharCode.apply(null, chunk as unknown as number[]);
  }
  return text;
}

/**
 * `prefix` and the bytes in one flat string: joined by `+` they would stay two, with a third that points to both. Undefined
 * where a byte is not one of those that are 1 in `allowed`.
 */
export function prefixedLatin1(
  prefix: string,
  bytes: Uint8Array,
  start: number,
  end: number,
  allowed: Uint8Array,
): string | undefined {
  const codes = shortCodes[prefix.length + end - start];
  let length = 0;
  if (codes !== undefined) for (; length < prefix.length; length++) codes[length] = prefix.charCodeAt(length);
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    if (allowed[byte] === 0) return undefined;
    if (codes !== undefined) codes[length++] = byte;
  }
  return codes === undefined ? [prefix, latin1(bytes, start, end)].join('') : String.fromCharCode(...codes);
}

/** 1 for printable ASCII. */
export const printable = Uint8Array.from({ length: 256 }, (_, code) => (code >= 0x20 && code < 0x7f ? 1 : 0));

/** True where all bytes are printable ASCII, which nothing has to be done to before it is shown. */
export function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    if (printable[bytes[index] as number] === 0) return false;
  }
  return true;
}

export function utf8Bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function utf8Text(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/** Big-endian UTF-16, as BMPString and PKCS #12 passwords have it. */
export function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    bytes[index * 2] = text.charCodeAt(index) >> 8;
    bytes[index * 2 + 1] = text.charCodeAt(index) & 0xff;
  }
  return bytes;
}

function decodeOther(bytes: Uint8Array): string {
  try {
    return utf8Strict.decode(bytes);
  } catch {
    return latin1(bytes);
  }
}

function decodeBmp(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    text += String.fromCharCode(((bytes[index] as number) << 8) | (bytes[index + 1] as number));
  }
  return text;
}

function decodeUniversal(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index + 3 < bytes.length; index += 4) {
    const high = ((bytes[index] as number) << 8) | (bytes[index + 1] as number);
    const point = high * 65536 + ((bytes[index + 2] as number) << 8) + (bytes[index + 3] as number);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Control characters and invisible direction marks as `\x0A` or `\u202E`, so that a name cannot pretend to be another. */
export function visible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = (character.codePointAt(0) as number).toString(16).toUpperCase();
    return code.length < 3 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
