import type { Range } from '../../text/range.ts';
import type { ParsedFile } from '../language.ts';
import type { Guard } from './templates.ts';

/** One Apache configuration file, read as httpd reads it: line by line, with sections that nest. */
export interface ApacheFile extends ParsedFile {
  readonly nodes: readonly ApacheNode[];
  readonly errors: readonly SyntaxProblem[];
  /** Lines that a comment swallows because the line before ends in a backslash. */
  readonly swallowed: readonly Range[];
  /** True where the text holds statements of a template language, so that its structure is not yet Apache's. */
  readonly templated: boolean;
}

export type ApacheNode = Directive | Section;

interface Statement {
  /** As written; Apache ignores case. A section's name comes without `<`. */
  readonly name: string;
  /** Lower case. */
  readonly key: string;
  readonly nameRange: Range;
  readonly args: readonly Argument[];
  /** All after the name, continuation lines joined; of a section without the closing `>`. */
  readonly raw: string;
  /** A variable or a placeholder may stand in it: it holds a character that one begins with. */
  readonly isMarked: boolean;
  /** Conditions and loops of a template around it; undefined for none. */
  readonly guards: readonly Guard[] | undefined;
  /** The whole statement without the line's indentation; of a section to the end of its closing tag. */
  readonly range: Range;
}

export interface Directive extends Statement {
  readonly kind: 'directive';
}

export interface Section extends Statement {
  readonly kind: 'section';
  /** The opening tag. */
  readonly header: Range;
  /** The closing tag, or undefined where it is missing. */
  readonly close: Range | undefined;
  readonly children: readonly ApacheNode[];
}

export interface Argument {
  /** What httpd passes on: quotes removed, `\"` resolved, `${…}` not yet replaced. */
  readonly value: string;
  /** With its quotes. */
  readonly range: Range;
  readonly quote: '"' | "'" | '';
}

/** A place where the structure is broken. One mistake is one error. */
export type SyntaxProblem =
  | { readonly kind: 'binary'; readonly range: Range }
  | { readonly kind: 'byte-order-mark'; readonly range: Range }
  /** `atEnd`: nothing else closed around it; the file ends within. */
  | { readonly kind: 'unclosed'; readonly range: Range; readonly section: Section; readonly atEnd: boolean }
  /** `isOpeningWrong`: no section has the name that opens it, which is near to the one that closes it. */
  | {
      readonly kind: 'mismatched';
      readonly range: Range;
      readonly expected: Section;
      readonly found: string;
      readonly isOpeningWrong?: boolean;
    }
  | { readonly kind: 'unopened'; readonly range: Range; readonly found: string }
  /** `section`: what a closing tag closes, where something does open it. */
  | {
      readonly kind: 'missing-bracket';
      readonly range: Range;
      readonly name: string;
      readonly closing: boolean;
      readonly section?: Section | undefined;
    }
  /** A line that is closed as a section and begins without a bracket; `range`: the line. */
  | { readonly kind: 'missing-brackets'; readonly range: Range; readonly name: string }
  | { readonly kind: 'incomplete'; readonly range: Range };
