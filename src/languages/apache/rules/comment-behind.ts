import type { Fix } from '../../../text/finding.ts';
import { lineStart } from '../../../text/lines.ts';
import type { Range } from '../../../text/range.ts';
import type { Statement } from '../evaluate/statement.ts';
import { type ApacheContext, fix } from './rule.ts';
import { textOf } from './source.ts';

/** A comment behind a directive: httpd knows comments at the start of a line alone, and takes the words as arguments. */
export interface CommentBehind {
  readonly range: Range;
  readonly hint: string;
  readonly fixes: readonly Fix[];
}

export function commentBehind(
  { args, node, file }: Pick<Statement, 'args' | 'node' | 'file'>,
  context: ApacheContext,
): CommentBehind | undefined {
  const index = args.findIndex(({ value, quote }, at) => at > 0 && quote === '' && value.startsWith('#'));
  const first = args[index];
  const before = args[index - 1];
  const last = args.at(-1);
  if (!first || !before || !last || node.kind === 'section') return undefined;
  const range = { start: first.range.start, end: last.range.end };
  return behind(textOf(file, context), file, node.range.start, before.range.end, range);
}

/** The same behind the opening tag of a section, at `tag`. */
export function commentBehindTag(text: string, file: string, tag: Range): CommentBehind | undefined {
  const [, before, blanks = '', comment] =
    /^([^#\r\n]*>)([ \t]*)(#[^\r\n]*)$/.exec(text.slice(tag.start, tag.end)) ?? [];
  if (before === undefined || comment === undefined) return undefined;
  const end = tag.start + before.length;
  return behind(text, file, tag.start, end, { start: end + blanks.length, end: tag.end });
}

/** What begins at `start` and ends at `end`, with a comment at `range` behind it. */
function behind(text: string, file: string, start: number, end: number, range: Range): CommentBehind {
  const hint = 'Apache allows comments only at the start of a line. Put this one on a line of its own.';
  const indent = text.slice(lineStart(text, start), start);
  const comment = text.slice(range.start, range.end);
  if (!/^[ \t]*$/.test(indent) || /[\r\n]/.test(text.slice(start, range.end))) return { range, hint, fixes: [] };
  const move = fix(
    'Move the comment to a line of its own',
    true,
    { file, range: { start, end: start }, newText: `${comment}\n${indent}` },
    { file, range: { start: end, end: range.end }, newText: '' },
  );
  return { range, hint, fixes: [move] };
}
