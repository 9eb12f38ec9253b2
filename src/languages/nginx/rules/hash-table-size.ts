import type { Fix } from '../../../text/finding.ts';
import type { Location } from '../../../text/range.ts';
import type { TextReport } from '../../language.ts';
import { effective } from '../effective.ts';
import type { Item, Scope } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import { insertAtStart, remove, replaceArguments } from '../write/place.ts';
import {
  hostMaps,
  maps,
  proxyHeaders,
  type SharedTable,
  serverNames,
  type Table,
  tables,
  types,
  variables,
} from './hash/tables.ts';
import type { DirectiveRule } from './rule.ts';

/** Bytes of a line of the processor's cache, in whose multiples nginx counts: 64 on the processors that Debian's nginx runs on. */
const cacheLine = 64;
/** Bytes of a bucket that an entry needs: its value, its length and text in whole words, and the mark of the end (NGX_HASH_ELT_SIZE). */
const needed = (length: number): number => 16 + 8 * Math.ceil((length + 2) / 8);
/** No name of this length is too long for any table. */
const fitsAlways = cacheLine - 18;

/** Sizes that are wrong for themselves, of the tables whose making is known. */
const settings: ReadonlyMap<string, SharedTable> = new Map(
  [serverNames, variables, maps, types, proxyHeaders].flatMap((table) =>
    ['max_size', 'bucket_size'].map((part) => [`${table.setting}_${part}`, table] as const),
  ),
);

/** Names that do not fit into the tables that nginx makes of them when it starts. */
export const hashTableSize: DirectiveRule = {
  id: 'hash-table-size',
  title: 'Names too long for a hash table of nginx',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) =>
    fact?.source === 'open' && (fact.name === 'map' || tables.has(fact.name) || settings.has(fact.name)),
  isPleased: ({ item }) => item.name !== 'map' && !settings.has(item.name) && !mayBeLong(item),
  check({ item }) {
    const setting = settings.get(item.name);
    if (setting) return checkSetting(item, setting);
    if (item.name !== 'map') return checkNames(item, tables.get(item.name));
    const hostnames = item.inner?.findFirst('hostnames') !== undefined;
    return checkNames(item, hostnames ? hostMaps : maps) ?? checkNames(item, variables);
  },
};

function checkNames(item: Item, table: Table | undefined): TextReport | undefined {
  if (!table || !mayBeLong(item)) return undefined;
  const size = bucketSize(item.outer, table);
  if (size === undefined) return undefined;
  for (const [place, word] of table.words(item)) {
    if (word.templated || word.value.length <= fitsAlways) continue;
    const entry = table.entries(word.value).find(({ length }) => needed(length) > size);
    if (entry !== undefined) return tooLong(item, table, locate(place, word), entry, size);
  }
  return undefined;
}

/** Most directives are told from their lengths alone. */
function mayBeLong({ args, inner }: Item): boolean {
  for (const { value } of args) if (value.length > fitsAlways) return true;
  for (const { nameWord, args } of inner?.items ?? []) {
    if (nameWord.value.length > fitsAlways) return true;
    for (const { value } of args) if (value.length > fitsAlways) return true;
  }
  return false;
}

/** Bytes of a bucket; undefined where a template sets it. */
function bucketSize(scope: Scope, { setting }: Table): number | undefined {
  const word = setting === undefined ? undefined : effective(scope, `${setting}_bucket_size`)?.args[0];
  if (!word) return cacheLine;
  const size = Number(word.value);
  return word.templated || !Number.isInteger(size) ? undefined : Math.ceil(size / cacheLine) * cacheLine;
}

function tooLong(item: Item, table: Table, location: Location, entry: string, size: number): TextReport {
  const { of, setting } = table;
  const wanted = 2 ** Math.ceil(Math.log2(needed(entry.length)));
  const advice = setting === undefined ? 'no directive makes it larger' : `set "${setting}_bucket_size ${wanted};"`;
  return {
    rule: 'hash-table-size',
    message: `"${entry}" is too long for nginx's table of ${of}, whose buckets have ${size} bytes: ${advice}.`,
    location,
    fixes: setting === undefined ? [] : largerBuckets(item, `${setting}_bucket_size`, wanted),
  };
}

function largerBuckets(item: Item, name: string, size: number): readonly Fix[] {
  const set = effective(item.outer, name);
  let owner = item.outer.owner;
  while (owner && owner.name !== 'http' && owner.name !== 'stream') owner = owner.outer.owner;
  if (!set && !owner) return [];
  const edit = set ? replaceArguments(set, [String(size)]) : insertAtStart(owner as Item, [`${name} ${size};`]);
  return [{ title: `Set "${name} ${size};"`, safe: true, edits: [edit] }];
}

/** A map is made where it stands, with the sizes that are set by then; other tables where the block ends. */
function checkSetting(item: Item, table: SharedTable): TextReport | undefined {
  const { outer, name } = item;
  const map = table === maps ? outer.findFirst('map') : undefined;
  if (map && map.order < item.order) return setTooLate(item, map);
  const [word] = item.args;
  if (!word || word.templated || !/^\d+$/.test(word.value)) return undefined;
  const size = Number(word.value);
  const problem = name.endsWith('_max_size')
    ? size === 0 && 'there is no table of size 0'
    : size === 0
      ? 'there are no buckets of 0 bytes'
      : size > 65_536 - cacheLine && 'buckets have at most 65472 bytes';
  if (problem === false || !table.isMade(outer)) return undefined;
  const message = `nginx cannot build its table of ${table.of} with "${name} ${word.value}": ${problem}.`;
  return { rule: 'hash-table-size', message, location: locate(item, word) };
}

function setTooLate(item: Item, map: Item): TextReport {
  const { text } = item.file.document;
  const line = text.slice(item.start, item.end);
  const owner = item.outer.owner;
  const fix = owner && owner.file === item.file && insertAtStart(owner, [line]);
  return {
    rule: 'hash-table-size',
    message: `"${item.name}" must come before the first "map": after it, nginx reports it as a duplicate.`,
    location: locate(item),
    related: [{ location: locate(map, headRange(map)), message: 'The first map is here.' }],
    fixes: fix ? [{ title: `Move "${item.name}" before the maps`, safe: true, edits: [remove(item), fix] }] : [],
  };
}
