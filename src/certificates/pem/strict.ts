import { decodeBase64 } from './base64.ts';

/** What OpenSSL makes of a text that it reads block by block until the end, as servers read certificates. */
export interface StrictReading {
  /** Where the blocks begin that it takes. Those whose BEGIN line it does not know for one it passes over without a word. */
  readonly taken: ReadonlySet<number>;
  /** It gives up at a block, and so does the server. */
  readonly stops: boolean;
}

/** `PEM_read_bio` of OpenSSL 3 (crypto/pem/pem_lib.c, `get_name` and `get_header_and_data`), line by line. */
export function readStrictly(text: string): StrictReading {
  const taken = new Set<number>();
  const lines = linesOf(text);
  let isFirst = true;
  for (let line = lines.next(isFirst); line !== undefined; line = lines.next(isFirst)) {
    isFirst = false;
    if (!line.text.startsWith('-----BEGIN ') || !line.text.endsWith('-----')) continue;
    if (!readBlock(lines, line.text.slice('-----BEGIN '.length, -'-----'.length))) return { taken, stops: true };
    taken.add(line.start);
    isFirst = true;
  }
  return { taken, stops: false };
}

/** From behind the BEGIN line to the END line; false where OpenSSL refuses it. */
function readBlock(lines: Lines, name: string): boolean {
  let header: 'possible' | 'open' | 'over' = 'possible';
  let [words, data] = ['', ''];
  let isShort = false;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (header === 'possible' && line.text.includes(':')) header = 'open';
    if (line.text === '') {
      if (header === 'over') return false;
      header = 'over';
      [words, data] = [data, ''];
    } else if (line.text.startsWith('-----END ')) {
      if (line.text !== `-----END ${name}-----` || header === 'open') return false;
      // Words before the content tell of encryption, which is looked at where somebody asks for the block.
      return isBase64(data) && (words === '' || !/CERTIFICATE$|CRL$/.test(name));
    } else {
      // Behind a header, what follows a short line is refused, and so is a long one.
      if (isShort || (header === 'over' && line.text.length > 64)) return false;
      isShort = header === 'over' && line.text.length < 64;
      data += `${line.text}\n`;
    }
  }
  return false;
}

/** Reading ends at the first hyphen. */
function isBase64(data: string): boolean {
  const end = data.indexOf('-');
  const { bytes, foreign, characters, padding } = decodeBase64(data, 0, end < 0 ? data.length : end);
  return foreign === 0 && bytes.length > 0 && (characters + padding) % 4 === 0;
}

interface Lines {
  /** @param isFirst of a block, or of the text: the mark of UTF-8 may stand there */
  next(isFirst?: boolean): { readonly start: number; readonly text: string } | undefined;
}

/** Longer lines are read in pieces. */
const longest = 254;

/** Without blanks, control characters and all beyond ASCII at their ends. */
function linesOf(text: string): Lines {
  let position = 0;
  return {
    next(isFirst = false) {
      if (isFirst && text[position] === '\ufeff') position++;
      if (position >= text.length) return undefined;
      const start = position;
      const lineEnd = text.indexOf('\n', start);
      position = Math.min(lineEnd < 0 ? text.length : lineEnd + 1, start + longest);
      let end = position;
      while (end > start && !(text.charCodeAt(end - 1) > 32 && text.charCodeAt(end - 1) < 128)) end--;
      return { start, text: text.slice(start, end) };
    },
  };
}
