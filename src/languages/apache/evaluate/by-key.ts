import { createMemo } from '../../../memory/memo.ts';
import type { Evaluation } from './evaluation.ts';
import type { Statement } from './statement.ts';

const none: readonly Statement[] = [];

type ByKey = ReadonlyMap<string, readonly Statement[]>;

const indexes = createMemo<Evaluation, ByKey>();

/** All statements by key, in the order of the text: most rules ask for a few of thousands. */
export function byKey(evaluation: Evaluation): ByKey {
  let index = indexes.get(evaluation);
  if (!index) {
    index = grouped(evaluation.all, ({ key }) => key);
    indexes.set(evaluation, index);
  }
  return index;
}

/** The statements of one key, in the order of the text. */
export function withKey(evaluation: Evaluation, key: string): readonly Statement[] {
  return byKey(evaluation).get(key) ?? none;
}

const servers = createMemo<Evaluation, Map<string, ReadonlyMap<Statement | undefined, readonly Statement[]>>>();

/** Those of one key within one outermost section, or, of undefined, outside of all. */
export function withKeyIn(evaluation: Evaluation, key: string, outermost: Statement | undefined): readonly Statement[] {
  let keys = servers.get(evaluation);
  if (!keys) {
    keys = new Map();
    servers.set(evaluation, keys);
  }
  let places = keys.get(key);
  if (!places) {
    places = grouped(withKey(evaluation, key), ({ parents }) => parents[0]);
    keys.set(key, places);
  }
  return places.get(outermost) ?? none;
}

const levels = createMemo<Evaluation, Map<string, ReadonlyMap<Statement | undefined, readonly Statement[]>>>();

/** Those of one key by the section that they stand in directly; of undefined those outside of all. */
export function levelsWith(
  evaluation: Evaluation,
  key: string,
): ReadonlyMap<Statement | undefined, readonly Statement[]> {
  let keys = levels.get(evaluation);
  if (!keys) {
    keys = new Map();
    levels.set(evaluation, keys);
  }
  let places = keys.get(key);
  if (!places) {
    places = grouped(withKey(evaluation, key), ({ parents }) => parents.at(-1));
    keys.set(key, places);
  }
  return places;
}

/** Those of one key directly within one section, or, of undefined, outside of all. */
export function withKeyAt(evaluation: Evaluation, key: string, section: Statement | undefined): readonly Statement[] {
  return levelsWith(evaluation, key).get(section) ?? none;
}

const firstWords = createMemo<Evaluation, Map<string, ReadonlyMap<string, readonly Statement[]>>>();

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

function grouped<Key>(
  statements: readonly Statement[],
  keyOf: (statement: Statement) => Key,
): ReadonlyMap<Key, readonly Statement[]> {
  const groups = new Map<Key, Statement[]>();
  for (const statement of statements) addTo(groups, keyOf(statement), statement);
  return groups;
}

function addTo<Key>(map: Map<Key, Statement[]>, key: Key, statement: Statement): void {
  const list = map.get(key);
  if (list) list.push(statement);
  else map.set(key, [statement]);
}
