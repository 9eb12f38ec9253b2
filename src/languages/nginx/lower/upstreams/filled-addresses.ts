import { remember } from '../../../../memory/remember.ts';
import { isOpenAround } from '../../effective.ts';
import { allScopes, enclosingServer, type Item, type Scope } from '../../scope.ts';
import { enclosing } from '../answers/answer.ts';
import { assignedBy, assignedWithin } from '../answers/rewrite.ts';
import { fillWhatIsKnown, possibleTexts, variablesBehind } from '../variables.ts';

/**
 * What a line such as `proxy_pass` asks, with the variables filled in that `set` gives the same value for each request that is
 * passed there, and each of the few that a `map` may give; none where nothing is passed, or something else may set them.
 */
export function filledAddresses({ args: [word], outer }: Item, http: Scope): readonly string[] {
  const server = enclosingServer(outer);
  if (!word || word.templated || !server || isOpenAround(outer)) return [];
  const around = enclosing(outer, http).concat(http);
  if (around.some(runsPrograms)) return [];
  // What stands in locations around this one is not run for it.
  const own = outer.owner?.name === 'if' ? [outer, outer.owner.outer] : [outer];
  const scopes = [...own, server];
  if (scopes.some((each) => each.findFirst('return'))) return [];
  // A request may come here from another location, and keeps its variables.
  const isSetElsewhere = (name: string) =>
    (setInside(server).has(name) && !own.some((each) => sets(each, 'set', name))) ||
    around.some((each) => sets(each, 'auth_request_set', name));
  if (variablesBehind(word.value, outer).some(isSetElsewhere)) return [];
  const facts = { assigned: assignedWithin(scopes) };
  return possibleTexts(word.value, facts, outer) ?? [fillWhatIsKnown(word.value, facts, outer)];
}

function sets(scope: Scope, by: string, name: string): boolean {
  return scope.find(by).some((item) => assignedBy(item) === name);
}

/** Variables that the blocks in a server set. */
const setInside = remember(
  (server: Scope): ReadonlySet<string> =>
    new Set(allScopes(server).flatMap((scope) => (scope === server ? [] : scope.find('set').map(assignedBy)))),
);

/** What else may give a variable another value. */
const runsPrograms = remember((scope: Scope): boolean =>
  scope.items.some(({ name }) => /_by_lua|^js_(?!import$)|^perl/.test(name)),
);
