import { entryOf } from '../../../text/entry-of.ts';
import type { Expression } from '../parse/tree.ts';
import { type Data, type Item, isSequence, isUnknown, type Sequence, unknownData } from './data.ts';
import { evaluate, type Surroundings } from './expressions.ts';
import { joined } from './joined.ts';
import type { Alternatives } from './scope.ts';

/** What a call such as `MIDDLEWARE.insert(0, 'x')` leaves in a list. */
export function mutated(
  { callee, positional }: Extract<Expression, { kind: 'call' }>,
  around: Surroundings,
): { readonly name: string; readonly alternatives: Alternatives } | undefined {
  if (callee.kind !== 'attribute' || callee.object.kind !== 'name') return undefined;
  const { name } = callee.object;
  const argument = positional.at(-1);
  const change = argument && entryOf(changes, callee.name);
  if (change === undefined && !/^(?:append|insert|extend|remove|pop|clear|update|setdefault)$/.test(callee.name))
    return undefined;
  const given = argument === undefined ? [] : evaluate(argument, around);
  const [only] = given;
  const item: Item | undefined =
    argument && only !== undefined && given.length === 1
      ? { value: only, location: { file: around.file, range: argument.range } }
      : undefined;
  const alternatives = around.valuesOf(name).map((each) => {
    if (each.isAbsent || !isSequence(each.data) || change === undefined || item === undefined) {
      return { data: unknownData(`${name}.${callee.name}() decides`), place: undefined };
    }
    return { data: change(each.data, item), place: each.place };
  });
  return { name, alternatives };
}

type Change = (list: Sequence, item: Item) => Data;

const add: Change = (list, item) => joined(list, { kind: list.kind, items: [item], isWhole: true });

/** What is not known may be any of them. */
const remove: Change = (list, { value }) =>
  isUnknown(value) ? value : { ...list, items: list.items.filter((each) => each.value !== value) };

const changes: Readonly<Record<string, Change | undefined>> = {
  add,
  append: add,
  // Where in the list decides nothing that is asked for.
  insert: add,
  extend: (list, { value }) => joined(list, value),
  remove,
  discard: remove,
};
