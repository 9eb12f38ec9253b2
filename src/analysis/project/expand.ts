import { type Files, isUnreadable } from '../../host/host.ts';
import { templateEndings } from '../../languages/template-endings.ts';
import { isGlob, segmentPattern } from '../../text/glob.ts';
import { baseName, folderOf, rootOf } from '../../text/path.ts';
import type { PathMap } from './path-map.ts';

/** More than any server has in one folder; a pattern that matches more is cut off there. */
const maximumMatches = 10_000;

/**
 * The paths that a glob(7) pattern matches, in byte order as servers read them.
 * @param dangling is given the links among them that lead nowhere
 * @returns undefined where the folder before the first wildcard (or the path itself) does not exist here
 */
export async function expandGlob(
  pattern: string,
  files: Files,
  dangling: string[] = [],
): Promise<readonly string[] | undefined> {
  if (!isGlob(pattern)) return isUnreadable(await files.stat(pattern)) ? undefined : [pattern];
  const root = rootOf(pattern);
  const segments = pattern
    .slice(root.length)
    .split('/')
    .filter((segment) => segment !== '');
  let paths = [root];
  let seenFolder = false;
  /** What the last listing shows to be there; of a link that leads nowhere it cannot tell. */
  const listed = new Set<string>();
  for (const segment of segments) {
    if (!isGlob(segment)) {
      paths = paths.map((path) => `${path}/${segment}`);
      listed.clear();
      continue;
    }
    const matches = segmentPattern(segment);
    const next: string[] = [];
    listed.clear();
    for (const path of paths) {
      const entries = await files.list(path === root ? `${root}/` : path);
      if (isUnreadable(entries)) continue;
      seenFolder = true;
      for (const { name, kind } of entries) {
        if (!matches.test(name)) continue;
        next.push(`${path}/${name}`);
        if (kind !== 'other') listed.add(`${path}/${name}`);
      }
      if (next.length > maximumMatches) break;
    }
    paths = next.sort(byCodeUnits).slice(0, maximumMatches);
  }
  if (!seenFolder) return undefined;
  const states = await Promise.all(paths.map((path) => (listed.has(path) ? 'there' : stateOf(path, files))));
  const missing = paths.filter((_, index) => states[index] === 'missing');
  // What was listed and is not there is a link that leads nowhere.
  if (isGlob(segments.at(-1) ?? '')) dangling.push(...missing);
  else for (const path of missing) if (await isListed(path, files)) dangling.push(path);
  return paths.filter((_, index) => states[index] === 'there');
}

/** True for a link too that leads nowhere. */
export async function isListed(path: string, files: Files): Promise<boolean> {
  const entries = await files.list(folderOf(path));
  return !isUnreadable(entries) && entries.some(({ name }) => name === baseName(path));
}

async function stateOf(path: string, files: Files): Promise<'there' | 'missing' | 'unseen'> {
  const info = await files.stat(path);
  if (!isUnreadable(info)) return 'there';
  return info.error === 'missing' ? 'missing' : 'unseen';
}

/** All files below a folder, depth first in byte order; hidden ones too, as `Include folder` reads them. */
export async function filesBelow(folder: string, files: Files): Promise<readonly string[]> {
  const entries = await files.list(folder);
  if (isUnreadable(entries)) return [];
  const found: string[] = [];
  for (const { name, kind } of [...entries].sort((a, b) => byCodeUnits(a.name, b.name))) {
    if (kind === 'file') found.push(`${folder}/${name}`);
    else if (kind === 'directory') found.push(...(await filesBelow(`${folder}/${name}`, files)));
    if (found.length > maximumMatches) break;
  }
  return found;
}

const templateEnding = new RegExp(`\\.(?:${templateEndings})$`);

/**
 * The template that a tool will make the file from which an include asks for: `tls.conf.j2` beside the place where `tls.conf` is
 * to lie. On the server's own machine the file itself has to be there.
 */
export async function templateFor(
  pattern: string,
  files: Files,
  paths: Pick<PathMap, 'mode' | 'candidates'>,
): Promise<readonly string[] | undefined> {
  if (paths.mode === 'here' || isGlob(pattern)) return undefined;
  for (const candidate of paths.candidates(pattern)) {
    const entries = await files.list(folderOf(candidate));
    if (isUnreadable(entries)) continue;
    const name = baseName(candidate);
    const template = entries.find(
      (entry) =>
        entry.kind === 'file' && templateEnding.test(entry.name) && entry.name.replace(templateEnding, '') === name,
    );
    if (template !== undefined) return [`${folderOf(candidate)}/${template.name}`];
  }
  return undefined;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
