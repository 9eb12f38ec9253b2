import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';

/**
 * One encapsulated object of a text file (RFC 7468), read however it is written. Shapes that OpenSSL and the servers built on
 * it refuse are problems, and `fix` rewrites the block as it should be.
 */
export interface PemBlock {
  /** `CERTIFICATE`, `RSA PRIVATE KEY`, …; a guess where the armour is missing. */
  readonly label: string;
  /** From the first dash to the last. */
  readonly range: Range;
  /** Between the two armour lines: headers and base64. */
  readonly body: Range;
  /** RFC 1421 headers of old encrypted keys: `Proc-Type`, `DEK-Info`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly problems: readonly PemProblem[];
  readonly fix: TextEdit | undefined;
}

export interface PemProblem {
  readonly id: PemProblemId;
  readonly message: string;
  readonly range: Range;
  /** OpenSSL, and so nginx and Apache, cannot read the block. */
  readonly refused: boolean;
}

export type PemProblemId =
  | 'no-end'
  | 'stray-end'
  | 'label-mismatch'
  | 'wrong-label'
  | 'glued'
  | 'one-line'
  | 'indented'
  | 'carriage-returns'
  | 'escaped-newlines'
  | 'dashes'
  | 'lower-case'
  | 'no-armour'
  | 'utf-16'
  | 'blank-line'
  | 'padding'
  | 'foreign-characters'
  | 'trailing-text'
  | 'headers'
  | 'empty';

export interface Boundary {
  readonly begin: boolean;
  readonly label: string;
  readonly range: Range;
  /** Five hyphens on both sides, capitals, one blank. */
  readonly proper: boolean;
}
