import type { Fix } from '../../../text/finding.ts';
import { lineBreakOf } from '../../../text/line-break.ts';
import type { Range } from '../../../text/range.ts';
import type { Statement } from '../evaluate/statement.ts';
import { type ApacheContext, fix } from './rule.ts';

/** A comment behind a directive: httpd knows comments at the start of a line alone, and takes the words as arguments. */
export interface CommentBehind {
  readonly range: Range;
  readonly hint: string;
  readonly fixes: readonly Fix[];
}

export function commentBehind(
  { args, node, file }: Pick<Statement, 'args' | 'node' | 'file'>,
  { project }: ApacheContext,
): CommentBehind | undefined {
  const index = args.findIndex(({ value, quote }, at) => at > 0 && quote === '' && value.startsWith('#'));
  const first = args[index];
  const before = args[index - 1];
  const last = args.at(-1);
  if (!first || !before || !last || node.kind === 'section') return undefined;
  const range = { start: first.range.start, end: last.range.end };
  const hint = 'Apache knows comments at the start of a line alone. Put this one on a line of its own.';
  const text = project.files.get(file)?.document.text ?? '';
  const lineStart = text.lastIndexOf('\n', node.range.start - 1) + 1;
  const indent = text.slice(lineStart, node.range.start);
  const comment = text.slice(range.start, range.end);
  if (!/^[ \t]*$/.test(indent) || /[\r\n]/.test(text.slice(node.range.start, range.end)))
    return { range, hint, fixes: [] };
  const start = { start: node.range.start, end: node.range.start };
  const newline = lineBreakOf(text);
  const move = fix(
    'Move the comment to a line of its own',
    true,
    { file, range: start, newText: `${comment}${newline}${indent}` },
    { file, range: { start: before.range.end, end: range.end }, newText: '' },
  );
  return { range, hint, fixes: [move] };
}
