import type { Project } from '../../language.ts';
import type { NameKind } from '../../names.ts';
import { rootScope } from '../configuration.ts';
import { everywhereIn } from '../everywhere.ts';
import type { NginxFile } from '../parse/file.ts';
import { enclosingServer, type Scope } from '../scope.ts';
import { locationKind, locationPlaces } from './locations.ts';
import { definitions, kinds, type NamedKind, perhapsDefined, surelyDefined } from './naming.ts';

/** A name that may be written somewhere. */
export interface NameProposal {
  readonly name: string;
  readonly kind: NameKind;
  /** How many characters of it are there already. */
  readonly typed: number;
}

/** A directive, which of its arguments is meant, and what is written of that. */
export interface Writing {
  readonly directive: string;
  readonly argument: number;
  readonly partial: string;
}

/** Names of the configuration that may be written there. */
export function namesFor(project: Project<NginxFile>, scope: Scope, writing: Writing): readonly NameProposal[] {
  const { directive, argument, partial } = writing;
  if (partial.startsWith('@')) return proposals(locationsAround(project, scope), locationKind, partial.length - 1);
  const naming =
    surelyDefined.http.get(directive) ?? surelyDefined.stream.get(directive) ?? perhapsDefined.get(directive);
  const before = directive === 'limit_req' ? /^zone=/ : /^(?:[a-z]+:\/\/)?/;
  const start = before.exec(partial)?.[0];
  if (!naming || start === undefined) return [];
  if (directive !== 'limit_req' && argument !== (directive === 'access_log' ? 1 : 0)) return [];
  return proposals(namesOf(project, naming.kind), kinds[naming.kind], partial.length - start.length);
}

function proposals(names: Iterable<string>, kind: NameKind, typed: number): readonly NameProposal[] {
  return [...new Set(names)].map((name) => ({ name, kind, typed }));
}

function namesOf(project: Project<NginxFile>, kind: NamedKind): readonly string[] {
  return [...everywhereIn(rootScope(project), definitions.keys())].flatMap((item) => {
    const definition = definitions.get(item.name);
    const name = definition?.kind === kind ? definition.find(item)?.name : undefined;
    return name ? [name] : [];
  });
}

/** Named locations of the server that a block stands in: nothing leads to those of another one. */
function locationsAround(project: Project<NginxFile>, scope: Scope): readonly string[] {
  const server = enclosingServer(scope)?.owner?.order;
  return [...locationPlaces(rootScope(project))].flatMap((place) =>
    place.role === 'definition' && place.space === `server ${server}` ? [place.name] : [],
  );
}
