import type { FileEdit } from '../../../text/edit.ts';
import type { Related } from '../../../text/finding.ts';
import { lineStart, wholeLines } from '../../../text/lines.ts';
import type { Range } from '../../../text/range.ts';
import { aboutMergeMark } from '../../merge-marks.ts';
import { factOf } from '../directives/facts.ts';
import { withKey } from '../evaluate/by-key.ts';
import { isStartCondition } from '../evaluate/conditions.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { conditionsAround, isForOtherModule, type Statement } from '../evaluate/statement.ts';
import type { ApacheNode, Section, SyntaxProblem } from '../syntax.ts';
import { behindClosingTags } from './behind-closing-tag.ts';
import { commentBehindTag } from './comment-behind.ts';
import { closingTagsOfRuns } from './lost-directory-block.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/** Tags that do not match, and files that are no text. */
export const sectionTags: ApacheRule = {
  id: 'section-tags',
  title: 'Section tags that do not match',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const explained = closingTagsOfRuns(context);
    const used = usedMacros(context.evaluation);
    const halves = halvesOf(context.project, used);
    for (const [file, { errors, document, nodes }] of context.project.files) {
      const withoutBracket = new Set(errors.filter(isOpenTag).map(({ range }) => range.start));
      const unread = new Map(errors.length > 0 ? passedOver(nodes, context.evaluation) : []);
      const unclosed = new Map(errors.flatMap((each) => (each.kind === 'unclosed' ? [[each.range.start, each]] : [])));
      for (const error of errors) {
        // Who has not yet written the bracket of a tag has not come to the one that closes it.
        if (explained.has(error)) continue;
        const half = halves.get(error);
        const isUnused = half?.macro !== undefined && !used.has(half.macro);
        if (half && !isUnused && hasOtherHalf(half, halves)) continue;
        // `<VirtualHost%<i4 …` of Hestia: a template makes the name what it is.
        if (error.kind === 'mismatched' && error.expected.name.includes('%')) continue;
        // Where the section is read its name is told.
        if (error.kind === 'mismatched' && error.isOpeningWrong && isNameTold(error, context)) continue;
        // Nor does a tag that no section has want one: its name is told.
        if (error.kind === 'unclosed' && (withoutBracket.has(error.range.start) || isNone(error.section))) continue;
        const section = isOpenTag(error) ? unclosed.get(error.range.start)?.section : undefined;
        const isUnread = isOpenTag(error) && section === undefined && unread.has(error.range.start);
        const told = report(error, file, document.text, section);
        const around = unread.get(error.kind === 'mismatched' ? error.expected.header.start : error.range.start);
        yield {
          ...told,
          ...(around &&
            error.kind !== 'missing-bracket' && { related: [...(told.related ?? []), passed(around, file)] }),
          ...(isUnread ? idle : tolerated(error, document.text, context)),
          // Nobody uses it here, and mod_macro only counts the tags (AH02795).
          ...(isUnused ? { ...idle, related: [] } : {}),
        };
      }
    }
    yield* behindClosingTags(context);
    yield* conditionsWithoutIf(context.evaluation);
  },
};

/** A tag that lacks its counterpart, by the section in lower case. */
interface Half {
  readonly section: string;
  readonly opens: boolean;
  /** The macro in whose text it stands, in lower case. */
  readonly macro: string | undefined;
  /** Nothing in the macro stands around it, so that the other half may be outside. */
  readonly isOutermost: boolean;
}

/** All of them, by what is wrong; those of macros that nobody uses complete none. */
function halvesOf({ files }: ApacheContext['project'], used: ReadonlySet<string>): Halves {
  const halves = new Map<SyntaxProblem, Half>();
  const kinds = new Map<string, Set<string | undefined>>();
  for (const { nodes, errors } of files.values()) {
    let macros: readonly Section[] | undefined;
    for (const error of errors) {
      if (error.kind !== 'unclosed' && error.kind !== 'unopened') continue;
      macros ??= nodes.flatMap((node) => (node.kind === 'section' && node.key === 'macro' ? [node] : []));
      const { start, end } = error.range;
      const macro = macros.find(({ range }) => range.start < start && end < range.end);
      const half: Half = {
        section: error.kind === 'unclosed' ? error.section.key : error.found.toLowerCase(),
        opens: error.kind === 'unclosed',
        macro: macro && nameOf(macro),
        isOutermost:
          macro?.children.every(
            (child) =>
              child.kind !== 'section' ||
              child.close === undefined ||
              end <= child.header.end ||
              child.close.start <= start,
          ) === true,
      };
      halves.set(error, half);
      if (half.macro !== undefined && !used.has(half.macro)) continue;
      const macrosOfKind = kinds.get(kindOf(half)) ?? new Set();
      kinds.set(kindOf(half), macrosOfKind.add(half.macro));
    }
  }
  return {
    get: (error) => halves.get(error),
    has: (half, macro) => {
      const macros = kinds.get(kindOf(half));
      return macros !== undefined && (macro === undefined || macros.size > 1 || !macros.has(macro));
    },
  };
}

interface Halves {
  get(error: SyntaxProblem): Half | undefined;
  /** One such as this, in whichever other macro: none is used within itself. */
  has(half: Kind, macro: string | undefined): boolean;
}

function kindOf({ section, opens, isOutermost }: Kind): string {
  return `${isOutermost} ${opens} ${section}`;
}

type Kind = Pick<Half, 'section' | 'opens' | 'isOutermost'>;

/** Where a macro is used, what it lacks may stand around it, and what it has too much be lacking there. */
function hasOtherHalf({ section, opens, isOutermost, macro }: Half, halves: Halves): boolean {
  const isThere = (outermost: boolean) => halves.has({ section, opens: !opens, isOutermost: outermost }, macro);
  return isThere(true) || (isOutermost && isThere(false));
}

/** The names of macros that are used, in lower case. */
function usedMacros(evaluation: Evaluation): ReadonlySet<string> {
  return new Set(withKey(evaluation, 'use').map(nameOf));
}

function nameOf({ args: [name] }: Pick<Section, 'args'>): string {
  return name?.value.toLowerCase() ?? '';
}

const idle = { severity: 'warning', effect: 'advice' } as const;

/**
 * Where tags begin within conditions that do not hold, with the outermost of these: there Apache looks for their names alone, and
 * names its line whatever is wrong within (ap_soak_end_container).
 */
function* passedOver(
  nodes: readonly ApacheNode[],
  evaluation: Evaluation,
  around?: Section,
): Iterable<readonly [start: number, around: Section]> {
  for (const node of nodes) {
    if (node.kind !== 'section') continue;
    if (around) yield [node.header.start, around];
    const isUnread = isStartCondition(node.key) && !evaluation.taken.has(node);
    yield* passedOver(node.children, evaluation, around ?? (isUnread ? node : undefined));
  }
}

/** By `unknown-directive`, which leaves names under conditions for modules of others to those. */
function isNameTold({ expected, found }: Mismatched, { evaluation }: ApacheContext): boolean {
  return withKey(evaluation, found.toLowerCase()).some(
    (statement) => statement.node === expected && !conditionsAround(statement).some(isForOtherModule),
  );
}

function isNone({ key }: Section): boolean {
  return factOf(key)?.isSection !== true;
}

function isOpenTag(error: SyntaxProblem): boolean {
  return error.kind === 'missing-bracket' && !error.closing;
}

/**
 * `<Else>` and `<ElseIf>` follow an `<If>` among the conditions of the same block; what stands between them does not
 * matter. Where the block began elsewhere, nobody can tell.
 */
function* conditionsWithoutIf({ requestConditions, contextCertain }: Evaluation): Iterable<ApacheReport> {
  const last = new Map<string, string>();
  const blocks = new Map<Statement | undefined, number>();
  for (const condition of requestConditions) {
    const { section, key, file, parents, branches } = condition;
    const block = parents.at(-1);
    if (!blocks.has(block)) blocks.set(block, blocks.size);
    const around = branches.filter(({ kind }) => kind === 'request').map(({ subject }) => subject);
    const scope = [blocks.get(block), ...around].join(' ');
    const before = last.get(scope);
    last.set(scope, key);
    if (key === 'if' || before === 'if' || before === 'elseif') continue;
    if (before === undefined && block === undefined && around.length === 0 && !contextCertain) continue;
    yield {
      message: `<${section.name}> section without previous <If> or <ElseIf> section in same scope.`,
      location: { file, range: section.header },
      statement: condition,
    };
  }
}

/** An `<IfModule>` that holds may stay open to the end of the file; one that is not read through may not. */
function tolerated(error: SyntaxProblem, text: string, { evaluation }: ApacheContext): Partial<ApacheReport> {
  // Those that take no words do not look for the bracket where there are none.
  if (
    error.kind === 'missing-bracket' &&
    !error.closing &&
    /^<(?:require(?:all|any|none)|else)$/i.test(text.slice(error.range.start, error.range.end))
  ) {
    return idle;
  }
  if (error.kind !== 'unclosed' || !error.atEnd || !isStartCondition(error.section.key)) return {};
  return evaluation.taken.has(error.section) || !evaluation.modulesCertain ? idle : {};
}

/** @param unclosed the section whose opening tag lacks its bracket, where nothing closes it either */
function report(error: SyntaxProblem, file: string, text: string, unclosed?: Section): ApacheReport {
  const location = { file, range: error.range };
  switch (error.kind) {
    case 'binary':
      return {
        message: 'This is a binary file, not a configuration. Check the path that includes it.',
        location: { file, range: { start: 0, end: Math.min(1, text.length) } },
      };
    case 'byte-order-mark':
      return {
        message:
          "The file begins with a byte order mark: Apache reads it as part of the first line (Invalid command '\\xef\\xbb\\xbf…'). Remove it: save the file as UTF-8 without BOM.",
        location,
        fixes: [fix('Remove the byte order mark', true, { file, range: error.range, newText: '' })],
      };
    case 'incomplete':
      return { message: 'Incomplete directive name: a section starts with <Name …>.', location };
    case 'missing-brackets':
      return missingBrackets(error, file, text);
    case 'missing-bracket':
      return missingBracket(error, file, text, unclosed);
    case 'unclosed': {
      const tag = `</${error.section.name}>`;
      return {
        message: `<${error.section.name}> was not closed. Add ${tag}.`,
        location,
        related: tagBehind(error.section, file, text),
        fixes: [fix(`Add ${tag}`, false, closingTag(error.section, file, text))],
      };
    }
    case 'mismatched': {
      const { expected, found } = error;
      const tag = `</${expected.name}>`;
      const change = error.isOpeningWrong
        ? fix(`Change to <${found}>`, true, { file, range: expected.nameRange, newText: found })
        : fix(`Change to ${tag}`, true, { file, range: error.range, newText: tag });
      const message = `Expected ${tag} but saw </${found}>.`;
      return { message, location, related: [opening(expected, file)], fixes: [change] };
    }
    case 'unopened':
      return {
        message: `</${error.found}> without matching <${error.found}> section.`,
        location,
        fixes: [fix('Remove the tag', false, { file, range: wholeLines(text, error.range), newText: '' })],
      };
  }
}

/** Of a section that is not read, Apache names this line where the closing tag does not match. */
function opening({ name, header }: Section, file: string): Related {
  return { location: { file, range: header }, message: `<${name}> opens here.` };
}

function passed({ name, header }: Section, file: string): Related {
  const message = `Apache passes over what stands in <${name}>, and names this line.`;
  return { location: { file, range: header }, message };
}

/** The tag of a section around, where Apache notices what is missing. */
function tagBehind({ name, range: { end } }: Section, file: string, text: string): readonly Related[] {
  const [, before = '', saw] = /^(\s*)(<\/\w+>)/.exec(text.slice(end, end + 200)) ?? [];
  if (saw === undefined) return [];
  const start = end + before.length;
  return [
    {
      location: { file, range: { start, end: start + saw.length } },
      message: `Apache stops here: Expected </${name}> but saw ${saw}.`,
    },
  ];
}

type Mismatched = Extract<SyntaxProblem, { readonly kind: 'mismatched' }>;
type MissingBrackets = Extract<SyntaxProblem, { readonly kind: 'missing-brackets' }>;
type MissingBracket = Extract<SyntaxProblem, { readonly kind: 'missing-bracket' }>;

function missingBracket(
  { name, closing, range, section }: MissingBracket,
  file: string,
  text: string,
  unclosed: Section | undefined,
): ApacheReport {
  if (closing) return wrongClosingTag(name, section, { file, range }, text);
  const message = `<${name}> directive missing closing '>'.`;
  const merge = aboutMergeMark(name);
  if (merge !== undefined) return { message: `${message} ${merge}`, location: { file, range } };
  const comment = commentBehindTag(text, file, range);
  if (comment)
    return { message: `${message} ${comment.hint}`, location: { file, range: comment.range }, fixes: comment.fixes };
  const location = { file, range };
  // `<Else> words`: another bracket makes them words of the section.
  if (text.slice(range.start, range.end).includes('>')) return { message, location };
  const bracket: FileEdit = { file, range: at(range.end), newText: '>' };
  if (!unclosed) return { message, location, fixes: [fix("Add '>'", true, bracket)] };
  const tag = closingTag(unclosed, file, text);
  const edits = tag.range.start === range.end ? [{ ...bracket, newText: `>${tag.newText}` }] : [bracket, tag];
  return { message, location, fixes: [fix(`Add '>' and </${name}>`, false, ...edits)] };
}

function missingBrackets({ name, range }: MissingBrackets, file: string, text: string): ApacheReport {
  const line = text.slice(range.start, range.end);
  const end = line.endsWith('>') ? '' : '>';
  const short = line.includes('\n') ? `<${name} …>` : `<${line}${end}`;
  const edits = [
    { file, range: at(range.start), newText: '<' },
    ...(end === '' ? [] : [{ file, range: at(range.end), newText: end }]),
  ];
  return {
    message: `Invalid command '${name}': a section is written in brackets. Write ${short}.`,
    location: { file, range },
    fixes: [fix(`Write ${short}`, true, ...edits)],
  };
}

/** A closing tag takes no words, nor a comment. */
function wrongClosingTag(
  name: string,
  section: Section | undefined,
  location: ApacheReport['location'],
  text: string,
): ApacheReport {
  const { file, range } = location;
  const tag = `</${name}>`;
  const line = text.slice(range.start, range.end);
  const related = section ? [opening(section, file)] : [];
  if (line.startsWith(tag)) {
    const comment = commentBehindTag(text, file, range);
    const saw = `Expected ${tag} but saw ${/^\S+/.exec(line)?.[0]}.`;
    const change = fix(`Change to ${tag}`, /^<\/\w+>+$/.test(line), { file, range, newText: tag });
    return comment
      ? { message: `${saw} ${comment.hint}`, location: { file, range: comment.range }, related, fixes: comment.fixes }
      : { message: `${saw} Remove what stands behind the tag.`, location, related, fixes: [change] };
  }
  const hasBlank = /^<\/\s/.test(line);
  const isWhole = line.length === tag.length - 1;
  const isSafe = isWhole || (hasBlank && /^<\/\s+\w+>$/.test(line));
  return {
    message: hasBlank
      ? `</> directive missing closing '>': a space ends the name. Write ${tag}.`
      : `</${name} directive missing closing '>'.`,
    location,
    related,
    fixes: [fix(isWhole ? "Add '>'" : `Change to ${tag}`, isSafe, { file, range, newText: tag })],
  };
}

/** The tag that a section lacks, on a line of its own. */
function closingTag({ name, header, range }: Section, file: string, text: string): FileEdit {
  const indent = text.slice(lineStart(text, header.start), header.start);
  const end = endOfLine(text, range.end);
  const before = end === 0 || text[end - 1] === '\n' ? '' : '\n';
  const behind = /[\r\n]/.test(text[end] ?? '') ? '' : '\n';
  return { file, range: at(end), newText: `${before}${indent}</${name}>${behind}` };
}

/** The end of the last line with anything on it before `offset`. */
function endOfLine(text: string, offset: number): number {
  let end = Math.min(offset, text.length);
  while (end > 0 && /\s/.test(text[end - 1] as string)) end--;
  return end;
}

function at(offset: number): Range {
  return { start: offset, end: offset };
}
