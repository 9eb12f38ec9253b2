import { createMemo } from '../../../memory/memo.ts';
import { wildcardSource } from '../../../text/glob.ts';
import { prefixFinder } from '../../../text/prefixes.ts';
import type { Statement } from '../evaluate/statement.ts';
import { toRegExp } from '../patterns.ts';
import { isUncertain } from '../uncertain.ts';
import { restAfter } from './path.ts';

/** Sections that hold for a file and its path, each kind in the order in which they are merged. */
export interface Sections {
  readonly directories: readonly Statement[];
  /** `<DirectoryMatch>` and `<Directory ~>`. */
  readonly expressions: readonly Statement[];
  readonly locations: readonly Statement[];
}

/**
 * The sections of several servers, the main one's first: `<Directory>` from the shortest path on.
 * @param folderFiles what files in the folders themselves say
 */
export function sectionsOn(
  servers: readonly (readonly Statement[])[],
  file: string,
  path: string,
  folderFiles: readonly Statement[] = [],
): Sections {
  const found = servers.map((sections) => sectionsFor(sections, file, path));
  // A `.htaccess` has the last word on its folder.
  const directories = [...found.flatMap(({ directories }) => directories), ...folderFiles];
  return {
    directories: directories.sort((a, b) => depth(a) - depth(b)),
    expressions: found.flatMap(({ expressions }) => expressions),
    locations: found.flatMap(({ locations }) => locations),
  };
}

/** The later one has the last word (https://httpd.apache.org/docs/2.4/sections.html#merging). */
export function inOrder({ directories, expressions, locations }: Sections): readonly Statement[] {
  return [...directories, ...expressions, ...locations];
}

export function nameOf({ node }: Statement): string {
  return node.kind === 'section' ? `<${node.name} ${node.raw}>` : node.name;
}

/** So many sections are looked through as they are. */
const few = 12;

function sectionsFor(sections: readonly Statement[], file: string, path: string): Sections {
  if (sections.length > few) return sectionIndex(sections).find(file, path);
  const directories: Statement[] = [];
  const expressions: Statement[] = [];
  const locations: Statement[] = [];
  for (const section of sections) {
    if (section.key.startsWith('location')) {
      if (locationMatches(section, path)) locations.push(section);
      continue;
    }
    const folder = folderOf(section);
    if (folder === undefined) {
      if (expressionMatches(section, file, 'directory')) expressions.push(section);
    } else if (isWildcard(folder) ? wildcardPattern(folder)?.test(file) : holds(folder, file))
      directories.push(section);
  }
  return { directories, expressions, locations };
}

/** The folder of a `<Directory>` whose name is known. */
export function folderOf({ key, args: [first] }: Statement): string | undefined {
  const folder = first?.value ?? '';
  return key !== 'directory' || folder === '~' || isUncertain(folder) ? undefined : withoutSlash(folder);
}

function holds(folder: string, file: string): boolean {
  return restAfter(`${file}/`, folder) !== undefined;
}

interface Matching {
  readonly section: Statement;
  readonly pattern: RegExp | undefined;
}

function matchingAmong(sections: readonly Matching[], file: string): readonly Statement[] {
  return sections.filter(({ pattern }) => pattern?.test(file)).map(({ section }) => section);
}

const indexes = createMemo<readonly Statement[], SectionIndex>();

function sectionIndex(sections: readonly Statement[]): SectionIndex {
  let found = indexes.get(sections);
  if (!found) {
    found = new SectionIndex(sections);
    indexes.set(sections, found);
  }
  return found;
}

/** The sections of a server that has many, and is asked for the files of many. */
class SectionIndex {
  readonly #literal = new Map<string, Statement[]>();
  readonly #prefixesOf: (path: string) => readonly string[];
  readonly #wildcards: Matching[] = [];
  readonly #expressions: Matching[] = [];
  readonly #locations: Statement[] = [];
  readonly #byPath = new Map<string, readonly Statement[]>();

  constructor(sections: readonly Statement[]) {
    for (const section of sections) {
      const folder = folderOf(section);
      const expression = expressionOf(section, 'directory');
      if (section.key.startsWith('location')) this.#locations.push(section);
      else if (expression !== undefined) this.#expressions.push({ section, pattern: toRegExp(expression) });
      else if (folder === undefined) continue;
      else if (isWildcard(folder)) this.#wildcards.push({ section, pattern: wildcardPattern(folder) });
      else {
        const alike = this.#literal.get(folder);
        if (alike) alike.push(section);
        else this.#literal.set(folder, [section]);
      }
    }
    this.#prefixesOf = prefixFinder(new Set(this.#literal.keys()));
  }

  find(file: string, path: string): Sections {
    const named = this.#prefixesOf(`${file}/`)
      .filter((folder) => holds(folder, file))
      .flatMap((folder) => this.#literal.get(folder) ?? []);
    return {
      directories: [...named, ...matchingAmong(this.#wildcards, file)].sort((a, b) => a.order - b.order),
      expressions: matchingAmong(this.#expressions, file),
      locations: this.#locationsOf(path),
    };
  }

  #locationsOf(path: string): readonly Statement[] {
    let found = this.#byPath.get(path);
    if (!found) {
      found = this.#locations.filter((section) => locationMatches(section, path));
      this.#byPath.set(path, found);
    }
    return found;
  }
}

export function locationMatches(section: Statement, path: string): boolean {
  if (section.key !== 'location') return expressionMatches(section, path, 'location');
  const prefix = section.args[0]?.value ?? '';
  if (prefix === '~') return expressionMatches(section, path, 'location');
  // One with wildcards stands for whole paths, not for what lies below.
  if (isWildcard(prefix)) return globPattern(prefix, '$')?.test(path) ?? false;
  return restAfter(path, prefix.length > 1 ? prefix.replace(/\/$/, '') : prefix) !== undefined || prefix === '/';
}

function expressionMatches(section: Statement, text: string, kind: 'directory' | 'location'): boolean {
  const pattern = expressionOf(section, kind);
  return pattern !== undefined && (toRegExp(pattern)?.test(text) ?? false);
}

function expressionOf(section: Statement, kind: 'directory' | 'location'): string | undefined {
  const { key, args } = section;
  const first = args[0]?.value;
  if (key === kind) return first === '~' ? args[1]?.value : undefined;
  return key === `${kind}match` ? first : undefined;
}

export function isWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

/** The file lies in a folder that a name with wildcards stands for, or has such a name itself; a wildcard for no name is none. */
function wildcardPattern(folder: string): RegExp | undefined {
  return globPattern(folder, '(?<=[^/])(?:/|$)');
}

/** Wildcards stand for all but slashes (`APR_FNM_PATHNAME`). */
function globPattern(text: string, end: string): RegExp | undefined {
  return toRegExp(`^${wildcardSource(text, '[^/]')}${end}`);
}

/** How many folders a path names, one within the other. */
function depth({ args: [path] }: Statement): number {
  const text = path?.value ?? '';
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== slash && (at === 0 || text.charCodeAt(at - 1) === slash)) count++;
  }
  return count;
}

const slash = 47;
