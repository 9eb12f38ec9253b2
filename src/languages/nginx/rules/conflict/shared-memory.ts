import { createMemo } from '../../../../memory/memo.ts';
import { everywhereIn } from '../../everywhere.ts';
import { parseSize } from '../../lower/setting.ts';
import { applicationOf, type Item, type Scope } from '../../scope.ts';

/** A piece of shared memory: every user of one must be of one kind and name the same size (ngx_shared_memory_add). */
interface Zone {
  readonly item: Item;
  readonly name: string;
  /** What it is for. */
  readonly use: string;
  /** In bytes; 0 where another use gives it. */
  readonly size: number;
}

/** Directives that name shared memory. */
export const zoneDirectives: ReadonlySet<string> = new Set([
  'limit_req_zone',
  'limit_conn_zone',
  'proxy_cache_path',
  'fastcgi_cache_path',
  'uwsgi_cache_path',
  'scgi_cache_path',
  'ssl_session_cache',
  'ssl_ocsp_cache',
  'zone',
]);

const zonesOf = createMemo<Scope, ReadonlyMap<string, readonly Zone[]>>();

/** What is wrong with the memory that a directive names, and the other directive that names it. */
export function zoneComplaint(item: Item, root: Scope): { readonly message: string; readonly other: Item } | undefined {
  let zones = zonesOf.get(root);
  if (!zones) {
    zones = collect(root);
    zonesOf.set(root, zones);
  }
  for (const zone of read(item)) {
    const others = zones.get(zone.name) ?? [];
    const [first] = others;
    if (!first || first.item === item) continue;
    if (first.use !== zone.use)
      return {
        message: `The shared memory zone "${zone.name}" is declared for a different use: give one of the two another name.`,
        other: first.item,
      };
    const sized = others.find(({ size }) => size !== 0);
    // The others have rules of their own, which know what they are for.
    if (!['zone', 'ssl_ocsp_cache'].includes(item.name) || !sized || sized.item === item || zone.size === 0) continue;
    if (sized.size !== zone.size && others.indexOf(sized) < others.findIndex((one) => one.item === item))
      return {
        message: `The size of the shared memory zone "${zone.name}" conflicts with another declaration of it: write one size in both.`,
        other: sized.item,
      };
  }
  return undefined;
}

/** True where no directive gives the zone a size. */
export function hasNoSize(item: Item, root: Scope): boolean {
  const [zone] = read(item);
  if (!zone || zone.size > 0) return false;
  zoneComplaint(item, root);
  return (zonesOf.get(root)?.get(zone.name) ?? []).every(({ size }) => size === 0);
}

function collect(root: Scope): ReadonlyMap<string, readonly Zone[]> {
  const zones = new Map<string, Zone[]>();
  for (const item of everywhereIn(root, zoneDirectives)) {
    for (const zone of read(item)) {
      const known = zones.get(zone.name);
      if (known) known.push(zone);
      else zones.set(zone.name, [zone]);
    }
  }
  return zones;
}

function read(item: Item): readonly Zone[] {
  const { name, args, outer } = item;
  const words = args.filter(({ templated }) => !templated).map(({ value }) => value);
  const make = (text: string, use: string): readonly Zone[] => {
    const [zone = '', size = '0'] = text.split(':');
    return zone === '' ? [] : [{ item, name: zone, use, size: parseSize(size) ?? 0 }];
  };
  const area = applicationOf(outer);
  if (name === 'zone') {
    const inUpstream = outer.context === 'upstream' || outer.context === 'stream-upstream';
    return inUpstream ? make(words.slice(0, 2).join(':'), `${area} upstream`) : [];
  }
  const prefix = { ssl_session_cache: 'shared:', ssl_ocsp_cache: 'shared:' }[name] ?? '';
  if (prefix !== '') {
    return words
      .filter((word) => word.startsWith(prefix))
      .flatMap((word) => make(word.slice(prefix.length), `${area} ${name}`));
  }
  const word = words.find((candidate) => /^(?:keys_)?zone=/.test(candidate));
  return word === undefined ? [] : make(word.slice(word.indexOf('=') + 1), `${area} ${name}`);
}
