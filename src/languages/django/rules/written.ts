import type { Severity } from '../../../text/finding.ts';
import type { Location } from '../../../text/range.ts';
import type { Project } from '../../language.ts';
import type { Data } from '../evaluate/data.ts';
import { lookUp, type Place, type Scope } from '../evaluate/scope.ts';
import type { DjangoFile } from '../parse/tree.ts';
import { isGivenTo } from './statements.ts';

/** A value that a setting has for certain, and where it is written. */
export interface Written {
  readonly name: string;
  readonly data: Data;
  readonly place: Place;
  /** True where a condition decides that it is this one, so that what is wrong with it may never come true. */
  readonly isPossible: boolean;
  /** False where the value that is written is one of several: `X if ON else Y`. */
  readonly isSole: boolean;
}

/** Undefined where a setting is not set, or where what it is hangs on something that nobody knows here. */
export function written(settings: Scope, name: string): Written | undefined {
  const [only, ...others] = lookUp(settings, name);
  if (only === undefined || others.length > 0 || only.isAbsent || only.place === undefined) return undefined;
  return { name, data: only.data, place: only.place, isPossible: false, isSole: true };
}

/** Every value that a setting may have as some line writes it: what is wrong in each case is wrong in that line. */
export function everyWritten(settings: Scope, name: string): readonly Written[] {
  const alternatives = lookUp(settings, name);
  const isPossible = alternatives.length > 1;
  return alternatives.flatMap((each) => {
    if (each.isAbsent || each.place === undefined) return [];
    const { data, place } = each;
    const isSole = alternatives.every((other) => other === each || other.isAbsent || other.place !== place);
    return [{ name, data, place, isPossible, isSole }];
  });
}

/** An error that a condition may keep from coming true is a warning. */
export function lowered({ isPossible }: Written): { readonly severity?: Severity } {
  return isPossible ? { severity: 'warning' } : {};
}

export function valueLocation({ place }: Written) {
  return { file: place.statement.file, range: place.value };
}

/** True where a part of a value stands in the setting's own line, and not in one that it takes over. */
export function isWrittenIn({ file, range }: Location, { place }: Written): boolean {
  return file === place.statement.file && range.start >= place.value.start && range.end <= place.value.end;
}

/** True where a part of a value stands in a line that gives it to this setting, which may be another one: `+=`, `.append()`. */
export function isOwnPart(location: Location, setting: Written, { files }: Project<DjangoFile>): boolean {
  if (isWrittenIn(location, setting)) return true;
  const file = files.get(location.file);
  return file !== undefined && isGivenTo(setting.name, file, location.range.start);
}
