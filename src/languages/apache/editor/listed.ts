import type { Range } from '../../../text/range.ts';
import type { Completion } from '../../language.ts';

/** A proposal without its place. */
export type Row = Pick<Completion, 'label' | 'detail'> & Partial<Completion>;

/** Proposals for a range, in their order. */
export function listed(rows: readonly Row[], range: Range): readonly Completion[] {
  return rows.map((row, index) => ({
    kind: 'value',
    documentation: '',
    insertText: row.label,
    isSnippet: false,
    sortText: String(index).padStart(4, '0'),
    ...row,
    range,
  }));
}
