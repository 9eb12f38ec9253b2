import type { Location, Range } from '../../../text/range.ts';
import type { DjangoFile, Statement } from '../parse/tree.ts';
import { type Data, isUnknown, unknownData } from './data.ts';

/** One value that a name may have, and the statement that gives it; absent: nobody gives it one. */
export type Alternative =
  | { readonly data: Data; readonly place: Place | undefined; readonly isAbsent?: undefined }
  | { readonly isAbsent: true };

/** Where a value is written. */
export interface Place {
  /** The whole statement. */
  readonly statement: Location;
  /** The name in it, and its value. */
  readonly name: Range;
  readonly value: Range;
  /** True where it stands in no branch and no block. */
  readonly isTop: boolean;
  /** True where the statement gives this name alone a value, and a new one. */
  readonly isPlain: boolean;
}

export type Alternatives = readonly Alternative[];

const absent: Alternatives = [{ isAbsent: true }];
/** More than these are as good as unknown. */
const most = 8;

/** A class whose names are settings (django-configurations). */
export interface ClassSettings {
  readonly name: string;
  readonly scope: Scope;
  /** False for a part that others take over (`class Mixin:`), which nobody can run. */
  readonly isWhole: boolean;
  readonly file: DjangoFile;
  readonly body: readonly Statement[];
  /** The line that begins it. */
  readonly location: Location;
}

/** The names of a module, as far as its statements have been followed. */
export interface Scope {
  readonly names: Map<string, Alternatives>;
  /** Why a name that is not among them may have a value nevertheless. */
  rest: string | undefined;
  /** Classes that hold settings, by name. */
  readonly classes: Map<string, ClassSettings>;
}

export function createScope(): Scope {
  return { names: new Map(), rest: undefined, classes: new Map() };
}

export function copyScope({ names, rest, classes }: Scope): Scope {
  return { names: new Map(names), rest, classes: new Map(classes) };
}

export function lookUp({ names, rest }: Scope, name: string): Alternatives {
  return names.get(name) ?? (rest === undefined ? absent : [{ data: unknownData(rest), place: undefined }]);
}

/** Nothing is certain any more. */
export function forget(scope: Scope, reason: string): void {
  scope.names.clear();
  scope.rest = reason;
}

export function setUnknown(scope: Scope, names: readonly string[], reason: string): void {
  for (const name of names) scope.names.set(name, [{ data: unknownData(reason), place: undefined }]);
}

/** What is so after one of several ways was gone. */
export function merge(scopes: readonly Scope[]): Scope {
  const [first = createScope(), ...others] = scopes;
  if (others.length === 0) return first;
  const merged = createScope();
  merged.rest = scopes.find(({ rest }) => rest !== undefined)?.rest;
  for (const { classes } of scopes) for (const [name, each] of classes) merged.classes.set(name, each);
  const names = new Set(scopes.flatMap((scope) => [...scope.names.keys()]));
  for (const name of names) {
    const alternatives: Alternative[] = [];
    for (const scope of scopes) {
      for (const each of lookUp(scope, name))
        if (!alternatives.some((other) => isSame(other, each))) alternatives.push(each);
    }
    merged.names.set(name, few(alternatives));
  }
  return merged;
}

export function few(alternatives: Alternatives): Alternatives {
  if (alternatives.length <= most) return alternatives;
  return [{ data: unknownData('too many conditions decide'), place: undefined }];
}

function isSame(a: Alternative, b: Alternative): boolean {
  if (a === b) return true;
  if (a.isAbsent || b.isAbsent) return a.isAbsent === b.isAbsent;
  return a.place === b.place && (a.data === b.data || (isUnknown(a.data) && isUnknown(b.data)));
}
