import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';
import { readElement } from '../asn1/der.ts';
import { encodePem, startsLine } from './armour.ts';
import { decodeBase64 } from './base64.ts';
import type { Boundary, PemBlock, PemProblem, PemProblemId } from './block.ts';

/** The slow way: find out everything that is unusual about one block. */
export function examineBlock(
  text: string,
  begin: Boundary,
  end: Boundary | undefined,
  range: Range,
  body: Range,
  previousEnd: number,
): PemBlock {
  const raw = text.slice(body.start, body.end);
  const escaped = /\\[rn]/.test(raw);
  const remark = escaped ? undefined : remarkAfter(raw);
  const plain = escaped ? raw.replace(/\\r|\\n/g, '\n') : raw.slice(remark?.length ?? 0);
  const { headers, rest } = splitHeaders(plain);
  const decoded = decodeBase64(rest);
  const problems = [
    ...armourProblems(text, begin, end, range),
    ...placeProblems(text, begin, end, previousEnd, escaped),
    ...lineProblems(raw, rest, begin, body, end !== undefined, escaped),
    ...contentProblems(begin, range, body, decoded),
  ];
  if (remark !== undefined) {
    const message = `“${remark.trim()}” follows the BEGIN line.`;
    problems.push({ id: 'trailing-text', message, range: begin.range, refused: true });
  }
  const foreignHeader = Object.keys(headers).find((name) => name !== 'Proc-Type' && name !== 'DEK-Info');
  if (foreignHeader !== undefined && headers['Proc-Type'] === undefined) {
    const message = `OpenSSL takes the line “${foreignHeader}: …” for a sign of encryption and refuses the block.`;
    problems.push({ id: 'headers', message, range: body, refused: true });
  }
  const fixable = problems.length > 0 && headers['Proc-Type'] === undefined && isWhole(decoded.bytes);
  const fix = fixable ? rewrite(text, range, begin.label, decoded.bytes) : undefined;
  return { label: begin.label, range, body, headers, bytes: decoded.bytes, problems, fix };
}

/** Words behind the BEGIN line, told from base64 on the same line by their length and by a line of base64 after them. */
function remarkAfter(raw: string): string | undefined {
  const match = /^[ \t]*[^\r\n]{1,40}(?=\r?\n[A-Za-z0-9+/=]{44,}[ \t]*\r?\n)/.exec(raw.slice(0, 400));
  return match !== null && match[0].trim() !== '' ? match[0] : undefined;
}

/** What is put right must be complete: a repaired armour around half a certificate would only hide the fault. */
function isWhole(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return bytes.length > 0 && bytes[0] === 0x6f;
  try {
    return readElement(bytes).next <= bytes.length;
  } catch {
    return false;
  }
}

function armourProblems(text: string, begin: Boundary, end: Boundary | undefined, range: Range): PemProblem[] {
  const problems: PemProblem[] = [];
  if (end === undefined) {
    const message = `The ${begin.label} block has no END line: the file is cut off, or the line was lost.`;
    problems.push({ id: 'no-end', message, range, refused: true });
  } else if (end.label !== begin.label) {
    const message = `The block begins as ${begin.label} and ends as ${end.label}.`;
    problems.push({ id: 'label-mismatch', message, range: end.range, refused: true });
  }
  for (const boundary of end === undefined ? [begin] : [begin, end]) {
    if (boundary.proper) continue;
    const written = text.slice(boundary.range.start, boundary.range.end);
    const wanted = `-----${boundary.begin ? 'BEGIN' : 'END'} ${boundary.label}-----`;
    const [id, message] =
      written.toUpperCase() === wanted
        ? (['lower-case', `“${written}” has to be written in capitals.`] as const)
        : (['dashes', `“${written}” needs five hyphens on both sides, as in “${wanted}”.`] as const);
    problems.push({ id, message, range: boundary.range, refused: true });
  }
  return problems;
}

/** What stands before and behind the block on its first and last line. */
function placeProblems(
  text: string,
  begin: Boundary,
  end: Boundary | undefined,
  previousEnd: number,
  escaped: boolean,
): PemProblem[] {
  const problems: PemProblem[] = [];
  const { start } = begin.range;
  if (start === previousEnd && previousEnd > 0) {
    const message = 'This block starts on the line on which the one before ends.';
    problems.push({ id: 'glued', message, range: begin.range, refused: true });
  } else if (!startsLine(text, start) && !escaped) {
    const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
    const before = text.slice(lineStart, start);
    if (before !== '') {
      const what = before.trim() === '' ? 'spaces' : 'text';
      const message = `There is something before the BEGIN line: ${what}.`;
      problems.push({ id: 'indented', message, range: begin.range, refused: true });
    }
  }
  if (end !== undefined && !escaped && startsLine(text, start)) {
    const lineStart = text.lastIndexOf('\n', end.range.start - 1) + 1;
    const before = text.slice(lineStart, end.range.start);
    if (before !== '' && lineStart > start) {
      const what = before.trim() === '' ? 'spaces' : 'text';
      const message = `There is something before the END line: ${what}.`;
      problems.push({ id: 'indented', message, range: end.range, refused: true });
    }
  }
  if (end !== undefined && !escaped && /^[ \t]*[^\s-]/.test(text.slice(end.range.end, end.range.end + 80))) {
    const message = 'Something follows the END line.';
    problems.push({ id: 'trailing-text', message, range: end.range, refused: true });
  }
  return problems;
}

/** How the content is broken into lines. */
function lineProblems(
  raw: string,
  rest: string,
  begin: Boundary,
  body: Range,
  closed: boolean,
  escaped: boolean,
): PemProblem[] {
  const problems: PemProblem[] = [];
  const add = (id: PemProblemId, message: string, range: Range, refused = true) => {
    problems.push({ id, message, range, refused });
  };
  if (escaped) {
    const message = 'The line ends are written as the two characters “\\n”, as in JSON or an environment variable.';
    add('escaped-newlines', message, begin.range);
    return problems;
  }
  if (/\r(?!\r*\n)/.test(raw)) {
    add('carriage-returns', 'The lines end with a carriage return alone, as on old Macintoshes.', begin.range);
  } else if (closed && !/[\r\n]/.test(raw)) {
    add('one-line', 'Armour and content stand on one line.', begin.range);
  } else if (/\n[ \t]+[A-Za-z0-9+/=]/.test(rest)) {
    add('indented', 'The lines of the content are indented.', body, false);
  }
  if (/[A-Za-z0-9+/=][ \t]*\r?\n[ \t]*\r?\n/.test(closed ? rest : rest.trimEnd())) {
    add('blank-line', 'There is a blank line inside the content.', body);
  }
  return problems;
}

function contentProblems(
  begin: Boundary,
  range: Range,
  body: Range,
  { bytes, foreign, characters, padding }: ReturnType<typeof decodeBase64>,
): PemProblem[] {
  if (foreign > 0) {
    const message = `${foreign} characters of the content are not base64.`;
    return [{ id: 'foreign-characters', message, range: body, refused: true }];
  }
  if (bytes.length === 0) {
    return [{ id: 'empty', message: `The ${begin.label} block has no content.`, range, refused: true }];
  }
  if ((characters + padding) % 4 === 0) return [];
  const message = 'The base64 ends early or lacks its padding (“=”).';
  return [{ id: 'padding', message, range: body, refused: true }];
}

/** `Proc-Type: 4,ENCRYPTED` and the like, up to a blank line. A folded header continues on an indented line. */
function splitHeaders(body: string): { readonly headers: Record<string, string>; readonly rest: string } {
  const match = /^\s*((?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+)[ \t]*\r?\n/.exec(
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

/** The block as it should be, on lines of its own; blanks and escaped line ends around it go. */
function rewrite(text: string, range: Range, label: string, bytes: Uint8Array): TextEdit {
  let { start, end } = range;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  const escapes = /(?:[ \t]|\\[rn])*/y;
  escapes.lastIndex = end;
  escapes.test(text);
  end = Math.max(end, escapes.lastIndex);
  const before = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\ufeff' ? '' : '\n';
  const after = text[end] === '\n' || (text[end] === '\r' && text[end + 1] === '\n') ? '' : '\n';
  return { range: { start, end }, newText: `${before}${encodePem(label, bytes).trimEnd()}${after}` };
}

/** A whole text of nothing but base64 that starts as a DER SEQUENCE does. */
export function bareBlock(text: string, label = 'CERTIFICATE'): PemBlock | undefined {
  const start = text.search(/\S/);
  if (start < 0 || !/^[\ufeff]?M[A-Za-z0-9+/]{20}/.test(text.slice(start, start + 30)) || text.length > 5_000_000)
    return undefined;
  const range = { start, end: text.trimEnd().length };
  const { bytes, foreign } = decodeBase64(text, range.start, range.end);
  if (foreign > 0 || bytes[0] !== 0x30) return undefined;
  const message = `This is base64 without the lines “-----BEGIN ${label}-----” and “-----END ${label}-----”.`;
  return {
    label,
    range,
    body: range,
    headers: {},
    bytes,
    problems: [{ id: 'no-armour', message, range, refused: true }],
    fix: { range, newText: encodePem(label, bytes).trimEnd() },
  };
}
