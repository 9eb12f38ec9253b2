import type { Range } from '../../text/range.ts';
import { startsLine } from './armour.ts';
import { base64Value, decodeBase64 } from './base64.ts';
import type { Boundary, PemBlock, PemProblem } from './block.ts';
import { bareBlock, examineBlock } from './examine.ts';

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
/** Armour lines are found by their words; the dashes around are then measured, since glued lines share them. */
function* boundariesIn(text: string): Iterable<Boundary> {
  let previous = 0;
  let next = 0;
  for (;;) {
    // Set each time: who reads another text between two of these boundaries uses the same expression.
    words.lastIndex = next;
    const match = words.exec(text);
    if (match === null) return;
    next = words.lastIndex;
    const start = dashesBefore(text, match.index, previous);
    if (start === match.index) continue;
    const end = dashesAfter(text, match.index + match[0].length);
    const label = (match[2] as string).trim().toUpperCase();
    const begin = (match[1] as string).toUpperCase() === 'BEGIN';
    const proper = text.slice(start, end) === `-----${begin ? 'BEGIN' : 'END'} ${label}-----`;
    yield { begin, label, range: { start, end }, proper };
    previous = end;
    next = end;
  }
}

function dashesBefore(text: string, position: number, limit: number): number {
  const end = text[position - 1] === ' ' ? position - 1 : position;
  let start = end;
  while (start > limit && end - start < 5 && isDash(text.charCodeAt(start - 1))) start--;
  return start === end ? position : start;
}

/** At most five, because the dashes of a glued BEGIN may follow. */
function dashesAfter(text: string, position: number): number {
  let end = position;
  while (end < text.length && end - position < 5 && isDash(text.charCodeAt(end))) end++;
  return end;
}

/** A hyphen, or what word processors make of one. */
function isDash(code: number): boolean {
  return code === 0x2d || (code >= 0x2010 && code <= 0x2015) || code === 0x2212;
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
  const isProper = end?.label === begin.label && begin.proper && end.proper;
  if (isProper && startsLine(text, begin.range.start) && endsLine(text, end.range.end)) {
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

function endsLine(text: string, position: number): boolean {
  const after = text[position];
  return after === undefined || after === '\n' || after === '\r' || after === '-';
}

function trimmedEnd(text: string, body: Range): number {
  let end = body.end;
  while (end > body.start && /\s/.test(text[end - 1] as string)) end--;
  return end;
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

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text of a file: UTF-8, or UTF-16 by its byte order mark or its zeros. */
export function textOfFile(bytes: Uint8Array): { readonly text: string; readonly utf16: boolean } {
  const little = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x2d && bytes[1] === 0 && bytes[2] === 0x2d);
  const big = (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0 && bytes[1] === 0x2d && bytes[2] === 0);
  if (!little && !big) return { text: utf8.decode(bytes), utf16: false };
  return { text: new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes), utf16: true };
}
