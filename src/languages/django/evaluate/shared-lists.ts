import { isSequence } from './data.ts';
import { type Alternative, type Alternatives, few, type Scope } from './scope.ts';

/**
 * A list that a file has taken over from another is one and the same object for Python: `MIDDLEWARE += […]` and
 * `MIDDLEWARE.append(…)` change it there too, and whoever takes it over later gets it as it is then.
 * @param others what the other files of the project say
 * @param isCertain whether the statement is run in any case
 */
export function changeWhereShared(
  name: string,
  before: Alternatives,
  after: Alternatives,
  others: Iterable<Scope>,
  isCertain: boolean,
): void {
  const lists = new Set(before.flatMap((each) => (isList(each) ? [each.data] : [])));
  if (lists.size === 0) return;
  for (const { names } of others) {
    const theirs = names.get(name);
    if (theirs?.some((each) => isList(each) && lists.has(each.data)) !== true) continue;
    names.set(name, isCertain ? after : few([...theirs, ...after]));
  }
}

function isList(each: Alternative): each is Extract<Alternative, { isAbsent?: undefined }> {
  return !each.isAbsent && isSequence(each.data) && each.data.kind === 'list';
}
