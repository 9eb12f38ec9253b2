import type { Language, Project, TextReport } from '../../languages/language.ts';
import type { RuleInfo } from '../../text/finding.ts';
import type { Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import { commentNames, contextComments, unknownComments } from './comments.ts';

/** A comment that is misspelt would change nothing in silence. */
export const commentUnknown: RuleInfo = {
  id: 'comment-unknown',
  title: 'A comment for TLS Workbench is misspelt',
  severity: 'information',
  effect: 'advice',
};

/** Names that begin so are meant for TLS Workbench; anything else may be a sentence about one of its files. */
const meant = /^(?:disable|enable|ignore|context)/;

/** The context that a text states, or the one that a misspelt word means. */
export function statedContext(text: string, { contexts }: Language): string | undefined {
  const word = contextComments(text)[0]?.word;
  if (word === undefined || contexts.includes(word)) return word;
  return suggest(word, contexts);
}

/** Comments whose name, or whose context, nobody knows, and those that state one where it is known or stated already. */
export function* judgeComments(
  files: Project['files'],
  { name: language, contexts, isMain }: Pick<Language, 'name' | 'contexts' | 'isMain'>,
): Iterable<TextReport> {
  for (const [file, parsed] of files) {
    const { document } = parsed;
    for (const { name, range } of unknownComments(document.text)) {
      const near = suggest(name, commentNames);
      if (near === undefined && !meant.test(name)) continue;
      const start = `There is no comment "tls-workbench-${name}".`;
      const all = commentNames.map((known) => `tls-workbench-${known}`);
      yield report(file, range, start, near, all, near === undefined ? undefined : `tls-workbench-${near}`);
    }
    let isStated = false;
    for (const { word, range } of contextComments(document.text)) {
      if (contexts.includes(word)) {
        // That a main file is the main one is no news, but true.
        if (isStated) yield unused(file, range, 'the first comment of a file states its context');
        else if (word !== contexts[0] && isMain(parsed))
          yield unused(file, range, 'the file is a whole configuration, whose place is known');
        isStated = true;
        continue;
      }
      if (contexts.length === 0) {
        yield unused(file, range, `what ${language} reads has no other place`);
        continue;
      }
      const start = word === '' ? 'This comment names no context.' : `${language} has no context "${word}".`;
      yield report(file, range, start, suggest(word, contexts), contexts);
    }
  }
}

function unused(file: string, range: Range, why: string): TextReport {
  const message = `This context is not looked at: ${why}. Remove the comment.`;
  return { rule: commentUnknown.id, severity: 'hint', message, location: { file, range } };
}

/** @param shown the suggestion as the message says it */
function report(
  file: string,
  range: Range,
  start: string,
  near: string | undefined,
  all: readonly string[],
  shown = near,
): TextReport {
  const next = shown === undefined ? `Use one of ${all.join(', ')}.` : `Did you mean ${shown}?`;
  const message = `${start} ${next}`;
  const found: TextReport = { rule: commentUnknown.id, message, location: { file, range } };
  if (near === undefined) return found;
  return { ...found, fixes: [{ title: `Change to ${near}`, safe: true, edits: [{ file, range, newText: near }] }] };
}
