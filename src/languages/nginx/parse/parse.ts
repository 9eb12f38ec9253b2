import type { Document } from '../../../text/document.ts';
import type { Range } from '../../../text/range.ts';
import { Beginnings } from '../../../text/templates/beginnings.ts';
import { guessContext } from '../context.ts';
import { firstBranches } from './branches.ts';
import { isTooLong } from './characters.ts';
import type { NginxFile, SyntaxProblem } from './file.ts';
import { withKnownMarks } from './known-marks.ts';
import { Lexer } from './lexer.ts';
import { Reader } from './reader.ts';
import { type Assumption, misplaced } from './recovery.ts';
import { type DirectiveTable, emptyTable } from './table.ts';
import type { Directive } from './tree.ts';

/** What a reader may take a wrong number of braces for. */
const assumptions: readonly Assumption[] = ['closed-too-late', 'extra-brace', 'semicolon-for-brace', 'half-written'];
const lookAtIndentation: ReadonlySet<Assumption> = new Set(['closed-too-late', 'extra-brace']);

/**
 * Reads any text as nginx's ngx_conf_parse does, and goes on where nginx gives up: a forgotten `;` or brace costs one
 * problem and not the rest of the file. Takes linear time.
 */
export function parse(document: Document): NginxFile {
  const binary = document.text.indexOf('\0');
  if (binary >= 0) return binaryFile(document, binary);
  const present = new Beginnings(document.text);
  const text = withKnownMarks(present, document.file);
  const first = read(document, text, undefined, text, 1, text === document.text ? present : undefined);
  if (pairs(first)) return first;
  const chosen = first.templates.length > 0 ? firstBranches(text) : undefined;
  if (chosen !== undefined) {
    // Each branch of a choice may open a block that is closed behind all of them.
    const reading = read(document, chosen, undefined, text);
    if (pairs(reading)) return reading;
  }
  // Braces do not pair: the reading with the fewest mistakes is what was most likely meant.
  let best = first;
  let lowest = costOf(first);
  for (const [assumption, tab] of readings(text)) {
    const reading = read(document, text, assumption, text, tab);
    const cost = costOf(reading);
    // Where two readings are as good, indentation decides.
    if (cost > lowest || (cost === lowest && !explains(assumption, first))) continue;
    best = reading;
    lowest = cost;
  }
  return best;
}

/** What is tried; where lines are indented with tabs and with spaces, several widths of a tab, one column at last. */
function readings(text: string): readonly (readonly [Assumption, number])[] {
  const isMixed = /^ *\t/m.test(text) && /^\t* /m.test(text);
  return assumptions.flatMap((assumption) =>
    (isMixed && lookAtIndentation.has(assumption) ? [8, 4, 1] : [1]).map((tab) => [assumption, tab] as const),
  );
}

/** True where braces pair. */
function pairs({ problems }: NginxFile): boolean {
  return !problems.some(({ kind }) => kind === 'missing-brace' || kind === 'unexpected');
}

/** True where an assumption is about the very kind of mistake that the plain reading found. */
function explains(assumption: Assumption, { problems }: NginxFile): boolean {
  const kind = assumption === 'closed-too-late' ? 'missing-brace' : 'unexpected';
  return lookAtIndentation.has(assumption) && problems.some((problem) => problem.kind === kind);
}

function read(
  document: Document,
  text: string,
  assumption: Assumption | undefined,
  marked = text,
  tab = 1,
  present = new Beginnings(text),
): NginxFile {
  const lexer = new Lexer(present, endOfFrontMatter(text), document.text);
  const { table, problems } = new Reader(text, lexer, assumption, tab).read();
  const { comments, templates, inserts } = lexer;
  const mark = text.charCodeAt(0) === 0xfeff && table.count > 0 ? [byteOrderMark()] : [];
  const all = [...mark, ...tooLong(text, comments), ...problems];
  return new ReadFile(document, marked, table, comments, templates, inserts, all);
}

class ReadFile implements NginxFile {
  readonly document: Document;
  readonly marked: string;
  readonly table: DirectiveTable;
  readonly comments: readonly Range[];
  readonly templates: readonly Range[];
  readonly inserts: readonly Range[];
  readonly problems: readonly SyntaxProblem[];

  constructor(
    document: Document,
    marked: string,
    table: DirectiveTable,
    comments: readonly Range[],
    templates: readonly Range[],
    inserts: readonly Range[],
    problems: readonly SyntaxProblem[],
  ) {
    this.document = document;
    this.marked = marked;
    this.table = table;
    this.comments = comments;
    this.templates = templates;
    this.inserts = inserts;
    this.problems = problems;
  }

  get directives(): readonly Directive[] {
    return this.table.list(0, this.table.count);
  }
}

/** A comment must fit into nginx's buffer as a word must (ngx_conf_read_token). */
function tooLong(text: string, comments: readonly Range[]): readonly SyntaxProblem[] {
  const long = comments.filter(({ start, end }) => isTooLong(text, start, end));
  const message = 'This comment is too long: nginx reads at most 4,095 bytes of one line of a comment.';
  return long.map((range) => ({ kind: 'too-long', message, range, noticed: [], fix: undefined }));
}

function costOf(file: NginxFile): number {
  const lacking = file.problems.reduce((braces, { fix }) => braces + (fix?.also ? 1 : 0), 0);
  return file.problems.length + lacking + misplaced(file.directives, guessContext(file));
}

function binaryFile(document: Document, at: number): NginxFile {
  const message = 'This is not a text file: it holds a NUL byte. nginx reads configuration as text only.';
  const range = { start: at, end: at + 1 };
  const problem: SyntaxProblem = { kind: 'binary', message, range, noticed: [], fix: undefined };
  return new ReadFile(document, document.text, emptyTable, [], [], [], [problem]);
}

function byteOrderMark(): SyntaxProblem {
  const range = { start: 0, end: 1 };
  return {
    kind: 'byte-order-mark',
    message:
      'The file begins with a byte order mark: nginx reads it as part of the first directive’s name. Save the file as UTF-8 without it.',
    range,
    noticed: [],
    fix: { title: 'Remove the byte order mark', range, newText: '' },
  };
}

/** End of a front matter between two lines `---`, as static site tools put before a template; 0 where there is none. */
function endOfFrontMatter(text: string): number {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!text.startsWith('---\n', start) && !text.startsWith('---\r\n', start)) return start;
  const end = text.indexOf('\n---', start + 3);
  if (end < 0) return start;
  const lineEnd = text.indexOf('\n', end + 1);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}
