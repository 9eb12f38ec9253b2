import type { Language } from '../../languages/language.ts';
import type { RuleInfo } from '../../text/finding.ts';

/** What may stand at the end of a line that is a comment for TLS Workbench. */
export interface CommentCompletion {
  /** Characters of the word that is there already. */
  readonly typed: number;
  readonly words: readonly { readonly word: string; readonly detail: string }[];
}

const comments = [
  { word: 'tls-workbench-disable-next-line', detail: 'silences rules on the next line' },
  { word: 'tls-workbench-disable', detail: 'silences rules from here to the end of the file' },
  { word: 'tls-workbench-context', detail: 'says which block the file is included in' },
];

/** Completes the comments of docs/settings.md: their names, rules up to the reason, contexts; undefined elsewhere. */
export function completeComment(
  line: string,
  { contexts }: Pick<Language, 'contexts'>,
  rules: readonly RuleInfo[],
): CommentCompletion | undefined {
  const name = /^\s*#\s*(t(?:l(?:s[\w-]*)?)?)$/.exec(line)?.[1];
  if (name !== undefined) return { typed: name.length, words: comments };
  const [, comment, rest = ''] = /^\s*#\s*tls-workbench-([\w-]+)\s+(.*)$/.exec(line) ?? [];
  const typed = /[\w-]*$/.exec(rest)?.[0].length ?? 0;
  if (comment === 'context' && !/\s/.test(rest)) {
    return { typed, words: contexts.map((word) => ({ word, detail: '' })) };
  }
  if ((comment !== 'disable' && comment !== 'disable-next-line') || /(?:^|\s)--/.test(rest)) return undefined;
  return { typed, words: rules.map(({ id, title }) => ({ word: id, detail: title })) };
}
