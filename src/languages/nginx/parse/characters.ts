/** Codes of the characters that mean something to nginx, and what kinds of them there are. */

export const tab = 9;
export const lineFeed = 10;
export const carriageReturn = 13;
export const space = 32;
export const quotationMark = 34;
export const hash = 35;
export const dollar = 36;
export const percent = 37;
export const apostrophe = 39;
const rightParenthesis = 41;
export const semicolon = 59;
export const less = 60;
export const commercialAt = 64;
export const backslash = 92;
export const underscore = 95;
const letterA = 97;
const letterN = 110;
const letterR = 114;
const letterT = 116;
const letterZ = 122;
export const leftBrace = 123;
export const rightBrace = 125;

export function isBlank(code: number): boolean {
  return code === space || code === lineFeed || code === tab || code === carriageReturn;
}

/** True for what may stand behind a directive that a template brings whole. */
export function isEnd(code: number): boolean {
  return code === lineFeed || code === carriageReturn || code === semicolon || code === rightBrace;
}

/** What nearly every directive's name begins with. */
export function isLowerCase(code: number): boolean {
  return code >= letterA && code <= letterZ;
}

/** True for what stands for another character behind a backslash, or for itself without it. */
export function isEscape(code: number): boolean {
  switch (code) {
    case quotationMark:
    case apostrophe:
    case backslash:
    case letterN:
    case letterR:
    case letterT:
      return true;
    default:
      return false;
  }
}

/** After a quoted word only a blank, `;`, `{` or `)` may stand. */
export function mayFollowQuote(code: number, atEnd: boolean): boolean {
  return atEnd || isBlank(code) || code === semicolon || code === leftBrace || code === rightParenthesis;
}

/** Characters that mean something in a word without quotes. */
export const isSpecial = new Uint8Array(leftBrace + 1);
for (const code of [tab, lineFeed, carriageReturn, space, hash, dollar, semicolon, less, backslash, leftBrace]) {
  isSpecial[code] = 1;
}

/** Length in bytes that one word may not reach (ngx_conf_file.c, NGX_CONF_BUFFER). */
const longestWord = 4096;

/** True for a piece of text that nginx's buffer cannot hold whole: a word, or a comment up to its line's end. */
export function isTooLong(text: string, start: number, end: number): boolean {
  if (end - start < longestWord / 3) return false;
  return new TextEncoder().encode(text.slice(start, end)).length >= longestWord;
}
