import type { Crypto } from '../../host/host.ts';
import type { CertificateSummary } from '../certificate.ts';
import { base64Value } from '../pem/base64.ts';
import { summarize } from './summary.ts';

const begin = bytesOf('-----BEGIN CERTIFICATE-----');
const end = bytesOf('-----END CERTIFICATE-----');
const dashes = bytesOf('-----');

/**
 * Summaries of a file that holds well-formed PEM certificates and nothing else: what nearly all files of an inventory are.
 * It works on the bytes, with no text made of them. Undefined for every other file, which has to be read with care.
 */
export function summarizePem(bytes: Uint8Array, crypto: Crypto): CertificateSummary[] | undefined {
  const summaries: CertificateSummary[] = [];
  for (let position = nextArmour(bytes, 0); position < bytes.length; ) {
    const body = endOfLine(bytes, matchAt(bytes, position, begin));
    const block = body < 0 ? undefined : (decodeQuickly(bytes, body, crypto) ?? decodeBody(bytes, body));
    if (block === undefined) return undefined;
    const after = endOfLine(bytes, matchAt(bytes, block.end, end));
    if (after < 0) return undefined;
    try {
      summaries.push(summarize(block.der, crypto));
    } catch {
      return undefined;
    }
    position = nextArmour(bytes, after);
  }
  return summaries.length > 0 ? summaries : undefined;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Offset behind `expected`, or -1 where something else stands there. */
function matchAt(bytes: Uint8Array, position: number, expected: Uint8Array): number {
  for (let index = 0; index < expected.length; index++) {
    if (bytes[position + index] !== expected[index]) return -1;
  }
  return position + expected.length;
}

/** Offset of the next line, or -1 where something other than a line end follows; the end of the file counts as one. */
function endOfLine(bytes: Uint8Array, position: number): number {
  if (position < 0 || position === bytes.length) return position;
  const start = bytes[position] === 13 ? position + 1 : position;
  return bytes[start] === 10 ? start + 1 : -1;
}

/** Start of the next line that begins with dashes; comments and blank lines before it are skipped. */
function nextArmour(bytes: Uint8Array, from: number): number {
  for (let position = from; position < bytes.length; ) {
    if (matchAt(bytes, position, dashes) >= 0) return position;
    const newline = bytes.indexOf(10, position);
    if (newline < 0) return bytes.length;
    position = newline + 1;
  }
  return bytes.length;
}

/** 0 to 63 for the alphabet of base64, 64 for a line end, 65 for `=`, 66 for `-`, 255 for what does not belong there. */
const classes = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = base64Value(code);
  if (value >= 0) return value;
  return code === 10 || code === 13 ? 64 : code === 61 ? 65 : code === 45 ? 66 : 255;
});

/** The host's own decoder, believed where the DER that it gives is exactly as long as it says of itself. */
function decodeQuickly(
  bytes: Uint8Array,
  from: number,
  crypto: Crypto,
): { readonly der: Uint8Array; readonly end: number } | undefined {
  const dash = bytes.indexOf(45, from);
  const der = dash < 0 ? undefined : crypto.decodeBase64?.(bytes, from, dash);
  if (der === undefined || der[0] !== 0x30 || der[1] !== 0x82) return undefined;
  return ((der[2] as number) << 8) + (der[3] as number) + 4 === der.length ? { der, end: dash } : undefined;
}

/** Summaries keep no bytes, so every certificate is decoded into the same memory. */
let scratch = new Uint8Array(8192);

/** Base64 up to the first dash. Undefined where a foreign character stands there or the padding is not right. */
function decodeBody(bytes: Uint8Array, from: number): { readonly der: Uint8Array; readonly end: number } | undefined {
  const dash = bytes.indexOf(45, from);
  if (dash < 0) return undefined;
  const size = ((dash - from) * 3) >> 2;
  if (size > scratch.length) scratch = new Uint8Array(size * 2);
  const der = scratch;
  let target = 0;
  let position = from;
  for (;;) {
    const first = classes[bytes[position] as number] as number;
    if (first >= 64) {
      if (first === 64) {
        position++;
        continue;
      }
      return first === 66 ? { der: der.subarray(0, target), end: position } : undefined;
    }
    const second = classes[bytes[position + 1] as number] as number;
    const third = classes[bytes[position + 2] as number] as number;
    const fourth = classes[bytes[position + 3] as number] as number;
    if ((second | third | fourth) < 64) {
      der[target++] = (first << 2) | (second >> 4);
      der[target++] = (second << 4) | (third >> 2);
      der[target++] = (third << 6) | fourth;
      position += 4;
      continue;
    }
    if (second >= 64 || fourth !== 65 || (third >= 64 && third !== 65)) return undefined;
    der[target++] = (first << 2) | (second >> 4);
    if (third < 64) der[target++] = (second << 4) | (third >> 2);
    position += 4;
    while (bytes[position] === 10 || bytes[position] === 13) position++;
    return bytes[position] === 45 ? { der: der.subarray(0, target), end: position } : undefined;
  }
}
