import type { ApacheFile } from '../syntax.ts';

/**
 * The tag that closes the section whose opening tag ends the line before an offset, where nothing closes it and nothing but blank
 * lines or what closes the section around it comes next: of what stands there nobody knows whether it belongs into the section.
 */
export function closingTagAfter({ document: { text }, errors }: ApacheFile, offset: number): string | undefined {
  const before = text.slice(0, offset).trimEnd().length;
  if (!/^[ \t]*\r?\n[ \t]*$/.test(text.slice(before, offset))) return undefined;
  if (!/^(?:[ \t]*\r?\n){2}|^\s*(?:<\/|$)/.test(text.slice(offset))) return undefined;
  const unclosed = errors.find(({ kind, range }) => kind === 'unclosed' && range.end === before);
  return unclosed?.kind === 'unclosed' && text[before - 1] === '>' ? `</${unclosed.section.name}>` : undefined;
}
