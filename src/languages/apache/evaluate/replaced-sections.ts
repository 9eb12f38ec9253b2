import { groupBy } from '../../../text/group-by.ts';
import { prefixFinder } from '../../../text/prefixes.ts';
import { hostOf } from './first-places.ts';
import type { Statement } from './statement.ts';

/**
 * Whether what another one of these sections says may count instead of what a section does, as it is merged later: folders, then
 * files, then locations, each in the order of the text.
 */
export function replacementsAmong(sections: readonly Statement[]): (section: Statement) => boolean {
  const last = { location: new Map<string, number>(), folder: new Map<string, number>() };
  const files = new Set<Statement>();
  const latest = { location: -1, folder: -1 };
  for (const section of sections) {
    const { key } = section;
    if (key.startsWith('files')) {
      if (!isOfHiddenFiles(section)) files.add(section);
      continue;
    }
    const kind = key.startsWith('location') ? 'location' : 'folder';
    latest[kind] = Math.max(latest[kind], placeOf(section));
    const of = last[kind];
    of.set(pathOf(section), Math.max(of.get(pathOf(section)) ?? 0, placeOf(section)));
  }
  const find = prefixFinder(new Set(last.location.keys()));
  const ofAllFiles = new Set([...files].filter(isOfAllFiles));
  return (section) => {
    const { key } = section;
    const isLater = (place: number | undefined) => place !== undefined && place > placeOf(section);
    if (key.startsWith('location')) {
      const path = pathOf(section);
      return path === '' ? isLater(latest.location) : find(path).some((prefix) => isLater(last.location.get(prefix)));
    }
    if (last.location.size > 0) return true;
    const others = key.startsWith('files') ? files : ofAllFiles;
    if (others.size > (others.has(section) ? 1 : 0)) return true;
    if (key.startsWith('files')) return false;
    const path = pathOf(section);
    // Those of `<DirectoryMatch>` come behind all others.
    if (key === 'directory' && path === '') return isLater(latest.folder);
    return ['', path].some((each) => isLater(last.folder.get(each)));
  };
}

/**
 * Whether one of these sections may be for all that a section is for, in whichever order they are merged: of the same virtual
 * host or none, and not for another path.
 */
export function coveringAmong(sections: readonly Statement[]): (section: Statement) => boolean {
  const hosts = new Map(
    [...groupBy(sections, ({ parents }) => hostOf(parents))].map(([host, within]) => [host, covers(within)]),
  );
  const any = covers(sections);
  return (section) => {
    const host = hostOf(section.parents);
    return host === undefined ? any(section) : [host, undefined].some((each) => hosts.get(each)?.(section) === true);
  };
}

function covers(sections: readonly Statement[]): (section: Statement) => boolean {
  const isAnywhere = sections.some(({ key }) => !key.startsWith('location'));
  const find = prefixFinder(new Set(sections.map(pathOf)));
  return (section) => {
    const path = section.key.startsWith('location') ? pathOf(section) : '';
    return sections.length > 0 && (isAnywhere || path === '' || find(path).length > 0);
  };
}

/** Empty for one that may be any. */
function pathOf({ key, args }: Statement): string {
  const path = args[0]?.value ?? '';
  return key.endsWith('match') || /^~$|[*?[\]]/.test(path) ? '' : path.replace(/(?<=.)\/$/, '');
}

/** Those of a virtual host are merged behind those of the main server. */
function placeOf({ order, parents }: Statement): number {
  return parents.length > 0 ? order + 1e9 : order;
}

/** `<Files "*">`. */
function isOfAllFiles({ args }: Statement): boolean {
  return /^(?:\*|\^?(?:\.[*+]?)?\$?)$/.test(args.at(-1)?.value ?? '');
}

/** `<Files ".ht*">`, which most servers have. */
function isOfHiddenFiles({ args }: Statement): boolean {
  return /^(?:\^?\(?\\)?\.ht/.test(args.at(-1)?.value ?? '');
}
