import { rootOf } from '../../text/path.ts';
import type { IncludeRequest } from '../language.ts';
import type { NginxFile } from './parse/file.ts';
import type { Word } from './parse/tree.ts';

/**
 * Includes of one file in order, in blocks too. Relative paths start at the main file's folder, as nginx resolves them
 * (ngx_conf_full_name), wherever the including file lies.
 */
export function includes(file: NginxFile, entry: string): readonly IncludeRequest[] {
  const found: IncludeRequest[] = [];
  const { table, document } = file;
  // Most files are included and include nothing.
  if (!document.text.includes('include')) return found;
  /** Where the `geo` block ends that the directives stand in. */
  let geoEnd = 0;
  for (let index = 0; index < table.count; index++) {
    const { name, args } = table.statement(index);
    if (name.value === 'geo' && table.hasBlock(index)) geoEnd = table.behind(index);
    if (name.value !== 'include' || table.hasBlock(index)) continue;
    const block = index < geoEnd ? 'geo' : undefined;
    const pattern = includePattern(args, entry, block);
    const word = args[0];
    if (pattern === undefined || !word) continue;
    const start = table.start(index);
    const range = { start: start + word.from, end: start + word.to };
    const optional = block === undefined && isGlob(pattern);
    found.push({ pattern, optional, location: { file: document.file, range } });
  }
  return found;
}

/**
 * The absolute pattern that the arguments of an `include` ask for, or undefined where it has none or a template fills it in.
 * @param block name of the block it stands in: among the entries of a `geo` a wildcard is an ordinary character (ngx_http_geo_include)
 */
export function includePattern(args: readonly Word[], entry: string, block: string | undefined): string | undefined {
  const [word, ...others] = args;
  if (!word || others.length > 0 || word.templated || word.value === '') return undefined;
  const path = absolutePath(word.value, entry);
  return block === 'geo' && isGlob(path) ? path.replace(/[*?[\]\\]/g, '\\$&') : path;
}

/** A path of the configuration as nginx sees it: relative ones start at the folder of the main file. */
export function absolutePath(path: string, entry: string): string {
  if (path.startsWith('/')) return path;
  if (onDrive.test(path)) return path.replaceAll('\\', '/');
  return normalize(entry.slice(0, entry.lastIndexOf('/') + 1) + path);
}

/** Absolute to nginx on Windows (ngx_win32_init.c, ngx_test_full_name); elsewhere nobody calls a folder so. */
const onDrive = /^[a-z]:[\\/]/i;

/** The same for certificates and keys, which can also be something else than a file (`data:`, `engine:`, `store:`). */
export function configurationPath(value: string, entry: string): string {
  if (value.startsWith('/')) return value;
  return /^(?:data|engine|store):/.test(value) ? value : absolutePath(value, entry);
}

/** A path below the program's own folder, which is another one than that of the main file (`nginx -V`: `--prefix`). */
export function prefixPath(path: string, entry: string): string {
  if (path.startsWith('/') || onDrive.test(path)) return absolutePath(path, entry);
  return entry.startsWith('/etc/nginx/') ? normalize(`/usr/share/nginx/${path}`) : absolutePath(path, entry);
}

export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

function normalize(path: string): string {
  const root = rootOf(path);
  const parts: string[] = [];
  for (const part of path.slice(root.length).split('/')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return root + parts.join('/');
}
