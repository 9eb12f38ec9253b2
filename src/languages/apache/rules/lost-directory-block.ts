import { createMemo } from '../../../memory/memo.ts';
import { remember } from '../../../memory/remember.ts';
import { lineEnd, lineStart } from '../../../text/lines.ts';
import type { Range } from '../../../text/range.ts';
import { factOf } from '../directives/facts.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ApacheFile, SyntaxProblem } from '../syntax.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/**
 * Directives of a `<Directory>` block whose tags are lost, as when a page is copied into slides and everything in angle
 * brackets vanishes: `AllowOverride` and `Require` right in the server or behind an `Alias`.
 */
export const lostDirectoryBlock: ApacheRule = {
  id: 'lost-directory-block',
  title: 'Access control without the <Directory> block around it',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const run of lostRuns(context.evaluation)) yield report(run, context);
  },
};

export interface LostRun {
  readonly statements: readonly [Statement, ...Statement[]];
  /** The directive right before, whose directory the block was about. */
  readonly directory: string | undefined;
}

/** What a `<Directory>` block is usually made of. */
const usual =
  /^(?:allowoverride|allowoverridelist|options|require|order|allow|deny|satisfy|authtype|authname|authuserfile|authgroupfile|authbasicprovider|indexoptions|directoryindex)$/;

const runs = createMemo<Evaluation, readonly LostRun[]>();

/** Runs of such directives among the siblings of each server, found once for an evaluation. */
export function lostRuns(evaluation: Evaluation): readonly LostRun[] {
  let found = runs.get(evaluation);
  if (!found) {
    const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
    found = [evaluation.statements, ...hosts.map(({ children }) => children)].flatMap(runsAmong);
    runs.set(evaluation, found);
  }
  return found;
}

function runsAmong(siblings: readonly Statement[]): readonly LostRun[] {
  const result: LostRun[] = [];
  const roots = siblings.filter(({ key }) => key === 'documentroot');
  /** Of each file the last one that names a directory. */
  const nearest = new Map<string, Statement>();
  for (let index = 0; index < siblings.length; index++) {
    const first = siblings[index] as Statement;
    if (namesDirectory.test(first.key)) nearest.set(first.file, first);
    if (!usual.test(first.key)) continue;
    const run: [Statement, ...Statement[]] = [first];
    while (isNext(siblings[index + 1], first)) run.push(siblings[++index] as Statement);
    if (!run.some(isMisplaced)) continue;
    const naming = nearest.get(first.file) ?? (roots.length === 1 ? roots[0] : undefined);
    result.push({ statements: trimmed(run), directory: directoryOf(naming) });
  }
  return result;
}

function isNext(statement: Statement | undefined, first: Statement): boolean {
  return statement !== undefined && usual.test(statement.key) && statement.file === first.file;
}

/** A directive that a directory takes and this place does not. */
function isMisplaced({ key, context }: Statement): boolean {
  const contexts = factOf(key)?.contexts ?? new Set();
  return contexts.has('directory') && !contexts.has(context) && context !== '.htaccess';
}

/** `DirectoryIndex` and the like may well stand before or behind the block on purpose. */
function trimmed(run: [Statement, ...Statement[]]): [Statement, ...Statement[]] {
  const belongs = (statement: Statement) => isMisplaced(statement) || statement.key === 'options';
  return run.slice(run.findIndex(belongs), run.findLastIndex(belongs) + 1) as [Statement, ...Statement[]];
}

const namesDirectory = /^(?:alias|scriptalias|documentroot)$/;

function directoryOf(naming: Statement | undefined): string | undefined {
  return naming?.args[naming.key === 'documentroot' ? 0 : 1]?.value;
}

function report({ statements, directory }: LostRun, { project }: ApacheContext): ApacheReport {
  const [first] = statements;
  const last = statements.at(-1) ?? first;
  const { file } = first;
  const names = [...new Set(statements.filter(isMisplaced).map(({ node }) => node.name))];
  const around = { start: first.node.nameRange.start, end: last.node.range.end };
  const parsed = project.files.get(file);
  const text = parsed?.document.text ?? '';
  const closing = parsed && closingTagBehind(parsed, last);
  const path = directory ?? '/path/to/the/directory';
  const misplaced = statements.find(isMisplaced) ?? first;
  const opening = `${indentBefore(text, first)}<Directory "${path}">\n`;
  const edits = [{ file, range: at(lineStart(text, around.start)), newText: opening }];
  if (!closing) {
    const end = lineEnd(text, around.end);
    edits.push({ file, range: at(end), newText: `\n${indentBefore(text, first)}</Directory>` });
  }
  return {
    statement: misplaced,
    message: `${misplaced.node.name} not allowed here: ${names.join(' and ')} ${names.length > 1 ? 'need' : 'needs'} a <Directory> block around ${names.length > 1 ? 'them' : 'it'}, which is missing.${directory === undefined ? '' : ` Wrap the lines in <Directory "${path}">.`}`,
    location: { file, range: around },
    related: closing
      ? [
          {
            location: { file, range: closing.range },
            message: 'The tag that closes it is still here, and Apache stops at it.',
          },
        ]
      : [],
    ...(directory === undefined ? {} : { fixes: [fix(`Wrap in <Directory "${path}">`, true, ...edits)] }),
  };
}

/** A `</Directory>` that is still there, right behind the run. */
function closingTagBehind({ errors }: ApacheFile, { node: { range } }: Statement): SyntaxProblem | undefined {
  return strayClosingTags(errors).find((error) => error.range.start > range.end);
}

const strayClosingTags = remember((errors: ApacheFile['errors']) =>
  errors.filter((error) => error.kind === 'unopened' && error.found.toLowerCase() === 'directory'),
);

/** The closing tags that belong to a lost opening tag; no mistake of their own. */
export function closingTagsOfRuns({ project, evaluation }: ApacheContext): ReadonlySet<SyntaxProblem> {
  const result = new Set<SyntaxProblem>();
  for (const { statements } of lostRuns(evaluation)) {
    const last = statements.at(-1) ?? statements[0];
    const parsed = project.files.get(last.file);
    const found = parsed && closingTagBehind(parsed, last);
    if (found) result.add(found);
  }
  return result;
}

/** The block's tags stand where the lines around it do: one step less than what is inside. */
function indentBefore(text: string, first: Statement): string {
  const own = text.slice(lineStart(text, first.node.range.start), first.node.range.start);
  const outer = first.parents.at(-1);
  if (!outer) return '';
  const outside = text.slice(lineStart(text, outer.node.range.start), outer.node.range.start);
  const sibling = outer.children.find(({ order }) => order < first.order);
  if (!sibling || sibling.file !== first.file) return own;
  const beside = text.slice(lineStart(text, sibling.node.range.start), sibling.node.range.start);
  return beside.length <= own.length ? beside : outside;
}

function at(offset: number): Range {
  return { start: offset, end: offset };
}
