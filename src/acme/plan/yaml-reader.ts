import type { Document, Node, YAMLMap, YAMLSeq } from 'yaml';
import type { Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import type { PlanDiagnostic, PlanDiagnosticCode } from './plan.ts';

/** A value of the YAML file with its place. Reading it wrongly is reported, never thrown. */
export interface YamlValue {
  readonly range: Range;
  readonly kind: 'map' | 'list' | 'scalar' | 'empty';
  /** The scalar: string, number, boolean or null. */
  readonly scalar: unknown;
  /** The text of a scalar as the file writes it, so that `0640` keeps its zero. */
  readonly source: string | undefined;
  readonly entries: readonly YamlEntry[];
  readonly items: readonly YamlValue[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: YamlValue;
}

export type Reporter = (
  code: PlanDiagnosticCode,
  range: Range,
  message: string,
  severity?: PlanDiagnostic['severity'],
  instead?: string,
) => void;

type Yaml = typeof import('yaml');

/** Plain data with ranges for a parsed document; aliases and merge keys resolved. */
export function toYamlValue(yaml: Yaml, document: Document, node: Node | null, outer: Range): YamlValue {
  const resolve = (value: unknown, place: Range, depth: number): YamlValue => {
    const target = yaml.isAlias(value) ? value.resolve(document) : value;
    const own = yaml.isNode(value) && value.range ? { start: value.range[0], end: value.range[1] } : place;
    const empty: YamlValue = { range: own, kind: 'empty', scalar: null, source: undefined, entries: [], items: [] };
    if (depth > 50) return empty;
    if (yaml.isMap(target)) return { ...empty, kind: 'map', entries: entriesOf(target, own, depth) };
    if (yaml.isSeq(target)) return { ...empty, kind: 'list', items: itemsOf(target, own, depth) };
    if (!yaml.isScalar(target) || target.value === null) return empty;
    return { ...empty, kind: 'scalar', scalar: target.value, source: target.source };
  };
  const entriesOf = (map: YAMLMap, place: Range, depth: number): YamlEntry[] => {
    // What a merge key brings stands first, so that the map's own keys win.
    const merged: YamlEntry[] = [];
    const own: YamlEntry[] = [];
    for (const pair of map.items) {
      const key = resolve(pair.key, place, depth + 1);
      const value = resolve(pair.value, key.range, depth + 1);
      // Of several maps, the first wins.
      if (key.source === '<<') merged.push(...mergeSources(value).flatMap(({ entries }) => entries));
      else own.push({ key: String(key.source ?? key.scalar), keyRange: key.range, value });
    }
    return [...merged, ...own];
  };
  const itemsOf = (list: YAMLSeq, place: Range, depth: number): YamlValue[] =>
    list.items.map((item) => resolve(item, place, depth + 1));
  return resolve(node, outer, 0);
}

/** A merge key takes a map, or a list of them. */
function mergeSources(value: YamlValue): readonly YamlValue[] {
  return (value.kind === 'list' ? value.items.toReversed() : [value]).filter(({ kind }) => kind === 'map');
}

/** A map with known keys: the entries by key. Unknown and doubled keys are reported. */
export function readMap(
  value: YamlValue | undefined,
  what: string,
  known: readonly string[],
  report: Reporter,
): ReadonlyMap<string, YamlEntry> {
  const found = new Map<string, YamlEntry>();
  if (value === undefined || value.kind === 'empty') return found;
  if (value.kind !== 'map') {
    report('plan-type', value.range, `${what} must be a map, such as {${known[0]}: …}.`);
    return found;
  }
  for (const entry of value.entries) {
    if (!known.includes(entry.key)) {
      const near = suggest(entry.key, known);
      const hint = near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${near}"?`;
      report('plan-unknown-key', entry.keyRange, `${what} takes no "${entry.key}". ${hint}`, 'error', near);
    } else found.set(entry.key, entry);
  }
  return found;
}

/** A text that is not empty, numbers as they are written; anything else is reported, and undefined. */
export function readText(entry: YamlEntry | undefined, what: string, report: Reporter): string | undefined {
  if (entry === undefined) return undefined;
  return textOf(entry.value, what, report);
}

function textOf(value: YamlValue, what: string, report: Reporter): string | undefined {
  if (value.kind === 'scalar' && value.scalar !== '') return String(value.source ?? value.scalar);
  report('plan-type', value.range, `${what} must be a text.`);
  return undefined;
}

/** `true` or `false`; anything else is reported, and undefined. */
export function readBoolean(entry: YamlEntry | undefined, what: string, report: Reporter): boolean | undefined {
  if (entry === undefined) return undefined;
  if (typeof entry.value.scalar === 'boolean') return entry.value.scalar;
  report('plan-type', entry.value.range, `${what} must be true or false.`);
  return undefined;
}

/** A list of texts; a single text counts as a list of one. */
export function readTexts(
  entry: YamlEntry | undefined,
  what: string,
  report: Reporter,
): readonly { readonly text: string; readonly range: Range }[] | undefined {
  if (entry === undefined) return undefined;
  const { value } = entry;
  const values = value.kind === 'list' ? value.items : value.kind === 'scalar' ? [value] : undefined;
  if (values === undefined) {
    report('plan-type', value.range, `${what} must be a list of texts.`);
    return undefined;
  }
  return values.flatMap((item) => {
    const text = textOf(item, `Each entry of ${what}`, report);
    return text === undefined ? [] : [{ text, range: item.range }];
  });
}

/** A program and its arguments, a word each; undefined where there are none. */
export function readCommand(
  entry: YamlEntry | undefined,
  what: string,
  report: Reporter,
): readonly string[] | undefined {
  const words = readTexts(entry, what, report) ?? [];
  const [program] = words;
  if (program === undefined) return undefined;
  if (words.length === 1 && /\S\s+\S/.test(program.text) && !isPathWithBlanks(program.text)) {
    const list = `[${program.text.trim().split(/\s+/).join(', ')}]`;
    const message = `${what}: "${program.text}" is one word, the name of a program, since no shell reads it. Write ${list}.`;
    report('plan-value', program.range, message, 'warning');
  }
  return words.map(({ text }) => text);
}

/**
 * `C:\Program Files\nginx\nginx.exe`, whose blank stands in the name of a folder; `/bin/sh tools/reload.sh` has two words, and so
 * has a path behind which an option or another path stands.
 */
function isPathWithBlanks(text: string): boolean {
  const isPath = /^(?:[A-Za-z]:)?[\\/].*[\\/][^\\/\s]+$/.test(text);
  return isPath && !/\s[-\\/]/.test(text) && !/^[^\s]*bin[\\/][^\\/\s]*\s/.test(text);
}
