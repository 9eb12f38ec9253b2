import { createMemo } from '../../../memory/memo.ts';
import type { Project } from '../../language.ts';
import { type NamedPlace, withDefinition } from '../../names.ts';
import { rootScope } from '../configuration.ts';
import { everywhereIn } from '../everywhere.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Scope } from '../scope.ts';
import { upstreamsByVariable } from './by-variable.ts';
import { locationPlaces } from './locations.ts';
import {
  comparable,
  definitions,
  kinds,
  locatePart,
  type Naming,
  perhapsDefined,
  spaceOf,
  surelyDefined,
} from './naming.ts';
import { variablePlaces } from './variables.ts';

const remembered = createMemo<Project<NginxFile>, readonly NamedPlace[]>();

/** Every place of a name that the configuration itself defines. */
export function names(project: Project<NginxFile>): readonly NamedPlace[] {
  let places = remembered.get(project);
  if (!places) {
    const root = rootScope(project);
    const named = [
      ...placesOf(root, definitions, 'definition'),
      ...placesOf(root, surelyDefined.http, 'use', 'http'),
      ...placesOf(root, surelyDefined.stream, 'use', 'stream'),
      ...placesOf(root, perhapsDefined, 'use', 'http'),
    ];
    places = withDefinition([
      ...named,
      ...upstreamsByVariable(root, named),
      ...locationPlaces(root),
      ...variablePlaces(root),
    ]);
    remembered.set(project, places);
  }
  return places;
}

function* placesOf(
  root: Scope,
  namings: ReadonlyMap<string, Naming>,
  role: NamedPlace['role'],
  section?: string,
): Iterable<NamedPlace> {
  for (const item of everywhereIn(root, namings.keys())) {
    const naming = namings.get(item.name);
    const written = naming?.find(item);
    const space = spaceOf(item.outer);
    if (!naming || !written || written.word.templated || (section !== undefined && section !== space)) continue;
    const location = locatePart(item, written.word, written.from, written.name.length);
    const name = comparable(naming.kind, written.name);
    if (location && name !== '') yield { kind: kinds[naming.kind], space, name, role, location };
  }
}
