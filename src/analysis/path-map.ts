import { folderOf, isBelow, resolvePath } from '../text/path.ts';
import type { AnalysisSettings } from './settings.ts';

/** Where packages and builds keep a server's configuration: the folders that a checkout usually stands for. */
const configurationFolders = [
  '/etc/nginx',
  '/usr/local/nginx/conf',
  '/etc/apache2',
  '/etc/httpd',
  '/usr/local/apache2',
];

/** Of these the main file lies one folder deeper: `/etc/httpd/conf/httpd.conf`. */
const deeperMainFile = ['/etc/httpd', '/usr/local/apache2'];

/** How paths of the deployed machine are found here. */
export interface PathMap {
  /** Whether a missing file is an error, because the configuration lies on the server's own machine. */
  readonly mode: 'here' | 'elsewhere';
  /**
   * The same for a whole configuration or a snippet. One that no main file includes may wait in a drawer: that a file of its
   * is missing stops no server.
   */
  modeOf(complete: boolean): 'here' | 'elsewhere';
  /** Where a deployed path may lie on this machine, the likeliest first. */
  candidates(path: string): readonly string[];
}

/** @param entry the main file (or the snippet) that analysis starts from */
export function createPathMap(entry: string, settings: Pick<AnalysisSettings, 'paths' | 'map'>): PathMap {
  const mode = settings.paths !== 'auto' ? settings.paths : isBelow(entry, '/etc') ? 'here' : 'elsewhere';
  const home = folderOf(entry);
  const folders = [...settings.map].sort(([a], [b]) => b.length - a.length);
  return {
    mode,
    modeOf: (complete) => (settings.paths === 'auto' && !complete ? 'elsewhere' : mode),
    candidates(path) {
      const found: string[] = [];
      for (const [deployed, local] of folders) {
        if (isBelow(path, deployed)) found.push(resolvePath(local, `./${path.slice(deployed.length)}`));
      }
      // A checkout of a server's configuration folder keeps its inner order, so the main file's folder stands for it.
      if (mode === 'elsewhere') {
        for (const folder of configurationFolders) {
          if (!isBelow(path, folder)) continue;
          const rest = path.slice(folder.length);
          if (deeperMainFile.includes(folder) && home.endsWith('/conf')) found.push(resolvePath(home, `../${rest}`));
          found.push(resolvePath(home, `./${rest}`));
        }
      }
      found.push(path);
      return found;
    },
  };
}
