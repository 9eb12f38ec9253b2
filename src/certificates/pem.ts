import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';
import { base64Of, base64Value, decodeBase64 } from './base64.ts';

/**
 * One encapsulated object of a text file (RFC 7468), read however it is written. Shapes that OpenSSL and the servers built on
 * it refuse are problems, and `fix` rewrites the block as it should be.
 */
export interface PemBlock {
  /** `CERTIFICATE`, `RSA PRIVATE KEY`, …; a guess where the armour is missing. */
  readonly label: string;
  /** From the first dash to the last. */
  readonly range: Range;
  /** Between the two armour lines: headers and base64. */
  readonly body: Range;
  /** RFC 1421 headers of old encrypted keys: `Proc-Type`, `DEK-Info`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly problems: readonly PemProblem[];
  readonly fix: TextEdit | undefined;
}

export interface PemProblem {
  readonly id: PemProblemId;
  readonly message: string;
  readonly range: Range;
  /** OpenSSL, and so nginx and Apache, cannot read the block. */
  readonly refused: boolean;
}

export type PemProblemId =
  | 'no-end'
  | 'stray-end'
  | 'label-mismatch'
  | 'glued'
  | 'one-line'
  | 'indented'
  | 'carriage-returns'
  | 'escaped-newlines'
  | 'dashes'
  | 'lower-case'
  | 'no-armour'
  | 'utf-16'
  | 'blank-line'
  | 'padding'
  | 'foreign-characters'
  | 'empty';

interface Boundary {
  readonly begin: boolean;
  readonly label: string;
  readonly range: Range;
  /** Five hyphens on both sides, capitals, one blank. */
  readonly proper: boolean;
}

/** All blocks of a text, in order, and problems that belong to none. Linear in the text's length; never throws. */
export function scanPem(text: string): {
  readonly blocks: readonly PemBlock[];
  readonly problems: readonly PemProblem[];
} {
  const blocks: PemBlock[] = [];
  const problems: PemProblem[] = [];
  let open: Boundary | undefined;
  let previousEnd = 0;
  for (const boundary of boundariesIn(text)) {
    if (boundary.begin) {
      if (open !== undefined) blocks.push(closeBlock(text, open, undefined, boundary.range.start, previousEnd));
      open = boundary;
    } else if (open === undefined) {
      problems.push({
        id: 'stray-end',
        message: `This END ${boundary.label} has no BEGIN line before it.`,
        range: boundary.range,
        refused: false,
      });
    } else {
      blocks.push(closeBlock(text, open, boundary, boundary.range.start, previousEnd));
      previousEnd = boundary.range.end;
      open = undefined;
    }
  }
  if (open !== undefined) blocks.push(closeBlock(text, open, undefined, text.length, previousEnd));
  if (blocks.length === 0) {
    const bare = bareBlock(text);
    if (bare !== undefined) blocks.push(bare);
  }
  return { blocks, problems };
}

const words = /(BEGIN|END)[ \t]{1,4}([A-Z0-9][A-Z0-9 ._#/()]{0,58}?)[ \t]{0,4}(?=[-\u2010-\u2015\u2212])/gi;
const dash = /[-\u2010-\u2015\u2212]/;

/** Armour lines are found by their words; the dashes around are then measured, since glued lines share them. */
function* boundariesIn(text: string): Iterable<Boundary> {
  words.lastIndex = 0;
  const pattern = new RegExp(words);
  let previous = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = dashesBefore(text, match.index, previous);
    if (start === match.index) continue;
    const end = dashesAfter(text, match.index + match[0].length);
    const label = (match[2] as string).trim().toUpperCase();
    const begin = (match[1] as string).toUpperCase() === 'BEGIN';
    const proper = text.slice(start, end) === `-----${begin ? 'BEGIN' : 'END'} ${label}-----`;
    yield { begin, label, range: { start, end }, proper };
    previous = end;
    pattern.lastIndex = end;
  }
}

function dashesBefore(text: string, position: number, limit: number): number {
  const end = text[position - 1] === ' ' ? position - 1 : position;
  let start = end;
  while (start > limit && end - start < 5 && dash.test(text[start - 1] as string)) start--;
  return start === end ? position : start;
}

/** At most five, because the dashes of a glued BEGIN may follow. */
function dashesAfter(text: string, position: number): number {
  let end = position;
  while (end < text.length && end - position < 5 && dash.test(text[end] as string)) end++;
  return end;
}

const properBody = /[ \t]*\r?\n(?:[A-Za-z0-9+/=]+[ \t]*\r?\n)+(?=-----END)/y;

function closeBlock(
  text: string,
  begin: Boundary,
  end: Boundary | undefined,
  bodyEnd: number,
  previousEnd: number,
): PemBlock {
  const body = { start: begin.range.end, end: bodyEnd };
  const range = { start: begin.range.start, end: end?.range.end ?? trimmedEnd(text, body) };
  if (end?.label === begin.label && begin.proper && end.proper && startsLine(text, begin.range.start)) {
    properBody.lastIndex = body.start;
    if (bodyEnd - body.start < 100_000 && properBody.test(text) && properBody.lastIndex === bodyEnd) {
      const { bytes, characters, padding, foreign } = decodeBase64(text, body.start, body.end);
      if ((characters + padding) % 4 === 0 && foreign === 0 && bytes.length > 0) {
        return { label: begin.label, range, body, headers: {}, bytes, problems: [], fix: undefined };
      }
    }
  }
  return examineBlock(text, begin, end, range, body, previousEnd);
}

function startsLine(text: string, position: number): boolean {
  const before = text[position - 1];
  return before === undefined || before === '\n' || before === '\ufeff';
}

function trimmedEnd(text: string, body: Range): number {
  let end = body.end;
  while (end > body.start && /\s/.test(text[end - 1] as string)) end--;
  return end;
}

/** The slow way: find out everything that is unusual about one block. */
function examineBlock(
  text: string,
  begin: Boundary,
  end: Boundary | undefined,
  range: Range,
  body: Range,
  previousEnd: number,
): PemBlock {
  const raw = text.slice(body.start, body.end);
  const escaped = /\\[rn]/.test(raw);
  const plain = escaped ? raw.replace(/\\r|\\n/g, '\n') : raw;
  const { headers, rest } = splitHeaders(plain);
  const decoded = decodeBase64(rest);
  const problems: PemProblem[] = [];
  const add = (id: PemProblemId, message: string, refused = true, where: Range = begin.range) => {
    problems.push({ id, message, range: where, refused });
  };
  const armour = `-----BEGIN ${begin.label}-----`;
  if (end === undefined) {
    add('no-end', `The ${begin.label} block has no END line: the file is cut off, or the line was lost.`, true, range);
  } else if (end.label !== begin.label) {
    add('label-mismatch', `The block begins as ${begin.label} and ends as ${end.label}.`, true, end.range);
  }
  for (const boundary of end === undefined ? [begin] : [begin, end]) {
    if (boundary.proper) continue;
    const written = text.slice(boundary.range.start, boundary.range.end);
    const caseOnly = written.toUpperCase() === `-----${boundary.begin ? 'BEGIN' : 'END'} ${boundary.label}-----`;
    if (caseOnly) add('lower-case', `“${written}” has to be written in capitals.`, true, boundary.range);
    else add('dashes', `“${written}” needs five hyphens on both sides, as in “${armour}”.`, true, boundary.range);
  }
  if (begin.range.start === previousEnd && previousEnd > 0) {
    add('glued', `This block starts on the line on which the one before ends.`);
  } else if (!startsLine(text, begin.range.start) && !escaped) {
    const lineStart =
      Math.max(text.lastIndexOf('\n', begin.range.start - 1), text.lastIndexOf('\r', begin.range.start - 1)) + 1;
    const before = text.slice(lineStart, begin.range.start);
    if (before !== '')
      add('indented', `Something stands before “${armour}” on its line: ${before.trim() === '' ? 'blanks' : 'text'}.`);
  }
  if (escaped)
    add(
      'escaped-newlines',
      'The line ends are written as the two characters “\\n”, as in JSON or an environment variable.',
    );
  else if (/\r(?!\n)/.test(raw))
    add('carriage-returns', 'The lines end with a carriage return alone, as on old Macintoshes.');
  else if (end !== undefined && !/[\r\n]/.test(raw)) add('one-line', 'Armour and content stand on one line.');
  else if (/\n[ \t]+[A-Za-z0-9+/=]/.test(rest)) add('indented', 'The lines of the content are indented.', true, body);
  if (!escaped && /\n[ \t]*\r?\n[^\n]*[A-Za-z0-9+/=]/.test(rest.trimStart() === rest ? rest : `x${rest.trimStart()}`)) {
    add('blank-line', 'There is a blank line inside the content.', true, body);
  }
  if (decoded.foreign > 0) {
    add('foreign-characters', `${decoded.foreign} characters of the content are not base64.`, true, body);
  } else if (decoded.bytes.length === 0) {
    add('empty', `The ${begin.label} block has no content.`, true, range);
  } else if ((decoded.characters + decoded.padding) % 4 !== 0) {
    add('padding', 'The base64 ends early or lacks its padding (“=”).', true, body);
  }
  return {
    label: begin.label,
    range,
    body,
    headers,
    bytes: decoded.bytes,
    problems,
    fix:
      problems.length > 0 && decoded.bytes.length > 0 && Object.keys(headers).length === 0
        ? rewrite(text, range, begin.label, decoded.bytes)
        : undefined,
  };
}

/** `Proc-Type: 4,ENCRYPTED` and the like, up to a blank line. A folded header continues on an indented line. */
function splitHeaders(body: string): { readonly headers: Record<string, string>; readonly rest: string } {
  const match = /^\s*((?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n)+)[ \t]*\r?\n/.exec(
    body.slice(0, 4000),
  );
  if (match === null) return { headers: {}, rest: body };
  const headers: Record<string, string> = {};
  for (const line of (match[1] as string).replace(/\r?\n[ \t]+/g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  return { headers, rest: body.slice(match[0].length) };
}

/** The block as it should be, on lines of its own; blanks before and after it on its lines go. */
function rewrite(text: string, range: Range, label: string, bytes: Uint8Array): TextEdit {
  let { start, end } = range;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  while (end < text.length && (text[end] === ' ' || text[end] === '\t')) end++;
  const before = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\ufeff' ? '' : '\n';
  const after = text[end] === '\r' && text[end + 1] !== '\n' ? '\n' : end >= text.length ? '\n' : '';
  return { range: { start, end }, newText: `${before}${encodePem(label, bytes).trimEnd()}${after}` };
}

/** A whole text of nothing but base64 that starts as a DER SEQUENCE does. */
function bareBlock(text: string): PemBlock | undefined {
  const start = text.search(/\S/);
  if (start < 0 || !/^[\ufeff]?M[A-Za-z0-9+/]{20}/.test(text.slice(start, start + 30)) || text.length > 5_000_000)
    return undefined;
  const range = { start, end: text.trimEnd().length };
  const { bytes, foreign } = decodeBase64(text, range.start, range.end);
  if (foreign > 0 || bytes[0] !== 0x30) return undefined;
  const message = 'This is base64 without the lines “-----BEGIN CERTIFICATE-----” and “-----END CERTIFICATE-----”.';
  return {
    label: 'CERTIFICATE',
    range,
    body: range,
    headers: {},
    bytes,
    problems: [{ id: 'no-armour', message, range, refused: true }],
    fix: { range, newText: encodePem('CERTIFICATE', bytes).trimEnd() },
  };
}

/** RFC 7468: lines of 64 characters, a line end after the last. */
export function encodePem(label: string, bytes: Uint8Array): string {
  const lines = base64Of(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.map((line) => `${line}\n`).join('')}-----END ${label}-----\n`;
}

/** Which byte of the block's DER the character at `offset` helps to write; undefined outside the base64. */
export function byteAt(text: string, block: PemBlock, offset: number): number | undefined {
  if (offset < block.body.start || offset >= block.body.end || base64Value(text.charCodeAt(offset)) < 0)
    return undefined;
  let characters = 0;
  for (let index = block.body.start; index < offset; index++) {
    if (base64Value(text.charCodeAt(index)) >= 0) characters++;
  }
  const byte = Math.floor((characters * 6) / 8);
  return byte < block.bytes.length ? byte : undefined;
}

/** The characters that write the bytes from `start` to `end` of the block's DER. */
export function textRangeOf(text: string, block: PemBlock, bytes: Range): Range {
  const first = Math.floor((bytes.start * 8) / 6);
  const last = Math.ceil((bytes.end * 8) / 6);
  let characters = 0;
  let start = block.body.end;
  let end = block.body.end;
  for (let index = block.body.start; index < block.body.end; index++) {
    if (base64Value(text.charCodeAt(index)) < 0) continue;
    if (characters === first) start = index;
    characters++;
    if (characters === last) {
      end = index + 1;
      break;
    }
  }
  return { start: Math.min(start, end), end };
}

/** Text of a file: UTF-8, or UTF-16 by its byte order mark or its zeros. */
export function textOfFile(bytes: Uint8Array): { readonly text: string; readonly utf16: boolean } {
  const little = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x2d && bytes[1] === 0 && bytes[2] === 0x2d);
  const big = (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0 && bytes[1] === 0x2d && bytes[2] === 0);
  if (!little && !big) return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), utf16: false };
  return { text: new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes), utf16: true };
}
