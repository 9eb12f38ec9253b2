import type { FileEdit } from '../../../text/edit.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import type { Project } from '../../language.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ApacheFile } from '../syntax.ts';
import type { Texts } from './place.ts';

/** What one change asks of the text, and the statements that it touches. */
export type Draft =
  | { readonly edits: readonly FileEdit[]; readonly touched: readonly Statement[] }
  | { readonly refused: string };

export interface WriteContext {
  readonly project: Project<ApacheFile>;
  readonly model: ServerModel;
  readonly evaluation: Evaluation;
  readonly texts: Texts;
}
