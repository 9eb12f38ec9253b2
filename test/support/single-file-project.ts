import { statedContext } from '../../src/analysis/comments/comment-words.ts';
import type { Language, Project } from '../../src/languages/language.ts';
import { createDocument } from '../../src/text/document.ts';
import { resolvePath } from '../../src/text/path.ts';
import type { Target } from '../../src/tls/target.ts';

/**
 * Builds the project of one text without a file system: its includes stay unknown, but for a wildcard.
 * @param matched names of files that a wildcard matches, each with an empty server or virtual host
 */
export function singleFileProject(
  file: string,
  text: string,
  language: Language,
  target: Target,
  absent: Project['absent'] = () => undefined,
  matched: readonly string[] = [],
): Project {
  const parsed = language.parse(createDocument(file, text));
  const server = language.id === 'apache' ? '<VirtualHost *:80>\n</VirtualHost>\n' : 'server {\n}\n';
  const beside = matched.map((name) => resolvePath(file, `../${name}`));
  return {
    entry: file,
    complete: language.isMain(parsed),
    context: statedContext(text, language),
    files: new Map([
      [file, parsed],
      ...beside.map((path) => [path, language.parse(createDocument(path, server))] as const),
    ]),
    included(pattern) {
      if (pattern === file) return [file];
      return pattern.includes('*') && beside.length > 0
        ? beside.filter((path) => pattern.endsWith('*') || path.endsWith('.conf'))
        : undefined;
    },
    absent,
    target,
  };
}
