import type { Location } from '../../text/range.ts';
import type { Project, TextReport } from '../language.ts';
import type { NginxFile } from './parse/file.ts';

/** What nginx looks at only after it has read a block, or the whole text, without an error. */
const late: ReadonlySet<string> = new Set(['unknown-variable', 'undefined-name', 'incomplete-block', 'address-in-use']);

/** Mistakes in one directive, which leave all others as they are. */
const local: ReadonlySet<string> = new Set([
  'argument-count',
  'directive-conflict',
  'duplicate-directive',
  'duplicate-name',
  'hash-table-size',
  'invalid-entry',
  'invalid-value',
  'listen-conflict',
  'password-file-missing',
  'server-names',
  'unknown-directive',
  'wrong-context',
]);

/**
 * A name that is defined in a directive that was not understood is no second mistake, nor is what a block lacks of which a line
 * was not understood. What has nothing to do with the lines that are wrong is one.
 */
export function withoutConsequences(
  reports: readonly TextReport[],
  isFatal: (report: TextReport) => boolean,
  project: Project<NginxFile>,
): readonly TextReport[] {
  const fatal = reports.filter((report) => !late.has(report.rule) && isFatal(report));
  if (fatal.length === 0 || !reports.some(({ rule }) => late.has(rule))) return reports;
  const wrong = fatal.every(({ rule }) => local.has(rule)) ? wrongLines(fatal, project) : undefined;
  return reports.filter(
    (report) => !late.has(report.rule) || (wrong !== undefined && !isConsequence(report, wrong, project)),
  );
}

interface WrongLines {
  /** All words of the directives. */
  readonly words: ReadonlySet<string>;
  /** Names of those that stand in a wrong block, where another lacks them. */
  readonly misplaced: ReadonlySet<string>;
  /** Where they stand in each file, in order. */
  readonly starts: ReadonlyMap<string, readonly number[]>;
}

/** Undefined where a block is among them, of which nobody knows what would stand in it. */
function wrongLines(fatal: readonly TextReport[], project: Project<NginxFile>): WrongLines | undefined {
  const words = new Set<string>();
  const misplaced = new Set<string>();
  const starts = new Map<string, number[]>();
  for (const { location, rule } of fatal) {
    const text = textOf(location.file, project);
    const { start, end } = statementAround(text, location);
    if (text[end] === '{' && rule !== 'duplicate-name') return undefined;
    for (const word of wordsOf(text.slice(start, end))) words.add(word);
    if (rule === 'wrong-context') misplaced.add(text.slice(location.range.start, location.range.end));
    const there = starts.get(location.file);
    if (there) there.push(location.range.start);
    else starts.set(location.file, [location.range.start]);
  }
  for (const list of starts.values()) list.sort((a, b) => a - b);
  return { words, misplaced, starts };
}

function isConsequence(
  report: TextReport,
  { words, misplaced, starts }: WrongLines,
  project: Project<NginxFile>,
): boolean {
  const { file, range } = report.location;
  if (report.rule !== 'incomplete-block') {
    return wordsOf(textOf(file, project).slice(range.start, range.end)).some((word) => words.has(word));
  }
  if ((report.message.match(/"[^"]+"/g) ?? []).some((name) => misplaced.has(name.slice(1, -1)))) return true;
  // A line of the block may stand in a file of its own.
  if (starts.size > 1 || !starts.has(file)) return true;
  const end = report.related?.[0]?.location.range.end ?? range.end;
  return (starts.get(file) ?? []).some((start) => range.start <= start && start < end);
}

function textOf(file: string, { files }: Project<NginxFile>): string {
  return files.get(file)?.document.text ?? '';
}

/** The directive around a place, as far as signs alone tell: up to what ends the one before, and to its own end. */
function statementAround(text: string, { range }: Location): { readonly start: number; readonly end: number } {
  let { start, end } = range;
  while (start > 0 && !';{}'.includes(text[start - 1] as string)) start--;
  while (end < text.length && !';{}'.includes(text[end] as string)) end++;
  return { start, end };
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\w.-]+/g) ?? [];
}
