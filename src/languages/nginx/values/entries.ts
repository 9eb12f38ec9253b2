import { entryOf } from '../../../text/entry-of.ts';
import type { Version } from '../../../text/version.ts';
import { placesOfName } from '../../../tls/model/name-places.ts';
import { reaches } from '../facts/versions.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { networkComplaint } from './addresses.ts';
import type { Complaint } from './complaint.ts';
import { rangeComplaint, type TakenRanges } from './geo-ranges.ts';
import { expressionComplaint } from './pcre.ts';
import { groupComplaint } from './variable-names.ts';
import { wildcardComplaint } from './wildcards.ts';

/** What nginx would say about an entry of `map`, `geo`, `split_clients`, `charset_map`; undefined where it takes it. */
export function* entryComplaints(
  scope: Scope,
  version: Version,
): Generator<{ readonly item: Item; readonly complaint: Complaint }> {
  const check = entryOf(checkers, scope.owner?.name ?? '');
  if (!check) return;
  const found = check(scope, version);
  for (const [item, complaint] of found) yield { item, complaint };
}

type Found = readonly (readonly [Item, Complaint])[];

const checkers: Readonly<Record<string, (scope: Scope, version: Version) => Found>> = {
  map: checkMap,
  geo: checkGeo,
  split_clients: checkSplit,
  charset_map: checkCharsets,
  types: checkTypes,
};

function words(item: Item): readonly Word[] {
  return [item.nameWord, ...item.args];
}

/** True for an `include`, which `map`, `geo` and `types` take among their entries. */
export function isInclude({ nameWord, args }: Item): boolean {
  return nameWord.value === 'include' && args.length === 1;
}

function isOpen(item: Item): boolean {
  return words(item).some(({ templated }) => templated);
}

function checkMap(scope: Scope, version: Version): Found {
  const { context } = scope.owner?.outer ?? {};
  const kind = context === 'http' || context === 'stream' ? context : undefined;
  const keys = new Map<string, Item>();
  let first: Item | undefined;
  let hostnames = false;
  return collect(scope, (item) => {
    const [key, value, ...more] = words(item);
    if (!key || isInclude(item)) return undefined;
    if (!value) {
      // It counts for what stands behind it.
      hostnames ||= key.value === 'hostnames';
      return ['hostnames', 'volatile'].includes(key.value)
        ? undefined
        : { message: 'Invalid number of the map parameters: a value is missing.', word: key };
    }
    if (more.length > 0)
      return { message: 'Invalid number of the map parameters: there is more than a value.', word: more[0] };
    if (key.value.startsWith('~')) {
      const pattern = key.value.replace(/^~\*?/, '');
      const problem = expressionComplaint(pattern);
      return problem === undefined
        ? groupComplaint(key, pattern, kind, version)
        : { message: `The regular expression "${key.value}" is not valid: ${problem}.`, word: key };
    }
    if (key.value === 'default') {
      const before = scope.open ? undefined : first;
      first ??= item;
      return before && { message: 'Duplicate default map parameter.', word: key, before };
    }
    const text = key.value.replace(/^\\/, '');
    const names = hostnames ? placesOfName(text) : [asItReads(text)];
    // Branches of a template may hold one entry each.
    const taken = scope.open ? undefined : names.find((name) => keys.has(name));
    const before = taken === undefined ? undefined : keys.get(taken);
    if (before)
      return { message: `Conflicting parameter "${key.value}": it is in this map already.`, word: key, before };
    for (const name of names) keys.set(name, item);
    const wrong = hostnames ? wildcardComplaint(text) : undefined;
    return wrong === undefined
      ? undefined
      : { message: `Invalid hostname or wildcard "${key.value}": ${wrong}.`, word: key };
  });
}

/** A key that is no wildcard, though it may read like one. */
function asItReads(text: string): string {
  return /^\.|\*/.test(text) ? `=${text.toLowerCase()}` : text.toLowerCase();
}

function checkGeo(scope: Scope, version: Version): Found {
  // In "stream" nobody tells of a client behind a proxy.
  const isHttp = scope.owner?.outer.context !== 'stream';
  const ranges = scope.first?.name === 'ranges' || scope.find('ranges').length > 0;
  const taken: TakenRanges = new Map();
  let fitting = 0;
  // What is said of entries of the other kind.
  const strange = new Set<Complaint>();
  // The first entry, but for proxies, decides; "ranges" behind ranges says nothing (measured with nginx 1.26.3).
  let networks = 0;
  let hasRanges = false;
  let isLate = false;
  const found = collect(scope, (item) => {
    const [key, value, ...more] = words(item);
    if (!key || isInclude(item)) return undefined;
    const isProxy = key.value === 'proxy' && isHttp;
    if (key.value === 'ranges' && !value) {
      if (networks === 0) {
        hasRanges = true;
        return undefined;
      }
      isLate = true;
      return { message: 'The "ranges" directive must be the first one in a "geo" block.', word: key };
    }
    if (value && !isProxy && !hasRanges) networks++;
    if (!value)
      return (key.value === 'proxy_recursive' && isHttp) || (key.value === 'volatile' && reaches(version, '1.29.3'))
        ? undefined
        : { message: 'Invalid number of the geo parameters: a value is missing.', word: key };
    if (more.length > 0)
      return { message: 'Invalid number of the geo parameters: there is more than a value.', word: more[0] };
    if (key.value === 'default') return undefined;
    const network = key.value === 'delete' || isProxy ? value : key;
    if (network.value === '255.255.255.255') return undefined;
    const isRange = ranges && !isProxy;
    const complaint = isRange
      ? rangeComplaint(network, key.value === 'delete' ? undefined : taken)
      : networkComplaint(network) && { message: `Invalid network "${network.value}".`, word: network };
    if (!complaint && !isProxy) fitting++;
    if (complaint && !isProxy && !(isRange ? networkComplaint(network) : rangeComplaint(network)))
      strange.add(complaint);
    return complaint;
  });
  // Where "ranges" comes late it is told by itself, and where no entry fits it is what is wrong.
  if (isLate) return found.filter(([, complaint]) => !strange.has(complaint));
  const advice = ranges ? 'with "ranges" it reads FIRST-LAST' : 'write "ranges;" first in the block';
  return fitting > 0 ? found : firstOf(strange, found, advice);
}

/** Several complaints are one mistake: the first of them is left, with what mends it. */
function firstOf(complaints: ReadonlySet<Complaint>, found: Found, advice: string): Found {
  const [first] = complaints;
  return found.flatMap(([item, complaint]): Found => {
    if (!complaints.has(complaint)) return [[item, complaint]];
    const message = `${complaint.message.slice(0, -1)}: ${advice}.`;
    return complaint === first ? [[item, { ...complaint, message }]] : [];
  });
}

function checkSplit(scope: Scope): Found {
  let total = 0;
  return collect(scope, (item) => {
    // nginx does not count the words: behind the value it reads none, and where that is missing whatever stood there before.
    const [share] = words(item);
    if (!share) return undefined;
    if (
      (share.value !== '*' && !/^(?:\d+(?:\.\d{0,2})?|\.\d{1,2})%$/.test(share.value)) ||
      Number.parseFloat(share.value) === 0
    )
      return { message: `Invalid percent value "${share.value}".`, word: share };
    // "*" takes all that is left, so that nothing may stand behind it.
    total = share.value === '*' ? 10000 : total + Math.round(Number.parseFloat(share.value) * 100);
    return total > 10000 && !scope.open
      ? { message: 'Percent total is greater than 100%.', word: share, late: true }
      : undefined;
  });
}

/** A character of UTF-8 with two or three bytes, which are the ones that fit into nginx's table (ngx_utf8_decode). */
const character =
  /^(?=(?:..){1,4}$)(?:(?:c[2-9a-f]|d[0-9a-f])[89a-f][0-9a-f]|e0[abef][0-9a-f][89a-f][0-9a-f]|e[1-9a-f](?:[89a-f][0-9a-f]){2})[0-9a-f]*$/i;

function checkCharsets(scope: Scope): Found {
  const utf8 = scope.owner?.args[1]?.value.toLowerCase() === 'utf-8';
  return collect(scope, (item) => {
    const [from, to, ...more] = words(item);
    if (!from) return undefined;
    if (!to || more.length > 0) return { message: 'Invalid parameters number: two are needed.', word: from };
    if (!/^[0-9a-f]{1,2}$/i.test(from.value)) return { message: `Invalid value "${from.value}".`, word: from };
    return (utf8 ? character : /^[0-9a-f]{1,2}$/i).test(to.value)
      ? undefined
      : { message: `Invalid value "${to.value}".`, word: to };
  });
}

function checkTypes(scope: Scope): Found {
  return collect(scope, ({ nameWord, args }) =>
    nameWord.value === 'include' && args.length !== 1
      ? { message: 'Invalid number of arguments in "include": it takes one file.', word: nameWord }
      : undefined,
  );
}

function collect(scope: Scope, check: (item: Item) => Complaint | undefined): Found {
  return scope.items.flatMap((item): (readonly [Item, Complaint])[] => {
    const complaint = isOpen(item) || item.inner ? undefined : check(item);
    return complaint ? [[item, complaint]] : [];
  });
}
