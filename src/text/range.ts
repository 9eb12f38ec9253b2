/** A half-open range of a text, as UTF-16 offsets from its start. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A range of a named file. `file` is an absolute path with `/`, or a URI where the scheme is not `file`. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** Line and character from 0, the character in UTF-16 code units, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A value and where it stands in the text. */
export interface Located<T> {
  readonly value: T;
  readonly location: Location;
}

/** True where both begin at the same place. */
export function samePlace(a: Location, b: Location): boolean {
  return a.range.start === b.range.start && a.file === b.file;
}

export function contains(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

export function encloses(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}
