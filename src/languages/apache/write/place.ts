import { createMemo } from '../../../memory/memo.ts';
import type { FileEdit } from '../../../text/edit.ts';
import { indentAt, lineEnd, lineStart, wholeLines } from '../../../text/lines.ts';
import type { Project } from '../../language.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import type { ApacheFile } from '../syntax.ts';

export type Texts = (file: string) => string;

export function textsOf(project: Project<ApacheFile>): Texts {
  return (file) => project.files.get(file)?.document.text ?? '';
}

export function replaceStatement({ node, file }: Statement, newText: string): FileEdit {
  return { file, range: node.kind === 'section' ? node.header : node.range, newText };
}

export function removeStatement(statement: Statement, texts: Texts): FileEdit {
  const { file, node } = statement;
  return { file, range: wholeLines(texts(file), node.range), newText: '' };
}

/** New lines behind a statement, indented as it is. */
export function insertAfter({ node, file }: Statement, lines: readonly string[], texts: Texts): FileEdit {
  const text = texts(file);
  const end = lineEnd(text, node.range.end);
  return { file, range: { start: end, end }, newText: block(lines, indentAt(text, node.range.start), 'before') };
}

/**
 * New lines behind a statement that another change takes out go where its line was.
 * @param edits of several changes, none of which knows of the others
 */
export function clearOfRemovals(edits: readonly FileEdit[]): readonly FileEdit[] {
  const removals = edits.filter(({ newText }) => newText === '');
  if (removals.length === 0) return edits;
  return edits.map((edit) => {
    const { file, range, newText } = edit;
    if (range.end > range.start) return edit;
    const removal = removals.find(
      (other) =>
        other !== edit && other.file === file && other.range.start < range.start && range.start < other.range.end,
    );
    if (removal === undefined) return edit;
    const { start } = removal.range;
    return { file, range: { start, end: start }, newText: newText.replace(/^(\n)(.*)$/s, '$2$1') };
  });
}

/** New lines before a statement, indented as it is. */
export function insertBefore({ node, file }: Statement, lines: readonly string[], texts: Texts): FileEdit {
  const text = texts(file);
  const start = lineStart(text, node.range.start);
  return { file, range: { start, end: start }, newText: block(lines, indentAt(text, node.range.start), 'after') };
}

function block(lines: readonly string[], indent: string, newline: 'before' | 'after'): string {
  return lines.map((line) => (newline === 'before' ? `\n${indent}${line}` : `${indent}${line}\n`)).join('');
}

/**
 * New lines in a server's own block: behind the last directive of the same family (`ssl…`, `header`), else behind its
 * names, else at its start.
 */
export function insertInto(
  scope: ServerScope,
  family: RegExp,
  lines: readonly string[],
  texts: Texts,
): FileEdit | undefined {
  const { block: host, statements } = scope;
  const file = host?.file ?? statements[0]?.file;
  if (file === undefined) return undefined;
  const { first, last } = anchorsIn(statements, file, family);
  if (last) return insertAfter(last, lines, texts);
  if (host) {
    const text = texts(file);
    const { header } = host.node.kind === 'section' ? host.node : { header: host.node.range };
    const indent = first ? indentAt(text, first.node.range.start) : `${indentAt(text, header.start)}    `;
    const end = lineEnd(text, header.end);
    return { file, range: { start: end, end }, newText: block(lines, indent, 'before') };
  }
  return first ? insertBefore(first, lines, texts) : undefined;
}

/** New lines behind all that a server's own block says. */
export function insertAtEnd(
  { block: host, statements }: ServerScope,
  lines: readonly string[],
  texts: Texts,
): FileEdit | undefined {
  const last = statements.at(-1);
  // What a condition or an include holds has no line of its own here.
  const isOwn = last && last.branches.length === 0 && (host === undefined || last.file === host.file);
  return isOwn ? insertAfter(last, lines, texts) : undefined;
}

/** Where new lines of a family may go. */
interface Anchors {
  readonly first: Statement | undefined;
  /** The last directive of the family, or else the last name. */
  readonly last: Statement | undefined;
}

const anchors = createMemo<readonly Statement[], Map<string, Anchors>>();

/** Looked for once in the statements of a server, to which a thousand fixes may want to add. */
function anchorsIn(statements: readonly Statement[], file: string, family: RegExp): Anchors {
  const known = anchors.get(statements) ?? new Map<string, Anchors>();
  if (known.size === 0) anchors.set(statements, known);
  const word = `${family.source} ${file}`;
  let found = known.get(word);
  if (!found) {
    const own = statements.filter((statement) => statement.file === file && statement.branches.length === 0);
    const last =
      own.findLast(({ key, node }) => node.kind === 'directive' && family.test(key)) ??
      own.findLast(({ key }) => /^(?:servername|serveralias|serveradmin)$/.test(key));
    found = { first: own[0], last };
    known.set(word, found);
  }
  return found;
}
