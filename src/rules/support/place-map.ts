import type { Location } from '../../text/range.ts';

/** Values by the place where something begins: a key of numbers, since a large configuration asks for thousands. */
export class PlaceMap<Value> {
  private readonly byFile = new Map<string, Map<number, Value>>();

  get({ file, range }: Location): Value | undefined {
    return this.byFile.get(file)?.get(range.start);
  }

  set({ file, range }: Location, value: Value): void {
    const places = this.byFile.get(file);
    if (places === undefined) this.byFile.set(file, new Map([[range.start, value]]));
    else places.set(range.start, value);
  }
}
