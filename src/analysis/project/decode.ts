/** Bytes. Larger files are no configuration that anybody wrote; they are named and left alone. */
export const maximumFileSize = 16 * 1_048_576;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

/** UTF-8, or where the bytes are none, Latin-1, which knows every byte: servers do not care either. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}

/** The text as bytes, in the encoding that `decodeText` took the bytes before for, so that what did not change stays as it was. */
export function encodeText(text: string, before: Uint8Array): Uint8Array {
  if (isUtf8(before)) return new TextEncoder().encode(text);
  const bytes = latin1Bytes();
  const encoded = [...text].map((character) => bytes.get(character));
  // A character of no such byte was not there before: then all of the file is written as UTF-8.
  return encoded.every((byte) => byte !== undefined) ? Uint8Array.from(encoded) : new TextEncoder().encode(text);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes by the characters that they are decoded to. */
function latin1Bytes(): ReadonlyMap<string, number> {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  return new Map([...latin1.decode(all)].map((character, byte) => [character, byte]));
}

/** True where the text holds what no configuration has: a NUL in its first 8,000 characters. */
export function looksBinary(text: string): boolean {
  const nul = text.indexOf('\0');
  return nul >= 0 && nul < 8_000;
}

/** True for letters of two bytes each, as some editors and PowerShell's `>` write them: every other character is a NUL. */
export function looksUtf16(text: string): boolean {
  return /^(?:\u00ff\u00fe|\u00fe\u00ff)?(?:(?:[\t\n\r -~]\0){8}|(?:\0[\t\n\r -~]){8})/.test(text);
}
