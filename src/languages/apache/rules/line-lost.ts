import type { Range } from '../../../text/range.ts';
import { lastBefore, withKey, withWord } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Statement } from '../evaluate/statement.ts';
import { type ApacheReport, type ApacheRule, fix } from './rule.ts';

/**
 * The last line of a file without a line end, right behind `Use`: what reads a macro's lines hands on the end of the file
 * instead of that line (measured with 2.4.71).
 */
export const lineLost: ApacheRule = {
  id: 'line-lost',
  title: 'Last line after Use without a line end',
  severity: 'information',
  effect: 'advice',
  *check({ evaluation, project }) {
    for (const use of withKey(evaluation, 'use')) {
      const text = project.files.get(use.file)?.document.text;
      const range = text === undefined ? undefined : lastLineBehind(use, text);
      if (text === undefined || range === undefined || !isExpanded(use, evaluation)) continue;
      yield report(use, range, text, evaluation);
    }
  },
};

/** The line that follows, where it is the last one, ends with the file and is no comment. */
function lastLineBehind({ node }: Statement, text: string): Range | undefined {
  const newline = text.indexOf('\n', node.range.end);
  if (newline < 0 || text.indexOf('\n', newline + 1) >= 0) return undefined;
  const line = text.slice(newline + 1);
  const start = newline + 1 + line.length - line.trimStart().length;
  return line.trim() === '' || line.trimStart().startsWith('#')
    ? undefined
    : { start, end: start + line.trim().length };
}

/** A macro that is there before the line, empty or not. */
function isExpanded({ args: [name, ...values], order, branches }: Statement, evaluation: Evaluation): boolean {
  const macro = lastBefore(withWord(evaluation, 'macro', name?.value.toLowerCase() ?? ''), order);
  if (!macro || branches.length > 0 || macro.node.kind !== 'section') return false;
  return macro.args.length - 1 === values.length;
}

function report({ file, parents }: Statement, range: Range, text: string, { context }: Evaluation): ApacheReport {
  const line = text.slice(range.start, range.end);
  const closed = /^<\/([a-z]+)/i.exec(line)?.[1];
  const section = parents.at(-1);
  const stops = closed !== undefined && section?.node.key === closed.toLowerCase() && context !== '.htaccess';
  const outcome = stops ? `<${closed}> is not closed and Apache does not start` : `"${line}" is silently ignored`;
  return {
    message: `Right after Use, Apache does not read the last line of a file if it has no line end: ${outcome}. End the line.`,
    location: { file, range },
    ...(stops ? { severity: 'error', effect: 'start' } : {}),
    fixes: [fix('End the line', true, { file, range: { start: range.end, end: range.end }, newText: '\n' })],
  };
}
