/** How the lines of a text end: as its first one does, for a text of megabytes is not looked through for each edit. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  return text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}
