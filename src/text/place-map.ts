import type { Location } from './range.ts';

/**
 * Values by the place where something begins: a large configuration asks for thousands. Most are told in the order of the
 * text, where the last one says that a place was not met yet, and nothing has to be looked up.
 */
export class PlaceMap<Value> {
  private readonly byFile = new Map<string, Places<Value>>();

  get({ file, range }: Location): Value | undefined {
    return this.byFile.get(file)?.get(range.start);
  }

  has(place: Location): boolean {
    return this.get(place) !== undefined;
  }

  set({ file, range }: Location, value: Value): void {
    let places = this.byFile.get(file);
    if (places === undefined) {
      places = new Places();
      this.byFile.set(file, places);
    }
    places.set(range.start, value);
  }

  /** File by file; those of one file as they were first told. */
  *values(): Iterable<Value> {
    for (const places of this.byFile.values()) yield* places.all();
  }
}

/** The values of one file by their offsets. */
class Places<Value> {
  /** Ascending, for as long as there is no index. */
  private starts: number[] = [];
  private values: Value[] = [];
  private last = -1;
  private index: Map<number, Value> | undefined;

  get(start: number): Value | undefined {
    if (start > this.last) return undefined;
    return this.index === undefined ? this.search(start) : this.index.get(start);
  }

  set(start: number, value: Value): void {
    if (this.index !== undefined || start <= this.last) this.indexed().set(start, value);
    else {
      this.starts.push(start);
      this.values.push(value);
    }
    if (start > this.last) this.last = start;
  }

  all(): Iterable<Value> {
    return this.index?.values() ?? this.values;
  }

  private search(start: number): Value | undefined {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    return starts[low] === start ? this.values[low] : undefined;
  }

  private indexed(): Map<number, Value> {
    if (this.index === undefined) {
      this.index = new Map();
      for (let at = 0; at < this.starts.length; at++) {
        this.index.set(this.starts[at] as number, this.values[at] as Value);
      }
      this.starts = [];
      this.values = [];
    }
    return this.index;
  }
}
