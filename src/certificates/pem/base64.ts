import { latin1 } from '../asn1/strings.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(128).fill(-1);
for (let index = 0; index < 64; index++) values[alphabet.charCodeAt(index)] = index;
const codes = Array.from(alphabet, (character) => character.charCodeAt(0));

/** Base64 (RFC 4648 section 4), padded, in one line. */
export function base64Of(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let target = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    const first = bytes[index] as number;
    const second = bytes[index + 1];
    const third = bytes[index + 2];
    out[target++] = codes[first >> 2] as number;
    out[target++] = codes[((first & 3) << 4) | ((second ?? 0) >> 4)] as number;
    out[target++] = second === undefined ? 61 : (codes[((second & 15) << 2) | ((third ?? 0) >> 6)] as number);
    out[target++] = third === undefined ? 61 : (codes[third & 63] as number);
  }
  return latin1(out);
}

/** Value of one character, or -1 where it is none of the alphabet. */
export function base64Value(code: number): number {
  return code < 128 ? (values[code] as number) : -1;
}

/**
 * Bytes of the base64 between two offsets of a text; whatever is not of the alphabet is skipped, reading ends at `=`.
 * `foreign` counts what was skipped apart from white space and control characters, which OpenSSL skips too.
 */
export function decodeBase64(
  text: string,
  start = 0,
  end = text.length,
): { readonly bytes: Uint8Array; readonly foreign: number; readonly characters: number; readonly padding: number } {
  const bytes = new Uint8Array((((end - start) * 3) >> 2) + 3);
  let target = 0;
  let buffer = 0;
  let bits = 0;
  let foreign = 0;
  let characters = 0;
  let padding = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? (values[code] as number) : -1;
    if (value < 0) {
      if (code === 61) padding++;
      else if (code > 32) foreign++;
      continue;
    }
    if (padding > 0) {
      foreign++;
      continue;
    }
    characters++;
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[target++] = (buffer >> bits) & 0xff;
    }
  }
  return { bytes: bytes.subarray(0, target), foreign, characters, padding };
}
