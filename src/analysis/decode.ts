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

/** True where the text holds what no configuration has: a NUL in its first 8,000 characters. */
export function looksBinary(text: string): boolean {
  const nul = text.indexOf('\0');
  return nul >= 0 && nul < 8_000;
}
