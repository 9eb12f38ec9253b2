import { createMemo } from '../../../memory/memo.ts';
import type { Location } from '../../../text/range.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import type { Project } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Item, Scope } from '../scope.ts';
import { allScopes } from '../scope.ts';
import { bareBlock, serverAround } from '../snippet.ts';

/** A block and the directive that opens it. */
export interface Place {
  readonly scope: Scope;
  readonly owner: Item;
}

interface Index {
  /** Blocks of sites by the site's id. */
  readonly sites: ReadonlyMap<string, Place>;
  /** Directives by file and offset. */
  readonly items: ReadonlyMap<string, Item>;
}

const indexes = createMemo<Project<NginxFile>, Index>();

/** Made once for a project, so that each fix costs as much as its own block. */
function indexOf(project: Project<NginxFile>): Index {
  const cached = indexes.get(project);
  if (cached) return cached;
  const root = rootScope(project);
  const sites = new Map<string, Place>();
  const items = new Map<string, Item>();
  // For bare directives it is the server that is thought around them.
  const bare = bareBlock(root);
  const around = bare ? serverAround(bare).find('server') : [];
  for (const item of around) if (item.inner) sites.set(keyOf(item), { scope: item.inner, owner: item });
  for (const scope of allScopes(root)) {
    for (const item of scope.items) {
      const key = keyOf(item);
      if (!items.has(key)) items.set(key, item);
      if (item.inner && item.name === 'server' && !sites.has(key)) sites.set(key, { scope: item.inner, owner: item });
    }
  }
  const index = { sites, items };
  indexes.set(project, index);
  return index;
}

function keyOf({ file, start }: Item): string {
  return `${file.document.file}:${start}`;
}

/** The block of a site; for bare directives the server that is thought around them. */
export function blockOf(project: Project<NginxFile>, site: Site): Place | undefined {
  return indexOf(project).sites.get(site.id);
}

/** The directive at a place of the text. */
export function findItem(project: Project<NginxFile>, location: Location): Item | undefined {
  return indexOf(project).items.get(`${location.file}:${location.range.start}`);
}
