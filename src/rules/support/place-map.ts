import type { Location } from '../../text/range.ts';

/**
 * Values by the place where something begins: a large configuration asks for thousands. Most are asked for in the order of
 * the text, where the last one tells that a place was not met yet, and nothing has to be looked up.
 */
export class PlaceMap<Value> {
  private readonly byFile = new Map<string, Places<Value>>();

  get({ file, range }: Location): Value | undefined {
    return this.byFile.get(file)?.get(range.start);
  }

  set({ file, range }: Location, value: Value): void {
    let places = this.byFile.get(file);
    if (places === undefined) {
      places = new Places();
      this.byFile.set(file, places);
    }
    places.set(range.start, value);
  }
}

/** The values of one file by their offsets. */
class Places<Value> {
  /** Ascending, for as long as there is no index. */
  private readonly starts: number[] = [];
  private readonly values: Value[] = [];
  private last = -1;
  private index: Map<number, Value> | undefined;

  get(start: number): Value | undefined {
    return start > this.last ? undefined : this.indexed().get(start);
  }

  set(start: number, value: Value): void {
    if (this.index !== undefined || start <= this.last) this.indexed().set(start, value);
    else {
      this.starts.push(start);
      this.values.push(value);
    }
    if (start > this.last) this.last = start;
  }

  private indexed(): Map<number, Value> {
    if (this.index === undefined) {
      this.index = new Map();
      for (let at = 0; at < this.starts.length; at++) {
        this.index.set(this.starts[at] as number, this.values[at] as Value);
      }
    }
    return this.index;
  }
}
