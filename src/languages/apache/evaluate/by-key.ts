import type { Evaluation } from './evaluate.ts';
import type { Statement } from './statement.ts';

const none: readonly Statement[] = [];

type ByKey = ReadonlyMap<string, readonly Statement[]>;

const indexes = new WeakMap<Evaluation, ByKey>();

/** All statements by key, in the order of the text: most rules ask for a few of thousands. */
export function byKey(evaluation: Evaluation): ByKey {
  let index = indexes.get(evaluation);
  if (!index) {
    index = grouped(evaluation.all);
    indexes.set(evaluation, index);
  }
  return index;
}

/** The statements of one key, in the order of the text. */
export function withKey(evaluation: Evaluation, key: string): readonly Statement[] {
  return byKey(evaluation).get(key) ?? none;
}

const servers = new WeakMap<Evaluation, Map<string, ReadonlyMap<Statement | undefined, readonly Statement[]>>>();

/** Those of one key within one outermost section, or, of undefined, outside of all. */
export function withKeyIn(evaluation: Evaluation, key: string, outermost: Statement | undefined): readonly Statement[] {
  let keys = servers.get(evaluation);
  if (!keys) {
    keys = new Map();
    servers.set(evaluation, keys);
  }
  let places = keys.get(key);
  if (!places) {
    places = byPlace(withKey(evaluation, key));
    keys.set(key, places);
  }
  return places.get(outermost) ?? none;
}

const firstWords = new WeakMap<Evaluation, Map<string, ReadonlyMap<string, readonly Statement[]>>>();

/** Those of one key whose first word is this one in lower case. */
export function withWord(evaluation: Evaluation, key: string, word: string): readonly Statement[] {
  let keys = firstWords.get(evaluation);
  if (!keys) {
    keys = new Map();
    firstWords.set(evaluation, keys);
  }
  let words = keys.get(key);
  if (!words) {
    words = byWord(withKey(evaluation, key));
    keys.set(key, words);
  }
  return words.get(word) ?? none;
}

/** The last of a list in the order of the text that stands before a place. */
export function lastBefore(statements: readonly Statement[], order: number): Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle] as Statement).order < order) low = middle + 1;
    else high = middle;
  }
  return statements[low - 1];
}

function byWord(statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> {
  const words = new Map<string, Statement[]>();
  for (const statement of statements) {
    const word = statement.args[0]?.value.toLowerCase();
    if (word !== undefined) addTo(words, word, statement);
  }
  return words;
}

function byPlace(statements: readonly Statement[]): ReadonlyMap<Statement | undefined, readonly Statement[]> {
  const places = new Map<Statement | undefined, Statement[]>();
  for (const statement of statements) addTo(places, statement.parents[0], statement);
  return places;
}

function grouped(statements: readonly Statement[]): ByKey {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) addTo(groups, statement.key, statement);
  return groups;
}

function addTo<Key>(map: Map<Key, Statement[]>, key: Key, statement: Statement): void {
  const list = map.get(key);
  if (list) list.push(statement);
  else map.set(key, [statement]);
}
