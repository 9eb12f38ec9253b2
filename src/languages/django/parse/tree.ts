import type { Range } from '../../../text/range.ts';
import type { ParsedFile } from '../../language.ts';

/** A file of settings. */
export interface DjangoFile extends ParsedFile {
  readonly body: readonly Statement[];
  /** Where Python would not take the text. */
  readonly problems: readonly Range[];
}

/** What a statement does to names, as far as settings need it; the rest of Python is `other`. */
export type Statement = { readonly range: Range } & (
  | {
      readonly kind: 'assign';
      readonly targets: readonly Expression[];
      /** `=`, or what stands before it: `+` of `+=`. */
      readonly operator: string;
      readonly value: Expression;
    }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly (readonly Statement[])[];
      readonly otherwise: readonly Statement[];
      readonly finally: readonly Statement[];
    }
  | { readonly kind: 'with'; readonly body: readonly Statement[] }
  | { readonly kind: 'import'; readonly module: ModuleName; readonly names: readonly ImportedName[] | 'all' }
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'class'; readonly name: string; readonly bases: string; readonly body: readonly Statement[] }
  | { readonly kind: 'delete'; readonly names: readonly string[] }
  /** Names that it gives values which nobody can tell here. */
  | { readonly kind: 'other'; readonly names: readonly string[] }
);

/** The blocks of a statement that run where it stands: those of `if`, `try` and `with`. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return statement.branches.map(({ body }) => body);
    case 'try':
      return [statement.body, ...statement.handlers, statement.otherwise, statement.finally];
    case 'with':
      return [statement.body];
    default:
      return [];
  }
}

/** `if`, `elif` with their tests, `else` without. */
export interface Branch {
  readonly test: Expression | undefined;
  readonly body: readonly Statement[];
}

/** `..base` has level 2; `import x` is of level 0. */
export interface ModuleName {
  readonly level: number;
  readonly path: readonly string[];
}

export interface ImportedName {
  readonly name: string;
  readonly as: string;
}

export type Expression = { readonly range: Range } & (
  | { readonly kind: 'constant'; readonly value: null | boolean | number | string | Float }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'sequence';
      readonly type: 'list' | 'tuple' | 'set';
      /** Undefined for one that puts in others: `*OTHERS`. */
      readonly items: readonly (Expression | undefined)[];
    }
  | { readonly kind: 'dictionary'; readonly entries: readonly DictionaryEntry[]; readonly isWhole: boolean }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly consequent: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly positional: readonly Expression[];
      readonly named: readonly { readonly name: string; readonly value: Expression }[];
    }
  | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
  /** Without a key where that is a slice. */
  | { readonly kind: 'subscript'; readonly object: Expression; readonly key: Expression | undefined }
  | { readonly kind: 'other' }
);

/** A number that Python shows with a point, even where it is whole: what `/` makes of any two. */
export interface Float {
  readonly kind: 'float';
  readonly value: number;
}

export interface DictionaryEntry {
  readonly key: Expression;
  readonly value: Expression;
}
