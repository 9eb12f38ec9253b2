import { isSequence } from './data.ts';
import { type Alternative, type Alternatives, few, type Place, type Scope } from './scope.ts';

/**
 * A list that a file has taken over from another is one and the same object for Python: `MIDDLEWARE += […]` and
 * `MIDDLEWARE.append(…)` change it there too, and whoever takes it over later gets it as it is then. So is one with two names.
 * @param own the names of the file itself, where the statement is run
 * @param others what the other files of the project say
 * @param isCertain whether the statement is run in any case
 */
export function changeWhereShared(
  before: Alternatives,
  after: Alternatives,
  own: Scope,
  others: Iterable<Scope>,
  isCertain: boolean,
): void {
  const lists = new Set(before.flatMap((each) => (isList(each) ? [each.data] : [])));
  if (lists.size === 0) return;
  const isShared = (each: Alternative) => isList(each) && lists.has(each.data);
  for (const [name, ours] of own.names) {
    const place = placeOf(ours.find(isShared));
    if (place === undefined) continue;
    // Where a condition decides, the name may be another list.
    const others = ours.filter((each) => !isShared(each));
    own.names.set(name, few([...others, ...after.map((each) => (each.isAbsent ? each : { ...each, place }))]));
  }
  for (const { names } of others) {
    for (const [name, theirs] of names)
      if (theirs.some(isShared)) names.set(name, isCertain ? after : few([...theirs, ...after]));
  }
}

function isList(each: Alternative): each is Extract<Alternative, { isAbsent?: undefined }> {
  return !each.isAbsent && isSequence(each.data) && each.data.kind === 'list';
}

function placeOf(each: Alternative | undefined): Place | undefined {
  return each === undefined || each.isAbsent ? undefined : each.place;
}
