import type { Fix } from '../../../text/finding.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Location } from '../../../text/range.ts';
import type { Project } from '../../language.ts';
import { isSequence, type Sequence } from '../evaluate/data.ts';
import type { Scope } from '../evaluate/scope.ts';
import type { DjangoFile } from '../parse/tree.ts';
import { everyWritten, isOwnPart, valueLocation } from './written.ts';

/** A text in the list of a setting. */
export interface Entry {
  readonly value: string;
  readonly list: Sequence;
  /** Where to tell of it: the text, or the setting that takes it over from another one. */
  readonly location: Location;
  /** Puts other literals of Python in its place; nothing where another setting needs it as it is. */
  change(newText: string): readonly Fix[];
}

/** Every text in the lists that a setting may have. What several branches have from one place is there once. */
export function* entriesOf(settings: Scope, name: string, project: Project<DjangoFile>): Iterable<Entry> {
  const seen = new PlaceMap<true>();
  for (const setting of everyWritten(settings, name)) {
    const { data } = setting;
    if (!isSequence(data)) continue;
    for (const { value, location } of data.items) {
      if (typeof value !== 'string' || seen.has(location)) continue;
      seen.set(location, true);
      const isOwn = isOwnPart(location, setting, project);
      yield {
        value,
        list: data,
        location: isOwn ? location : valueLocation(setting),
        change: (newText) =>
          isOwn ? [{ title: `Change to ${newText}`, safe: false, edits: [{ ...location, newText }] }] : [],
      };
    }
  }
}

/** Literals of Python, as a list has them between its brackets. */
export function literals(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}
