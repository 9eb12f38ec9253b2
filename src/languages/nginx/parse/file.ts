import type { Range } from '../../../text/range.ts';
import type { ParsedFile } from '../../language.ts';
import type { DirectiveTable } from './table.ts';
import type { Directive } from './tree.ts';

interface Replacement {
  readonly range: Range;
  readonly newText: string;
}

/**
 * A place that nginx would not read as it was meant.
 * - `missing-semicolon`: `range` is the last word before it.
 * - `swallowed-directive`: nginx takes the directive of the next line as an argument, without complaint.
 * - `missing-brace`: a block that is never opened or never closed.
 * - `unexpected`: a `}`, `{`, `;` or other character that stands where none may.
 * - `unquoted-brace`: a `{` in an expression without quotes.
 * - `unclosed-quote`, `too-long`: nginx's own limits of one word.
 * - `byte-order-mark`, `binary`: not a text that nginx reads.
 */
export interface SyntaxProblem {
  readonly kind:
    | 'missing-semicolon'
    | 'swallowed-directive'
    | 'missing-brace'
    | 'unexpected'
    | 'unclosed-quote'
    | 'unquoted-brace'
    | 'too-long'
    | 'byte-order-mark'
    | 'binary';
  readonly message: string;
  readonly range: Range;
  /** Where nginx may notice it first. */
  readonly noticed: readonly Range[];
  readonly fix: (Replacement & { readonly title: string; readonly also?: Replacement }) | undefined;
}

export interface NginxFile extends ParsedFile {
  /** All directives, for what is asked of each of them. */
  readonly table: DirectiveTable;
  /** Those that stand in no block. */
  readonly directives: readonly Directive[];
  readonly comments: readonly Range[];
  /** The text with the marks of other tools written as those of Jinja. */
  readonly marked: string;
  /** Marks of a template tool: `{{ … }}`, `{% … %}`, `<% … %>`. */
  readonly templates: readonly Range[];
  /** Those of them that stand between directives, in order: they may bring directives or take some out. */
  readonly inserts: readonly Range[];
  readonly problems: readonly SyntaxProblem[];
}
