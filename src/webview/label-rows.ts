/** What a label takes, in percent of a drawing of usual width. */
const labelWidth = 20;

export interface PlacedLabel {
  readonly at: number;
  readonly anchor: 'start' | 'end';
  /** From 0; a label that another one would touch stands below it. */
  readonly row: number;
}

/**
 * Labels beside their places, towards the middle of the drawing, each in the first row that has room for it. Those nearest to the
 * middle come first: the line down to a lower one then passes the others at their edges, and crosses none.
 */
export function placeLabels(places: readonly number[]): readonly PlacedLabel[] {
  const rows: (readonly [start: number, end: number])[][] = [];
  const placed = new Map<number, PlacedLabel>();
  const fromMiddle = [...places.keys()].sort((a, b) => fromMiddleOf(places[a]) - fromMiddleOf(places[b]));
  for (const index of fromMiddle) {
    const at = places[index] ?? 0;
    const anchor = at > 50 ? 'end' : 'start';
    const [start, end] = anchor === 'end' ? [at - labelWidth, at] : [at, at + labelWidth];
    const isFree = (row: (typeof rows)[number]) => row.every(([from, to]) => end <= from || start >= to);
    const free = rows.findIndex(isFree);
    const row = free === -1 ? rows.push([]) - 1 : free;
    rows[row]?.push([start, end]);
    placed.set(index, { at, anchor, row });
  }
  return places.flatMap((_, index) => placed.get(index) ?? []);
}

function fromMiddleOf(at = 0): number {
  return Math.abs(at - 50);
}
