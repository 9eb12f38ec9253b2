import { segmentPattern } from '../text/glob.ts';
import { isBelow, pathIn, relativePath } from '../text/path.ts';

/** What shall be left out, by whole paths. */
export interface Excluded {
  /** Of what a folder holds. */
  readonly found: (path: string) => boolean;
  /** Of files and folders that are named, as a shell does all in a folder, which may lie in one that shall be left out. */
  readonly named: (path: string) => boolean;
}

export const nothingExcluded: Excluded = { found: () => false, named: () => false };

/**
 * What `--exclude` leaves out, by patterns as `.gitignore` has them: a name wherever it lies, or with a slash a path from the
 * working folder, in which `**` stands for any folders.
 * @param patterns with commas between them
 */
export function readExcluded(patterns: string | undefined, cwd: string): Excluded {
  if (patterns === undefined) return nothingExcluded;
  const tests = patterns.split(',').map((pattern) => readPattern(pattern.replace(/^\.\/|\/+$/g, ''), cwd));
  const found = (path: string) => tests.some((test) => test(path));
  return { found, named: (path) => pathsTo(path, cwd).some(found) };
}

/** What is named and the folders that it lies in, from the working folder on, which are never left out themselves. */
function pathsTo(path: string, cwd: string): readonly string[] {
  if (isBelow(cwd, path)) return [];
  if (!isBelow(path, cwd)) return [path];
  const segments = relativePath(cwd, path).split('/');
  return segments.map((_, at) => pathIn(cwd, segments.slice(0, at + 1).join('/')));
}

function readPattern(pattern: string, cwd: string): (path: string) => boolean {
  if (!pattern.includes('/')) {
    const name = segmentPattern(pattern);
    return (path) => name.test(path.slice(path.lastIndexOf('/') + 1));
  }
  const isAbsolute = pattern.startsWith('/');
  const wanted = pattern.split('/').map((segment) => (segment === '**' ? undefined : segmentPattern(segment)));
  return (path) => matches((isAbsolute ? path : relativePath(cwd, path)).split('/'), wanted);
}

/** @param wanted undefined stands for any number of segments */
function matches(segments: readonly string[], [first, ...others]: readonly (RegExp | undefined)[]): boolean {
  if (first === undefined) return others.length === 0 || segments.some((_, at) => matches(segments.slice(at), others));
  const [segment, ...rest] = segments;
  if (segment === undefined || !first.test(segment)) return false;
  return others.length === 0 ? rest.length === 0 : matches(rest, others);
}
