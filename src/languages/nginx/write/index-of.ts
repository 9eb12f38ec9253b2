import { createMemo } from '../../../memory/memo.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Location } from '../../../text/range.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import type { Project } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Item, Scope } from '../scope.ts';
import { allScopes, locate } from '../scope.ts';
import { bareBlock, serverAround } from '../snippet.ts';

/** A block and the directive that opens it. */
export interface Place {
  readonly scope: Scope;
  readonly owner: Item;
}

interface Index {
  /** Blocks of sites by the site's id. */
  readonly sites: ReadonlyMap<string, Place>;
  readonly items: PlaceMap<Item>;
}

const indexes = createMemo<Project<NginxFile>, Index>();

/** Made once for a project, so that each fix costs as much as its own block. */
function indexOf(project: Project<NginxFile>): Index {
  const cached = indexes.get(project);
  if (cached) return cached;
  const root = rootScope(project);
  const sites = new Map<string, Place>();
  const items = new PlaceMap<Item>();
  // For bare directives it is the server that is thought around them.
  const bare = bareBlock(root);
  const around = bare ? serverAround(bare).find('server') : [];
  for (const item of around) if (item.inner) sites.set(idOf(item), { scope: item.inner, owner: item });
  for (const scope of allScopes(root)) {
    for (const item of scope.items) {
      const place = locate(item);
      if (!items.has(place)) items.set(place, item);
      if (!item.inner || item.name !== 'server') continue;
      const id = idOf(item);
      if (!sites.has(id)) sites.set(id, { scope: item.inner, owner: item });
    }
  }
  const index = { sites, items };
  indexes.set(project, index);
  return index;
}

function idOf({ file, start }: Item): string {
  return `${file.document.file}:${start}`;
}

/** The block of a site; for bare directives the server that is thought around them. */
export function blockOf(project: Project<NginxFile>, site: Site): Place | undefined {
  return indexOf(project).sites.get(site.id);
}

/** The directive at a place of the text. */
export function findItem(project: Project<NginxFile>, location: Location): Item | undefined {
  return indexOf(project).items.get(location);
}
