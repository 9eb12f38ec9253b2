import type { Fix } from '../../../text/finding.ts';
import { placesOfName } from '../../../tls/model/name-places.ts';
import { type Item, locate } from '../scope.ts';
import { isInclude } from '../values/entries.ts';
import { expressionComplaint } from '../values/pcre.ts';
import { wildcardComplaint } from '../values/wildcards.ts';
import { insertAtStart, ownership } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** A key of a `map` that reads like a pattern, and is compared as the text that it is (ngx_http_map, ngx_stream_map). */
export const mapKeyLiteral: DirectiveRule = {
  id: 'map-key-literal',
  title: 'A key of a map reads like a pattern, and is none',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact?.name === 'map',
  check({ item }) {
    const { inner, args } = item;
    if (!inner || inner.findFirst('hostnames')) return undefined;
    const ofHosts = !inner.open && host.test(args[0]?.value ?? '');
    let first: Item | undefined;
    const others: Item[] = [];
    for (let entry = inner.first; entry; entry = entry.next) {
      const { value, templated } = entry.nameWord;
      if (value.startsWith('~') || templated || isInclude(entry)) continue;
      if (!expression.test(value) && !(ofHosts && wildcard.test(value))) continue;
      if (first) others.push(entry);
      else first = entry;
    }
    if (!first) return undefined;
    const key = first.nameWord.value;
    const isWildcard = !expression.test(key);
    return {
      rule: 'map-key-literal',
      message: isWildcard
        ? `"${key}" stands for no other names here: without "hostnames" a map compares the whole name with this text, and nobody asks for that. Write "hostnames;" before the first key.`
        : `"${key}" is compared as it stands, as text: only what begins with "~" is an expression. Write "${expressed(key).join(key)}" instead.`,
      location: locate(first, first.nameWord),
      related: others.slice(0, 5).map((entry) => ({ location: locate(entry, entry.nameWord), message: 'So is this' })),
      fixes: isWildcard ? named(item) : changed([first, ...others]),
    };
  },
};

const host = /^\$\{?(?:host|http_host|ssl_server_name|ssl_preread_server_name)\}?$/i;
const wildcard = /^(?:\*?\.[\w.-]+|[\w.-]+\.\*)$/;
/** The end `.*` is that of a wildcard too, and `\d` may be in the name of a user or a file: `EXAMPLE\dora`. */
const expression = /^\^.|.\\(?:\.|[dws][*+{])|\.\*(?!$)|\/\.\*$/i;

/** None where nginx would refuse another key then, or find two for one name. */
function named(item: Item): readonly Fix[] {
  const keys = (item.inner?.items ?? []).map(({ nameWord }) => nameWord.value.replace(/^\\/, ''));
  const names = keys.filter((key) => !key.startsWith('~'));
  const places = names.flatMap(placesOfName);
  const isRefused = new Set(places).size < places.length || names.some((name) => wildcardComplaint(name) !== undefined);
  return isRefused || ownership(item)
    ? []
    : [{ title: 'Take names with wildcards', safe: false, edits: [insertAtStart(item, ['hostnames;'])] }];
}

/**
 * What makes an expression of a key, before it and behind it: of all of the text, as it is compared now, unless it says itself
 * where it begins. `a\.example` alone is found in `a.example.evil.example` too.
 */
function expressed(key: string): readonly [before: string, behind: string] {
  if (/^(?:\^|\.\*)/.test(key)) return ['~', ''];
  if (key.includes('|')) return ['~^(?:', ')$'];
  return ['~^', key.endsWith('$') ? '' : '$'];
}

function changed(entries: readonly Item[]): readonly Fix[] {
  const meant = entries.filter(({ nameWord: { value } }) => expression.test(value));
  if (meant.some((entry) => ownership(entry) || expressionComplaint(entry.nameWord.value) !== undefined)) return [];
  const edits = meant.flatMap((entry) => {
    const { file, range } = locate(entry, entry.nameWord);
    const { value, quote } = entry.nameWord;
    const [before, behind] = expressed(value);
    const [start, end] = [range.start + quote.length, range.end - quote.length];
    const added = { file, range: { start, end: start }, newText: before };
    return behind === '' ? [added] : [added, { file, range: { start: end, end }, newText: behind }];
  });
  return [{ title: 'Read it as an expression', safe: false, edits }];
}
