import type { PlaceholderFinder } from '../../../text/placeholders.ts';
import type { Range } from '../../../text/range.ts';
import { dollar, hash, isEnd, leftBrace, less, percent, semicolon } from './characters.ts';
import { endOfBranches, endOfValues, isStatement } from './templates.ts';

/** `${NAME}`, which `envsubst` fills in, with nothing but blanks behind it in its line, or in its block. */
const lonely = /\$(?:\{[^{}\s]+\}|[A-Z][A-Z0-9_]+\b)(?=[ \t]*(?:\r?\n|\r?$|\}))/y;

/** The marks of template tools in one text, each kept as it is passed. */
export class TemplateMarks {
  readonly templates: Range[];
  /** Those of them that stand between directives, and may bring some or take some out. */
  readonly inserts: Range[];
  private readonly text: string;
  private readonly placeholders: PlaceholderFinder;
  private readonly substitutes: boolean;
  /** Closing marks that do not occur any more, so that a text full of opening ones is not searched again and again. */
  private exhausted: Set<string> | undefined;
  private branchesEnd: number;

  /** @param substitutes whether the text has what `envsubst` fills in */
  constructor(text: string, placeholders: PlaceholderFinder, substitutes: boolean) {
    this.templates = [];
    this.inserts = [];
    this.text = text;
    this.placeholders = placeholders;
    this.substitutes = substitutes;
    this.exhausted = undefined;
    this.branchesEnd = 0;
  }

  /** End of the mark that begins at `at`, or `at` where none does. */
  skip(at: number): number {
    const close = closingOf(this.text.charCodeAt(at), this.text.charCodeAt(at + 1));
    if (close === undefined || this.exhausted?.has(close)) return at;
    const end = this.text.indexOf(close, at + 2);
    if (end < 0) {
      this.exhausted ??= new Set();
      this.exhausted.add(close);
      return at;
    }
    this.templates.push({ start: at, end: end + 2 });
    return end + 2;
  }

  /**
   * Where to go on behind a statement, or an expression that stands alone, which are passed over as a comment is; `at` where no
   * mark begins there, and -1 where it is part of a word.
   */
  skipAsComment(at: number, inStatement: boolean): number {
    const { text } = this;
    const end = this.skip(at);
    if (end === at) return at;
    const isExpression =
      text.startsWith('<%=', at) || (text.charCodeAt(at + 1) === leftBrace && (inStatement || !isStatement(text, at)));
    const behind = endOfValues(text, end, isExpression && !inStatement);
    if (!inStatement) this.inserts.push(this.templates.at(-1) as Range);
    if (isExpression && (inStatement || !this.standsAlone(end, behind))) {
      this.templates.pop();
      return -1;
    }
    if (text.charCodeAt(behind) === semicolon && !inStatement) return behind + 1;
    return isExpression ? behind : end;
  }

  /** End of a name in a line of its own: whatever is put there brings its own end; `at` where none stands there. */
  skipAlone(at: number): number {
    const end = this.text.charCodeAt(at) === dollar ? this.skipSubstitution(at) : this.placeholders.skipAlone(at);
    if (end > at) this.insert({ start: at, end });
    return end;
  }

  insert(range: Range): void {
    this.templates.push(range);
    this.inserts.push(range);
  }

  /** Whatever is put in place of an expression brings its own end. */
  private standsAlone(end: number, behind: number): boolean {
    const following = this.text.charCodeAt(behind);
    if (behind >= this.text.length || isEnd(following) || (following === hash && behind > end)) return true;
    if (behind >= this.branchesEnd) this.branchesEnd = endOfBranches(this.text, behind);
    return behind < this.branchesEnd;
  }

  private skipSubstitution(at: number): number {
    lonely.lastIndex = at;
    return this.substitutes && lonely.test(this.text) ? lonely.lastIndex : at;
  }
}

/** What closes the mark that two characters open. */
function closingOf(first: number, second: number): string | undefined {
  if (first === leftBrace && second === leftBrace) return '}}';
  if (first === leftBrace && second === percent) return '%}';
  if (first === leftBrace && second === hash) return '#}';
  return first === less && second === percent ? '%>' : undefined;
}
