import type { Pair, YAMLMap } from 'yaml';
import { applyEdits, type TextEdit } from '../../text/edit.ts';
import { indentAt, lineBreakOf, lineEnd } from '../../text/lines.ts';

/** Plain data as the plan writes it. */
export type PlanValue = string | number | boolean | readonly PlanValue[] | { readonly [key: string]: PlanValue };

type Yaml = typeof import('yaml');

/** An entry to add, its fields in the order in which they shall stand. */
export interface NewEntry {
  readonly name: string;
  readonly fields: { readonly [key: string]: PlanValue };
}

/**
 * The plan with new entries; an empty text becomes a new plan.
 * @throws Error where an entry exists already, or a section is no map
 */
export async function addToPlan(
  text: string,
  entries: { readonly issuers?: readonly NewEntry[]; readonly certificates?: readonly NewEntry[] },
): Promise<string> {
  let result =
    text.trim() === ''
      ? '# Who issues, and which certificates there shall be. Read by editor and command line.\n'
      : text;
  for (const section of ['issuers', 'certificates'] as const)
    result = applyEdits(result, await addEntries(result, section, entries[section] ?? []));
  return result;
}

/** The first place where a text is no plan that entries can be added to, and why. */
export async function yamlProblem(
  text: string,
): Promise<{ readonly offset: number; readonly message: string } | undefined> {
  const yaml = await import('yaml');
  const { errors, contents } = yaml.parseDocument(text, { prettyErrors: false });
  const [error] = errors;
  if (error !== undefined) return { offset: error.pos[0], message: `this is not YAML: ${error.message}` };
  if (contents !== null && !yaml.isMap(contents)) return { offset: 0, message: 'a plan is a map of sections' };
  return undefined;
}

/** The entries of a section that the plan has: their names, and the text of one field of each. */
export async function entriesOf(
  text: string,
  section: 'issuers' | 'certificates',
  field: string,
): Promise<ReadonlyMap<string, string | undefined>> {
  const yaml = await import('yaml');
  const root = yaml.parseDocument(text, { prettyErrors: false }).contents;
  const map = yaml.isMap(root) ? findPair(yaml, root, section)?.value : undefined;
  const entries = new Map<string, string | undefined>();
  for (const { key, value } of yaml.isMap(map) ? map.items : []) {
    const found = yaml.isMap(value) ? findPair(yaml, value, field)?.value : undefined;
    if (yaml.isScalar(key)) entries.set(String(key.value), yaml.isScalar(found) ? String(found.value) : undefined);
  }
  return entries;
}

/**
 * Adds an entry at the end of a section, or the section with it; comments, order and layout of the rest stay.
 * @param fields in the order in which they shall stand
 * @throws Error where the section exists and is no map, or has the entry already
 */
export function addEntry(
  text: string,
  section: 'issuers' | 'certificates',
  name: string,
  fields: { readonly [key: string]: PlanValue },
): Promise<readonly TextEdit[]> {
  return addEntries(text, section, [{ name, fields }]);
}

/** Several at once: a server may have thousands, and the text is parsed for each call. */
async function addEntries(
  text: string,
  section: 'issuers' | 'certificates',
  entries: readonly NewEntry[],
): Promise<readonly TextEdit[]> {
  if (entries.length === 0) return [];
  const yaml = await import('yaml');
  const eol = lineBreakOf(text);
  const document = yaml.parseDocument(text, { prettyErrors: false });
  const root = document.contents;
  const found = yaml.isMap(root) ? findPair(yaml, root, section) : undefined;
  const block = (indent: string): string => {
    const step = indent === '' ? '  ' : indent;
    const lines = entries.flatMap(({ name, fields }) => [
      `${indent}${inline(yaml, name)}:`,
      ...Object.entries(fields).map(([key, value]) => `${indent}${step}${inline(yaml, key)}: ${inline(yaml, value)}`),
    ]);
    return lines.join(eol);
  };
  if (found === undefined) {
    const before = text === '' || text.endsWith('\n') ? '' : eol;
    return [insert(text.length, `${before}${section}:${eol}${block('  ')}${eol}`)];
  }
  const map = found.value;
  if (map === null || (yaml.isScalar(map) && map.value === null)) {
    const keyEnd = lineEnd(text, rangeOf(yaml, found.key)?.[1] ?? 0);
    return [insert(keyEnd, `${eol}${block('  ')}`)];
  }
  if (!yaml.isMap(map)) throw new Error(`"${section}" in the plan is no map. Correct it first.`);
  for (const { name } of entries)
    if (findPair(yaml, map, name) !== undefined) throw new Error(`The plan has "${name}" below "${section}" already.`);
  if (map.flow === true) {
    const inside = entries.map(({ name, fields }) => `${inline(yaml, name)}: ${inline(yaml, fields)}`).join(', ');
    return [insertIntoFlow(yaml, text, map, inside)];
  }
  const first = rangeOf(yaml, map.items[0]?.key)?.[0] ?? 0;
  return [insert(endOf(yaml, text, map), `${eol}${block(indentAt(text, first))}`)];
}

/**
 * Sets one value, such as `['certificates', 'example.com', 'issuer']`; a key that is missing is added at the end of its map.
 * @throws Error where the map that holds it does not exist
 */
export async function setValue(text: string, path: readonly string[], value: PlanValue): Promise<readonly TextEdit[]> {
  const yaml = await import('yaml');
  const eol = lineBreakOf(text);
  const map = findMap(yaml, text, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  const pair = findPair(yaml, map, key);
  const range = rangeOf(yaml, pair?.value);
  if (pair !== undefined && range !== undefined && range[1] > range[0]) {
    const end = trimEnd(text, range[0], range[1]);
    return [{ range: { start: range[0], end }, newText: inline(yaml, value) }];
  }
  if (pair !== undefined) return [insert((rangeOf(yaml, pair.key)?.[1] ?? 0) + 1, ` ${inline(yaml, value)}`)];
  const entry = `${inline(yaml, key)}: ${inline(yaml, value)}`;
  if (map.flow === true) return [insertIntoFlow(yaml, text, map, entry)];
  const indent = indentAt(text, rangeOf(yaml, map.items[0]?.key)?.[0] ?? 0);
  return [insert(endOf(yaml, text, map), `${eol}${indent}${entry}`)];
}

function findMap(yaml: Yaml, text: string, path: readonly string[]): YAMLMap {
  let current: unknown = yaml.parseDocument(text, { prettyErrors: false }).contents;
  for (const key of path) current = yaml.isMap(current) ? findPair(yaml, current, key)?.value : undefined;
  if (yaml.isMap(current)) return current;
  throw new Error(`The plan has no map ${path.join(' › ')}.`);
}

function findPair(yaml: Yaml, map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => yaml.isScalar(pair.key) && String(pair.key.source ?? pair.key.value) === key);
}

function rangeOf(yaml: Yaml, node: unknown): readonly [number, number, number] | undefined {
  return yaml.isNode(node) ? (node.range ?? undefined) : undefined;
}

/** One line, whatever the value: lists and maps in brackets. */
function inline(yaml: Yaml, value: PlanValue): string {
  if (isList(value)) return `[${value.map((item) => inline(yaml, item)).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => `${inline(yaml, key)}: ${inline(yaml, item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  // As a member of a list, so that commas and brackets are quoted too.
  return yaml.stringify([value], { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim();
}

function isList(value: PlanValue): value is readonly PlanValue[] {
  return Array.isArray(value);
}

/** Behind the last entry of a block map, and behind a comment on its line. */
function endOf(yaml: Yaml, text: string, map: YAMLMap): number {
  const last = map.items.at(-1);
  const start = rangeOf(yaml, last?.key)?.[0] ?? 0;
  const end = rangeOf(yaml, last?.value)?.[1] ?? rangeOf(yaml, last?.key)?.[1] ?? start;
  return lineEnd(text, trimEnd(text, start, end));
}

function insertIntoFlow(yaml: Yaml, text: string, map: YAMLMap, entry: string): TextEdit {
  const [start, end] = rangeOf(yaml, map) ?? [0, 2, 2];
  const close = text.lastIndexOf('}', end - 1);
  const at = trimEnd(text, start, close);
  const isEmpty = map.items.length === 0;
  const hasComma = text[at - 1] === ',';
  return { range: { start: at, end: close }, newText: `${isEmpty || hasComma ? ' ' : ', '}${entry} ` };
}

function insert(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
