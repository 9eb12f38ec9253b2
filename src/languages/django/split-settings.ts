import { folderOf, resolvePath } from '../../text/path.ts';
import type { Range } from '../../text/range.ts';
import type { Project } from '../language.ts';
import { type Data, isSequence, isUnknown } from './evaluate/data.ts';
import { evaluate, type Surroundings } from './evaluate/expressions.ts';
import { environmentFolder, isForDevelopment, rankOfTaker } from './file-names.ts';
import { isSplit } from './modules.ts';
import type { DjangoFile, Expression } from './parse/tree.ts';

/** A file of settings, also where the environment chooses it: `f'environments/{ENV}.py'`. */
const literal = /(f?)(['"])([^'"\n]{1,200}\.py)\2/g;

/** Every pattern that the file may ask for, whichever the environment chooses. */
export function patternsOfParts({ document }: DjangoFile): readonly string[] {
  if (!isSplit(document.text)) return [];
  const patterns = [...document.text.matchAll(literal)].map(([, , , path = '']) => patternOf(document.file, path));
  return [...new Set(patterns)].filter((pattern) => pattern !== undefined);
}

/** Absolute; what is put into the text when it is run may be any name. Undefined where nothing but that is said. */
function patternOf(file: string, path: string): string | undefined {
  const pattern = path.replace(/\{[^{}]*\}|%s|%\(\w+\)s/g, '*');
  return /\w/.test(pattern.slice(0, -'.py'.length)) ? resolvePath(folderOf(file), pattern) : undefined;
}

export interface Parts {
  readonly pattern: string;
  /** One of the files that match is meant, and not all of them. */
  readonly isChoice: boolean;
}

/** What a call asks for, in its order; undefined where that cannot be told. */
export function partsOf(
  { positional }: Extract<Expression, { kind: 'call' }>,
  file: DjangoFile,
  around: Surroundings,
): readonly Parts[] | undefined {
  const { text } = file.document;
  const parts: Parts[] = [];
  const add = (data: Data, { start, end }: Range): boolean => {
    if (isSequence(data)) return data.isWhole && data.items.every(({ value, location }) => add(value, location.range));
    const written = /^(?:optional\()?\s*(f?)(['"])([^'"\n]+\.py)\2/.exec(text.slice(start, end));
    const path = typeof data === 'string' ? data : isUnknown(data) ? written?.[3] : undefined;
    const pattern = path === undefined ? undefined : patternOf(file.document.file, path);
    if (pattern === undefined) return false;
    parts.push({ pattern, isChoice: isUnknown(data) && pattern.includes('*') });
    return true;
  };
  for (const argument of positional) {
    const { start, end } = argument.range;
    // `*files`, whose star is read as an argument of its own.
    if (text.slice(start, end) === '*') continue;
    const [only, ...others] = evaluate(argument, around);
    if (only === undefined || others.length > 0 || !add(only, argument.range)) return undefined;
  }
  return parts;
}

/** Where what is missing belongs: of settings in parts, into those of the environment that everybody sees. */
export function fileForAdditions({ files, entry }: Project<DjangoFile>): string {
  if (!isSplit(files.get(entry)?.document.text ?? '')) return entry;
  const environments = [...files.keys()].filter((file) => environmentFolder.test(file) && !isForDevelopment(file));
  return environments.sort((a, b) => rankOfTaker(a) - rankOfTaker(b))[0] ?? entry;
}

/** Of several that the environment chooses from, those that others than developers see. */
export function forEverybody(files: readonly string[]): readonly string[] {
  const live = files.filter((file) => !isForDevelopment(file));
  return live.length > 0 ? live : files;
}
