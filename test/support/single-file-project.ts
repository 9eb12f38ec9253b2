import { statedContext } from '../../src/analysis/comments/comment-words.ts';
import type { Language, Project } from '../../src/languages/language.ts';
import { createDocument } from '../../src/text/document.ts';
import type { Target } from '../../src/tls/target.ts';

/** Builds the project of one text without a file system: its includes stay unknown. */
export function singleFileProject(
  file: string,
  text: string,
  language: Language,
  target: Target,
  absent: Project['absent'] = () => undefined,
): Project {
  const parsed = language.parse(createDocument(file, text));
  return {
    entry: file,
    complete: language.isMain(parsed),
    context: statedContext(text, language),
    files: new Map([[file, parsed]]),
    included: (pattern) => (pattern === file ? [file] : undefined),
    absent,
    target,
  };
}
