import { isGlob } from '../../text/glob.ts';
import { folderOf, isBelow, resolvePath } from '../../text/path.ts';
import type { Whereabouts } from '../../text/whereabouts.ts';
import type { AnalysisSettings } from '../settings.ts';
import { isOwnConfiguration } from './own-folders.ts';

/**
 * Where packages and builds keep a server's configuration: the folders that a checkout usually stands for, each with the
 * folder in it that may have the main file (`/etc/httpd/conf/httpd.conf`).
 */
const configurationFolders: readonly (readonly [folder: string, inner?: string])[] = [
  ['/etc/nginx'],
  ['/usr/local/nginx/conf'],
  ['/etc/apache2'],
  ['/etc/httpd', 'conf'],
  ['/usr/local/apache2', 'conf'],
  ['/usr/local/etc/apache24'],
  ['/usr/local/etc/httpd'],
  ['/opt/homebrew/etc/httpd'],
  ['/opt/bitnami/apache', 'conf'],
  ['/opt/bitnami/apache2', 'conf'],
  ['/opt/lampp', 'etc'],
  ['C:/xampp/apache', 'conf'],
  ['C:/Apache24', 'conf'],
];

/** Where packages put what goes with their programs, such as the lines that load modules. */
const programFolders = ['/usr/share/nginx', '/usr/lib', '/usr/lib64'];

/** How paths of the deployed machine are found here. */
export interface PathMap {
  /** Whether a missing file is an error, because the configuration lies on the server's own machine. */
  readonly mode: 'here' | 'elsewhere';
  /**
   * The same for a whole configuration or a snippet. One that no main file includes may wait in a drawer: that a file of its
   * is missing stops no server.
   */
  modeOf(complete: boolean): Whereabouts;
  /** Where a deployed path may lie on this machine, the likeliest first. */
  candidates(path: string): readonly string[];
  /** Where `lint.map` says that it lies, whether something is there or not. */
  mapped(path: string): string | undefined;
}

/** @param entry the main file (or the snippet) that analysis starts from */
export function createPathMap(entry: string, settings: Pick<AnalysisSettings, 'paths' | 'map'>): PathMap {
  const mode = settings.paths !== 'auto' ? settings.paths : isOwnConfiguration(entry) ? 'here' : 'elsewhere';
  const home = folderOf(entry);
  const folders = [...settings.map].sort(([a], [b]) => b.length - a.length);
  const root = mode === 'elsewhere' ? rootAround(entry) : undefined;
  // A relative path counts from where the main file lies here, and a map says what that is called there.
  const isRelative = mode === 'elsewhere' && folders.length > 0;
  const mapped = (names: readonly string[]): string[] =>
    folders.flatMap(([deployed, local]) =>
      names.flatMap((name) =>
        isBelow(name, deployed) ? [resolvePath(local, `./${name.slice(deployed.length)}`)] : [],
      ),
    );
  return {
    mode,
    modeOf: (complete) => (settings.paths === 'auto' && mode === 'here' && !complete ? 'aside' : mode),
    mapped: (path) => mapped([path, ...(isRelative ? deployedNames(path, folders) : [])])[0],
    candidates(path) {
      const found = mapped([path, ...(isRelative ? deployedNames(path, folders) : [])]);
      if (root !== undefined && path.startsWith('/')) found.push(`${root}${path}`);
      // A checkout of a server's configuration folder keeps its inner order, so the main file's folder stands for it.
      let isOfAnother = mode === 'elsewhere' && isGlob(path) && programFolders.some((folder) => isBelow(path, folder));
      if (mode === 'elsewhere') {
        // Windows takes drives in either case.
        const named = path.replace(/^[a-z](?=:)/, (drive) => drive.toUpperCase());
        for (const [folder, inner] of configurationFolders) {
          if (!isBelow(named, folder)) continue;
          // What another server has on this machine, its sites and modules, is no part of a checkout.
          isOfAnother = isGlob(path) && !isBelow(entry, folder);
          const rest = named.slice(folder.length);
          if (inner !== undefined && home.endsWith(`/${inner}`)) found.push(resolvePath(home, `../${rest}`));
          found.push(resolvePath(home, `./${rest}`));
        }
      }
      if (!isOfAnother) found.push(path);
      // Whose folder the main file lies in the place of is only guessed: a wildcard would take another server's files.
      const standsFor =
        isRelative && !isGlob(path) ? configurationFolders.map(([folder]) => [folder, home] as const) : [];
      return [...found, ...mapped(deployedNames(path, standsFor))];
    },
  };
}

/** How the deployed machine may call what lies in one of the folders here. */
function deployedNames(path: string, map: readonly (readonly [deployed: string, local: string])[]): string[] {
  return map.flatMap(([deployed, local]) => (isBelow(path, local) ? [`${deployed}${path.slice(local.length)}`] : []));
}

/**
 * The folder that stands for the root of the deployed machine, where an image, a package or a backup keeps the whole order of its
 * folders: `rootfs` for `rootfs/etc/nginx/nginx.conf`.
 */
function rootAround(entry: string): string | undefined {
  for (const [folder] of configurationFolders) {
    const at = folder.startsWith('/') ? entry.lastIndexOf(`${folder}/`) : -1;
    if (at > 0) return entry.slice(0, at);
  }
  return undefined;
}
