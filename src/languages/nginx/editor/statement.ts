import type { NginxFile } from '../parse/file.ts';

/** The directive that is being written: what stands between the last `;`, `{` or `}` and the offset, comments left out. */
export function statementBefore(file: NginxFile, offset: number): string {
  const { text } = file.document;
  let start = offset;
  while (start > 0 && offset - start < 2000 && !';{}'.includes(text[start - 1] as string)) start--;
  return text.slice(start, offset).replace(/#[^\n]*(?:\n|$)/g, ' ');
}
