import type { PlaceholderFinder } from '../../../text/placeholders.ts';
import type { Range } from '../../../text/range.ts';
import type { Beginnings } from '../../../text/templates/beginnings.ts';
import { dollar, hash, isEnd, leftBrace, less, percent, semicolon } from './characters.ts';
import { endOfBranches, endOfValues, isStatement } from './templates.ts';

/** The marks of template tools in one text, each kept as it is passed. */
export interface TemplateMarks {
  readonly templates: Range[];
  /** Those of them that stand between directives, and may bring some or take some out. */
  readonly inserts: Range[];
  /** True where the text has marks that may run over several lines. */
  readonly areThere: boolean;
  /** End of the mark that begins at `at`, or `at` where none does. */
  skip(at: number): number;
  /**
   * Where to go on behind a statement, or an expression that stands alone, which are passed over as a comment is; `at` where no
   * mark begins there, and -1 where it is part of a word.
   */
  skipAsComment(at: number, inStatement: boolean): number;
  /** End of a name in a line of its own: whatever is put there brings its own end; `at` where none stands there. */
  skipAlone(at: number): number;
  insert(range: Range): void;
}

/** `${NAME}`, which `envsubst` fills in, with nothing but blanks behind it in its line, or in its block. */
const lonely = /\$(?:\{[^{}\s]+\}|[A-Z][A-Z0-9_]+\b)(?=[ \t]*(?:\r?\n|\r?$|\}))/y;

/** @param substitutes whether the text has what `envsubst` fills in */
export function createTemplateMarks(
  present: Beginnings,
  placeholders: PlaceholderFinder,
  substitutes: boolean,
): TemplateMarks {
  const { text } = present;
  const templates: Range[] = [];
  const inserts: Range[] = [];
  /** Closing marks that do not occur any more, so that a text full of opening ones is not searched again and again. */
  const exhausted = new Set<string>();

  const skip = (at: number): number => {
    const close = closingOf(text.charCodeAt(at), text.charCodeAt(at + 1));
    if (close === undefined || exhausted.has(close)) return at;
    const end = text.indexOf(close, at + 2);
    if (end < 0) {
      exhausted.add(close);
      return at;
    }
    templates.push({ start: at, end: end + 2 });
    return end + 2;
  };

  const insert = (range: Range): void => {
    templates.push(range);
    inserts.push(range);
  };

  let branchesEnd = 0;
  const isLastOfBranch = (at: number): boolean => {
    if (at >= branchesEnd) branchesEnd = endOfBranches(text, at);
    return at < branchesEnd;
  };

  const skipAsComment = (at: number, inStatement: boolean): number => {
    const end = skip(at);
    if (end === at) return at;
    const isExpression =
      text.startsWith('<%=', at) || (text.charCodeAt(at + 1) === leftBrace && (inStatement || !isStatement(text, at)));
    const behind = endOfValues(text, end, isExpression && !inStatement);
    const following = text.charCodeAt(behind);
    // Whatever is put there brings its own end.
    const standsAlone = () =>
      behind >= text.length || isEnd(following) || (following === hash && behind > end) || isLastOfBranch(behind);
    if (!inStatement) inserts.push(templates.at(-1) as Range);
    if (isExpression && (inStatement || !standsAlone())) {
      templates.pop();
      return -1;
    }
    if (following === semicolon && !inStatement) return behind + 1;
    return isExpression ? behind : end;
  };

  const skipSubstitution = (at: number): number => {
    lonely.lastIndex = at;
    return substitutes && lonely.test(text) ? lonely.lastIndex : at;
  };

  const skipAlone = (at: number): number => {
    const end = text.charCodeAt(at) === dollar ? skipSubstitution(at) : placeholders.skipAlone(at);
    if (end > at) insert({ start: at, end });
    return end;
  };

  return {
    templates,
    inserts,
    areThere: present.hasAny(['{{', '{%', '<%']),
    skip,
    skipAsComment,
    skipAlone,
    insert,
  };
}

/** What closes the mark that two characters open. */
function closingOf(first: number, second: number): string | undefined {
  if (first === leftBrace && second === leftBrace) return '}}';
  if (first === leftBrace && second === percent) return '%}';
  if (first === leftBrace && second === hash) return '#}';
  return first === less && second === percent ? '%>' : undefined;
}
