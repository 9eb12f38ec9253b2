import type { Location, Range } from '../../../text/range.ts';
import type { ApacheContext } from './rule.ts';

/** The text of a file, empty for one that is not of the project. */
export function textOf(file: string, { project }: Pick<ApacheContext, 'project'>): string {
  return project.files.get(file)?.document.text ?? '';
}

/**
 * Where the first characters of a word stand, behind its quote. Undefined where the file does not have them so: a macro, a
 * variable or an escape has made them of something else.
 */
export function rangeOfStart(
  word: Location,
  characters: string,
  context: Pick<ApacheContext, 'project'>,
): Range | undefined {
  const written = textOf(word.file, context).slice(word.range.start, word.range.end);
  const quote = /^["']/.test(written) ? 1 : 0;
  if (!written.startsWith(characters, quote)) return undefined;
  const start = word.range.start + quote;
  return { start, end: start + characters.length };
}
