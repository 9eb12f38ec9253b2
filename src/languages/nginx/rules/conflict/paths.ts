import { createMemo } from '../../../../memory/memo.ts';
import { everywhereIn } from '../../everywhere.ts';
import { configurationPath } from '../../includes.ts';
import type { Item, Scope } from '../../scope.ts';

/** Directives that name a folder for nginx's own files. */
export const pathDirectives: ReadonlySet<string> = new Set(
  ['proxy', 'fastcgi', 'uwsgi', 'scgi']
    .flatMap((module) => [`${module}_cache_path`, `${module}_temp_path`])
    .concat('client_body_temp_path'),
);

const pathsOf = createMemo<Scope, ReadonlyMap<string, Item>>();

/** A cache has a folder of its own, and folders of temporary files have one depth (ngx_add_path). */
export function pathComplaint(
  item: Item,
  root: Scope,
  entry: string,
): { readonly message: string; readonly other: Item } | undefined {
  const path = pathOf(item, entry);
  if (path === undefined) return undefined;
  let paths = pathsOf.get(root);
  if (!paths) {
    const found = new Map<string, Item>();
    for (const one of everywhereIn(root, pathDirectives)) {
      const key = pathOf(one, entry);
      if (key !== undefined && !found.has(key)) found.set(key, one);
    }
    paths = found;
    pathsOf.set(root, paths);
  }
  const other = paths.get(path);
  if (!other || other === item) return undefined;
  if (isCache(item) || isCache(other))
    return { message: `The same folder "${path}" is used by a cache already: name another one.`, other };
  return levels(item) === levels(other)
    ? undefined
    : {
        message: `The folder "${path}" has other levels elsewhere: write the same ones, or name another folder.`,
        other,
      };
}

function pathOf({ args }: Item, entry: string): string | undefined {
  const [word] = args;
  if (!word || word.templated || word.value === '') return undefined;
  return configurationPath(word.value.replace(/\/$/, ''), entry);
}

function isCache({ name }: Item): boolean {
  return name.endsWith('_cache_path');
}

function levels({ args }: Item): string {
  return args
    .slice(1)
    .map(({ value }) => Number(value))
    .join(':');
}
