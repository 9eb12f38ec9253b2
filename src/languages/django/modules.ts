import { folderOf, foldersAround, resolvePath } from '../../text/path.ts';
import type { ModuleName } from './parse/tree.ts';

/** Packages that a project may stand in lie so many folders above its settings, at most. */
const mostFolders = 5;

/**
 * Files that a module's name may mean, the likeliest first: relative to the file that asks, or below one of the folders
 * above it, of which one is on Python's path.
 */
export function filesOfModule(file: string, { level, path }: ModuleName): readonly string[] {
  const folder = folderOf(file);
  if (level > 0) return inFolder(resolvePath(folder, `./${'../'.repeat(level - 1)}`), path);
  if (path.length === 0) return [];
  return foldersAround(file)
    .slice(0, mostFolders + 1)
    .flatMap((above) => inFolder(above, path));
}

function inFolder(folder: string, path: readonly string[]): readonly string[] {
  const whole = resolvePath(folder, `./${path.join('/')}`);
  return path.length === 0 ? [`${whole}/__init__.py`] : [`${whole}.py`, `${whole}/__init__.py`];
}

/** Packages of others, whose modules nobody looks for in a project. */
export function isForeignModule({ level, path }: ModuleName): boolean {
  return (
    level === 0 &&
    /^(?:os|sys|re|json|pathlib|datetime|logging|typing|__future__|django|environ|decouple)$/.test(path[0] ?? '')
  );
}

/** Django's own defaults, which change nothing. */
export function isDefaults({ level, path }: ModuleName): boolean {
  return level === 0 && path.join('.') === 'django.conf.global_settings';
}

const configurations = /^[ \t]*(?:from|import)[ \t]+configurations\b/m;

/** True where a file has its settings in classes: `class Production(Common)` of django-configurations. */
export function isConfigurations(text: string): boolean {
  return text.includes('configurations') && configurations.test(text);
}

const splitSettings = /^[ \t]*from[ \t]+split_settings\.tools[ \t]+import\b/m;

/** True where a file may run others within itself: `include('components/*.py')` of django-split-settings. */
export function isSplit(text: string): boolean {
  return text.includes('split_settings') && splitSettings.test(text);
}
