import type { Expression } from '../parse/tree.ts';
import {
  type Data,
  type Dictionary,
  type Item,
  isDictionary,
  isSequence,
  isUnknown,
  type Sequence,
  unknownData,
} from './data.ts';
import { binary, evaluate, nameOf, type Surroundings } from './expressions.ts';
import { lookUp, type Scope, setUnknown } from './scope.ts';

/** `DATABASES['default']['OPTIONS']`: a name, and the keys that lead to a part of it. */
interface Part {
  readonly name: string;
  readonly keys: readonly string[];
}

function partOf(expression: Expression): Part | undefined {
  if (expression.kind === 'name') return { name: expression.name, keys: [] };
  if (expression.kind !== 'subscript' || expression.key?.kind !== 'constant') return undefined;
  const { value } = expression.key;
  const around = typeof value === 'string' ? partOf(expression.object) : undefined;
  return around && { name: around.name, keys: [...around.keys, String(value)] };
}

/**
 * `DATABASES['default']['OPTIONS'] = {…}` gives an entry of a dictionary another value, `|= {…}` puts others into it.
 * @returns false where that cannot be followed
 */
export function setEntry(
  target: Expression,
  operator: string,
  value: Expression,
  scope: Scope,
  around: Surroundings,
): boolean {
  const part = partOf(target);
  if (part === undefined) return false;
  const given = itemOf(value, around);
  // A dictionary takes the others in, whatever else it is called.
  const { value: others } = given;
  if (operator === '|') {
    if (isDictionary(others) && change(part, scope, (dictionary) => joined(dictionary, others))) return true;
    if (holdsDictionary(part.name, scope)) setPartsUnknown(scope, [part.name], `${nameOf(target)} decides`);
    return false;
  }
  const key = part.keys.at(-1);
  if (key === undefined) return false;
  const owner = { name: part.name, keys: part.keys.slice(0, -1) };
  if (operator === '') return change(owner, scope, (dictionary) => withEntry(dictionary, key, given));
  return change(owner, scope, (dictionary) => {
    const before = dictionary.entries.get(key)?.value;
    // A list is the same one elsewhere, too.
    if (before === undefined || isSequence(before)) return undefined;
    return withEntry(dictionary, key, { ...given, value: binary(operator, before, others) });
  });
}

/**
 * `DATABASES['default'].update({…})` and other methods by which a setting or a part of it changes.
 * @returns false where there is no such call, or where it changes a name itself and cannot be followed here
 */
export function callOfPart(call: Extract<Expression, { kind: 'call' }>, scope: Scope, around: Surroundings): boolean {
  const { callee } = call;
  const part = callee.kind === 'attribute' && methods.test(callee.name) ? partOf(callee.object) : undefined;
  if (callee.kind !== 'attribute' || part === undefined) return false;
  const make = changeBy(callee.name, call, around);
  if (make !== undefined && change(part, scope, make)) return true;
  // What calls do to lists is followed elsewhere.
  if (part.keys.length === 0 && !holdsDictionary(part.name, scope)) return false;
  setPartsUnknown(scope, [part.name], `a part of ${part.name} is changed, which`);
  return true;
}

function holdsDictionary(name: string, scope: Scope): boolean {
  return lookUp(scope, name).some((each) => !each.isAbsent && isDictionary(each.data));
}

const methods = /^(?:append|insert|extend|remove|pop|popitem|clear|update|setdefault)$/;

function changeBy(
  method: string,
  { positional: [first, second, ...more], named }: Extract<Expression, { kind: 'call' }>,
  around: Surroundings,
): ((dictionary: Dictionary) => Data) | undefined {
  if (first === undefined || more.length > 0 || named.length > 0) return undefined;
  if (method === 'update' && second === undefined) {
    const given = itemOf(first, around).value;
    return isDictionary(given) ? (dictionary) => joined(dictionary, given) : undefined;
  }
  if (method !== 'setdefault' || second === undefined) return undefined;
  if (first.kind !== 'constant' || typeof first.value !== 'string') return undefined;
  const key = first.value;
  const given = itemOf(second, around);
  return (dictionary) => {
    if (dictionary.entries.has(key)) return dictionary;
    const value = dictionary.isWhole ? given.value : unknownData('what is in a dictionary already decides');
    return withEntry(dictionary, key, { ...given, value });
  };
}

/** Puts another in the place of a dictionary, as far as there is one; for Python it is one and the same object under all names that it has. */
function change({ name, keys }: Part, scope: Scope, make: (dictionary: Dictionary) => Data | undefined): boolean {
  const replaced = new Map<Data, Data>();
  for (const each of lookUp(scope, name)) {
    if (each.isAbsent) return false;
    let data: Data | undefined = each.data;
    for (const key of keys)
      if (data !== undefined && !isUnknown(data)) data = isDictionary(data) ? data.entries.get(key)?.value : undefined;
    // What is not known stays so, whatever is done to it.
    if (data !== undefined && isUnknown(data)) continue;
    if (data === undefined || !isDictionary(data)) return false;
    const after = make(data);
    if (after === undefined) return false;
    replaced.set(data, after);
  }
  if (lookUp(scope, name).length === 1) replaceIn(scope, replaced);
  else {
    // Which of them it is that hangs elsewhere, too, nobody can tell any more.
    const unsure = unknownData(`what is changed by ${name} decides`);
    replaceIn(scope, new Map([...replaced.keys()].map((data) => [data, unsure])), (other) => other !== name);
    replaceIn(scope, replaced, (other) => other === name);
  }
  return true;
}

/** Where something may change within them: so it does under every name that their parts have. */
export function setPartsUnknown(scope: Scope, names: readonly string[], reason: string): void {
  const held = new Map<Data, Data>();
  const collect = (data: Data): void => {
    if ((!isDictionary(data) && !isSequence(data)) || held.has(data)) return;
    held.set(data, unknownData(reason));
    for (const { value } of isDictionary(data) ? data.entries.values() : data.items) collect(value);
  };
  for (const name of names) for (const each of scope.names.get(name) ?? []) if (!each.isAbsent) collect(each.data);
  if (held.size > 0) replaceIn(scope, held);
  setUnknown(scope, names, reason);
}

function replaceIn(scope: Scope, replaced: ReadonlyMap<Data, Data>, isMeant = (_name: string) => true): void {
  const done = new Map(replaced);
  for (const [own, alternatives] of scope.names) {
    if (!isMeant(own)) continue;
    const after = alternatives.map((each) => (each.isAbsent ? each : { ...each, data: replace(each.data, done) }));
    if (after.some((each, index) => !each.isAbsent && each.data !== dataOf(alternatives[index])))
      scope.names.set(own, after);
  }
}

function dataOf(each: { readonly data?: Data; readonly isAbsent?: true | undefined } | undefined): Data | undefined {
  return each?.data;
}

/** @param done what stands for what: the same object stays the same, wherever it hangs */
function replace(data: Data, done: Map<Data, Data>): Data {
  if (!isDictionary(data) && !isSequence(data)) return data;
  const found = done.get(data);
  if (found !== undefined) return found;
  const after = isDictionary(data) ? inDictionary(data, done) : inSequence(data, done);
  done.set(data, after);
  return after;
}

function inDictionary(data: Dictionary, done: Map<Data, Data>): Dictionary {
  const entries = new Map([...data.entries].map(([key, item]) => [key, inItem(item, done)]));
  return [...entries].every(([key, item]) => item === data.entries.get(key)) ? data : { ...data, entries };
}

function inSequence(data: Sequence, done: Map<Data, Data>): Sequence {
  const items = data.items.map((item) => inItem(item, done));
  return items.every((item, index) => item === data.items[index]) ? data : { ...data, items };
}

function inItem(item: Item, done: Map<Data, Data>): Item {
  const value = replace(item.value, done);
  return value === item.value ? item : { ...item, value };
}

function itemOf(expression: Expression, around: Surroundings): Item {
  const found = evaluate(expression, around);
  const [only] = found;
  const value = found.length === 1 && only !== undefined ? only : unknownData('a condition decides');
  return { value, location: { file: around.file, range: expression.range } };
}

function withEntry(dictionary: Dictionary, key: string, item: Item): Dictionary {
  return { ...dictionary, entries: new Map(dictionary.entries).set(key, item) };
}

/** What is not known of the second may be any entry of the first. */
function joined(first: Dictionary, second: Dictionary): Data {
  if (!second.isWhole) return unknownData('what is put into a dictionary decides');
  return { ...first, entries: new Map([...first.entries, ...second.entries]) };
}
