import { isBlank, leftBrace, semicolon } from './characters.ts';

/** The next place of a part, or the end of the text. */
export function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
}

/** Where a word without quotes ends, whatever it is made of. */
export function endOfBareWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBlank(code) || code === semicolon || code === leftBrace) break;
    at++;
  }
  return at;
}

/** Where the last word of a line ends, without its `;`. */
export function endOfWordsInLine(text: string, from: number): number {
  let end = indexOrEnd(text, '\n', from);
  while (end > from + 1 && (isBlank(text.charCodeAt(end - 1)) || text[end - 1] === ';')) end--;
  return end;
}
