import { type Data, type Item, isSequence, type Sequence, unknownData } from './data.ts';

/** More items than these are no setting: a list that is added to itself some thirty times has more than memory holds. */
const most = 1_000_000;

/** Two lists in a row, of which one may be of others. */
export function joined(left: Data, right: Data): Data {
  const [first, second] = [isSequence(left) ? left : undefined, isSequence(right) ? right : undefined];
  const kind = first?.kind ?? second?.kind ?? 'list';
  const isWhole = first?.isWhole === true && second?.isWhole === true;
  const length = lengthOf(first) + lengthOf(second);
  if (length > most) return unknownData('+ decides');
  return new Joined(kind, isWhole, length, [second ?? none, first ?? none]);
}

const none: Sequence = { kind: 'list', items: [], isWhole: true };

function lengthOf(sequence: Sequence | undefined): number {
  return sequence instanceof Joined ? sequence.length : (sequence?.items.length ?? 0);
}

/** Its items are put together when somebody asks for them: thousands of lines may add to one list, of which the last result counts. */
class Joined implements Sequence {
  /** The last one first. */
  #parts: readonly Sequence[];
  #items: readonly Item[] | undefined;

  constructor(
    readonly kind: Sequence['kind'],
    readonly isWhole: boolean,
    readonly length: number,
    parts: readonly [Sequence, Sequence],
  ) {
    this.#parts = parts;
  }

  get items(): readonly Item[] {
    if (this.#items === undefined) {
      const items: Item[] = [];
      const left: Sequence[] = [this];
      for (let part = left.pop(); part !== undefined; part = left.pop()) {
        if (part instanceof Joined && part.#items === undefined) left.push(...part.#parts);
        else for (const item of part.items) items.push(item);
      }
      this.#items = items;
      this.#parts = [];
    }
    return this.#items;
  }
}
