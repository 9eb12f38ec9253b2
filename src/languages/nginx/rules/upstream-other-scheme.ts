import type { Fix } from '../../../text/finding.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { everywhere } from '../everywhere.ts';
import { askedOf } from '../lower/upstreams/asked.ts';
import { groupOf } from '../lower/upstreams/groups.ts';
import { type OwnAddress, ownAt } from '../lower/upstreams/own-addresses.ts';
import { addressOf, backendOf, isLoopback } from '../lower/upstreams/own-listeners.ts';
import type { Word } from '../parse/tree.ts';
import { enclosingServer, type Item, isWithin, locate, type Scope } from '../scope.ts';
import type { ScopeRule } from './rule.ts';
import { together } from './together.ts';

/**
 * `proxy_pass` or `grpc_pass` with the scheme that its backend does not speak: a port that this configuration opens itself, or
 * port 80, which the servers of a group have that name none (ngx_http_upstream_server), whatever the scheme.
 */
export const upstreamOtherScheme: ScopeRule = {
  id: 'upstream-other-scheme',
  title: 'The backend speaks TLS and is asked over plain HTTP, or the other way round',
  severity: 'warning',
  effect: 'connect',
  contexts: ['http'],
  check(scope, project) {
    const root = scope.owner?.outer ?? scope;
    const passes = everywhere(root, 'proxy_pass')
      .concat(everywhere(root, 'grpc_pass'))
      .filter((item) => isWithin(item.outer, scope) && !mayBeAbsent(item));
    if (passes.length === 0) return [];
    const isWhole = project.complete && !scope.open;
    const judged: TextReport[] = [];
    // Many may ask one group of many; those that read the same share their words.
    const right = new Set<string | readonly Word[]>();
    for (const item of passes) {
      if (right.has(item.args)) continue;
      const asked = askedOf(item);
      const key = asked && `${item.name} ${asked.overTls} ${asked.authority}`;
      if (key === undefined || right.has(key)) continue;
      const report = judge(item, scope, isWhole);
      if (report) judged.push(report);
      else right.add(key).add(item.args);
    }
    const reports = [...together(judged), ...askedBothWays(passes, scope, judged)];
    // What else answers at that address is seen in a whole configuration alone.
    return project.complete
      ? reports
      : reports.map((report) => ({ ...report, severity: 'information', effect: 'advice' }));
  },
};

/** Backends that are asked over TLS in one place and over plain HTTP in another, of which nothing is said yet. */
function askedBothWays(passes: readonly Item[], scope: Scope, judged: readonly TextReport[]): readonly TextReport[] {
  const backends = new Map<string, { readonly http: Item[]; readonly https: Item[] }>();
  /** Of those, by the words that directives share which read the same. */
  const lists = new Map<readonly Word[], Item[]>();
  for (const item of passes) {
    const alike = lists.get(item.args);
    if (alike) {
      alike.push(item);
      continue;
    }
    const how = askedOf(item);
    if (how === undefined) continue;
    const { overTls, authority, address } = how;
    const backend = groupOf(authority, scope) ? authority.toLowerCase() : address;
    if (backend === undefined) continue;
    const asked = backends.get(backend) ?? { http: [], https: [] };
    backends.set(backend, asked);
    const list = overTls ? asked.https : asked.http;
    list.push(item);
    lists.set(item.args, list);
  }
  const known = new PlaceMap<true>();
  for (const { location, related = [] } of judged) {
    for (const place of [location, ...related.map((one) => one.location)]) known.set(place, true);
  }
  return [...backends].flatMap(([backend, asked]) => {
    if (asked.http.length === 0 || asked.https.length === 0) return [];
    const [http, https] = [byPlace(asked.http), byPlace(asked.https)];
    if ([...http, ...https].some((item) => known.has(locate(item)))) return [];
    // The rarer one is more likely the mistake.
    return https.length < http.length
      ? askedOtherwise(backend, https, http, 'over TLS here and over plain HTTP')
      : askedOtherwise(backend, http, https, 'over plain HTTP here and over TLS');
  });
}

/** One of each place: several servers may include one file. */
function byPlace(items: readonly Item[]): readonly Item[] {
  const places = new PlaceMap<Item>();
  for (const item of items) places.set(locate(item), item);
  return [...places.values()];
}

function askedOtherwise(
  backend: string,
  [first, ...others]: readonly Item[],
  [usual]: readonly Item[],
  how: string,
): readonly TextReport[] {
  if (!first || !usual) return [];
  return [
    {
      rule: 'upstream-other-scheme',
      message: `${backend} is asked ${how} elsewhere: unless it speaks both at one port, requests of one of the two fail with status 400 or 502. Write the scheme that it speaks in both places.`,
      location: locate(first),
      severity: 'information',
      effect: 'advice',
      related: [
        { location: locate(usual), message: 'It is asked the other way here' },
        ...others.map((item) => ({ location: locate(item), message: 'Here too' })),
      ],
    },
  ];
}

function judge(item: Item, scope: Scope, isWhole: boolean): TextReport | undefined {
  const asked = askedOf(item);
  if (asked === undefined) return undefined;
  const { overTls, authority, address } = asked;
  const group = groupOf(authority, scope);
  if (!group) {
    const found = certainAt(scope, isWhole, address);
    return found && fails(item, found, overTls) ? withOwn(item, authority, found) : undefined;
  }
  if (overTls && group.every((server) => backendOf(server, 0)?.port === 0)) return withoutPorts(item, authority);
  for (const server of group) {
    const found = certainAt(scope, isWhole, addressOf(server, 80));
    if (found && fails(item, found, overTls)) return withOwn(item, server, found, group);
  }
  return undefined;
}

function fails({ name }: Item, { speaksTls, answersPlain }: OwnAddress, overTls: boolean): boolean {
  return speaksTls !== overTls && (!answersPlain || name === 'grpc_pass');
}

/**
 * A backend that the configuration opens itself, where what is spoken there is certain, and another scheme would help: a PROXY
 * header is told of by itself.
 * @param isWhole no server that could switch TLS on for it stands elsewhere
 */
function certainAt(scope: Scope, isWhole: boolean, address: string | undefined): OwnAddress | undefined {
  const own = ownAt(scope, address);
  return own && !own.expecting && (own.speaksTls || (own.isSure && isWhole)) ? own : undefined;
}

/** @param group that it is one of */
function withOwn(item: Item, server: string, { listen, speaksTls }: OwnAddress, group?: readonly string[]): TextReport {
  // What it does not answer may go on to another one (proxy_next_upstream).
  const refused = group && group.length > 1 ? 'it answers none of its requests' : 'requests get status 502';
  const isGrpc = item.name === 'grpc_pass';
  const [is, asked, outcome, scheme] = speaksTls
    ? ([
        'speaks TLS',
        'over plain HTTP',
        isGrpc
          ? `${refused} (error log: upstream sent too large http2 frame)`
          : 'requests get status 400 (The plain HTTP request was sent to HTTPS port)',
        isGrpc ? 'grpcs' : 'https',
      ] as const)
    : ([
        'speaks plain HTTP',
        'over TLS',
        `${refused} (error log: SSL_do_handshake() failed … wrong version number)`,
        isGrpc ? 'grpc' : 'http',
      ] as const);
  const asksItself = listen.item.outer === enclosingServer(item.outer);
  const { host, port } = backendOf(server, 0) ?? { host: '', port: 0 };
  // Another scheme alone would ask another port where none is written.
  const bare = !group && port === 0 ? `${server}:${speaksTls ? 80 : 443}` : '';
  return {
    rule: 'upstream-other-scheme',
    message: `${bare || server} ${is} and is asked ${asked}, so ${outcome}. Write ${asksItself ? 'the port that the backend has: this is the server itself' : `${scheme}://${bare}, or the port that is meant`}.`,
    location: locate(item),
    related: [{ location: listen.location, message: `It is opened here, and ${is}.` }],
    // What the certificate of another address is checked for is another question.
    fixes: !group && !asksItself && isLoopback(host) ? [withScheme(item, scheme, bare)] : [],
  };
}

/** @param authority what stands for the one that is written; empty: that stays */
function withScheme(item: Item, scheme: string, authority: string): Fix {
  const place = locate(item, item.args[0]);
  const written = item.file.document.text.slice(place.range.start, place.range.end);
  // A quote may stand before it, and `grpc_pass` needs none.
  const [whole, quote = ''] = /^(["']?)(?:\w+:\/\/)?/.exec(written) ?? [''];
  const [old = ''] = authority === '' ? [] : (/^[^/?#"']*/.exec(written.slice(whole.length)) ?? []);
  const range = { start: place.range.start + quote.length, end: place.range.start + whole.length + old.length };
  const newText = `${scheme}://${authority}`;
  return { title: `Ask by ${newText}`, safe: false, edits: [{ file: place.file, range, newText }] };
}

function withoutPorts(item: Item, group: string): TextReport {
  return {
    rule: 'upstream-other-scheme',
    message: `The servers of "${group}" have no port, which is 80 for a group, by https:// too: TLS is spoken where plain HTTP is expected, and requests get status 502. Write :443 behind each of them, or the port of HTTPS that they have.`,
    location: locate(item),
  };
}
