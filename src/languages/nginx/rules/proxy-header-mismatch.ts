import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effective, effectiveValues } from '../effective.ts';
import { everywhere, everywhereIn } from '../everywhere.ts';
import { type Listen, listensOf } from '../lower/listen.ts';
import { type Asked, askedOf } from '../lower/upstreams/asked.ts';
import { groupOf } from '../lower/upstreams/groups.ts';
import { ownAddresses, ownAt } from '../lower/upstreams/own-addresses.ts';
import { addressOf, listenersAt } from '../lower/upstreams/own-listeners.ts';
import { possibleTexts, variablesBehind } from '../lower/variables.ts';
import { type Item, isWithin, locate, type Scope } from '../scope.ts';
import type { ScopeRule } from './rule.ts';
import { together } from './together.ts';

/** An address that this configuration opens itself. */
interface Own {
  readonly listen: Listen;
  /** A PROXY header has to come first there, whichever server says so. */
  readonly expects: boolean;
}

/**
 * `proxy_pass` to an address of this very configuration that expects a PROXY header and gets none, or, of stream, gets one that it
 * does not expect (ngx_stream_proxy_init_upstream, ngx_http_wait_request_handler).
 */
export const proxyHeaderMismatch: ScopeRule = {
  id: 'proxy-header-mismatch',
  title: 'A PROXY header is sent where none is expected, or the other way round',
  severity: 'warning',
  effect: 'connect',
  contexts: ['http', 'stream'],
  check(scope, project) {
    const root = scope.owner?.outer ?? scope;
    if (!project.complete) return [];
    if (scope.context === 'http') return ofHttp(root, scope);
    const passes = everywhere(root, 'proxy_pass').filter(
      (item) => item.outer.context === 'stream-server' && isWithin(item.outer, scope) && !mayBeAbsent(item),
    );
    if (passes.length === 0) return [];
    const own = ownListeners(root);
    // Many may pass to one group of many.
    const known = new Map<string, Said | undefined>();
    return passes.flatMap((item) => {
      const sends = sendsFirst(item, scope);
      const to = item.args[0]?.value;
      if (sends === undefined || to === undefined) return [];
      const key = `${sends} ${to}`;
      if (!known.has(key)) known.set(key, judge(to, sends, scope, own));
      const said = known.get(key);
      return said ? [{ rule: 'proxy-header-mismatch', location: locate(item), ...said }] : [];
    });
  },
};

/** Backends of http: no version of it sends a header (nginx/nginx issue 445). */
function ofHttp(root: Scope, scope: Scope): readonly TextReport[] {
  const passes = everywhereIn(root, ['proxy_pass', 'grpc_pass']);
  if (passes.length === 0 || ![...ownAddresses(scope).values()].some(({ expecting }) => expecting)) return [];
  // Many may pass to one group of many.
  const known = new Map<string, Said | undefined>();
  return together(
    passes.flatMap((item) => {
      const asked = isWithin(item.outer, scope) && !mayBeAbsent(item) ? askedOf(item) : undefined;
      if (!asked) return [];
      const key = `${item.name} ${asked.address ?? asked.authority}`;
      if (!known.has(key)) known.set(key, waitsInVain(item.name, asked, scope));
      const said = known.get(key);
      return said ? [{ rule: 'proxy-header-mismatch', location: locate(item), ...said }] : [];
    }),
  );
}

function waitsInVain(name: string, { authority, address }: Asked, scope: Scope): Said | undefined {
  const backends = groupOf(authority, scope)?.map((server) => addressOf(server, 80)) ?? [address];
  const waiting = backends.flatMap((each) => {
    const listen = ownAt(scope, each)?.expecting;
    return each === undefined || !listen || listen.unknown !== undefined || mayBeAbsent(listen.item)
      ? []
      : [{ address: each, listen }];
  });
  const [first] = waiting;
  if (!first) return undefined;
  // Another one of the group may answer.
  const outcome =
    waiting.length < backends.length
      ? 'answers none of its requests'
      : 'closes every connection, and requests get status 502';
  return {
    message: `${first.address} expects a PROXY header first, which "${name}" of http never sends: it ${outcome} (error log: broken header … while reading PROXY protocol). Give that server a second "listen" without proxy_protocol, such as 127.0.0.1 with another port, and pass to it.`,
    related: [{ location: first.listen.location, message: 'It is opened here with proxy_protocol' }],
  };
}

/** By their ids, without those of which a template, or a server that is not at hand, may say more. */
function ownListeners(root: Scope): ReadonlyMap<string, Own> {
  const found = new Map<string, Own>();
  const uncertain = new Set<string>();
  let isHidden = false;
  for (const item of everywhere(root, 'server')) {
    if (!item.inner) continue;
    if (item.inner.open && !item.inner.findFirst('listen')) isHidden = true;
    for (const listen of listensOf(item.inner)) {
      const { id, transport, unknown, parameters } = listen;
      if (transport !== 'tcp') continue;
      const expects = parameters.includes('proxy_protocol');
      if (unknown !== undefined || mayBeAbsent(listen.item) || (item.outer.open && !expects)) uncertain.add(id);
      const before = found.get(id);
      if (!before || expects) found.set(id, { listen, expects });
    }
  }
  for (const [id, { expects }] of found) if (uncertain.has(id) || (isHidden && !expects)) found.delete(id);
  return found;
}

type Said = Pick<TextReport, 'message' | 'related'>;

/** What is said of the backends of which the other side thinks otherwise. */
function judge(to: string, sends: boolean, scope: Scope, own: ReadonlyMap<string, Own>): Said | undefined {
  const backends = new Set((possibleTexts(to, {}, scope) ?? []).flatMap((each) => groupOf(each, scope) ?? [each]));
  const wrong = [...backends].flatMap((address) => {
    const id = [address, ...listenersAt(address)].find((each) => own.has(each));
    const found = id === undefined ? undefined : own.get(id);
    if (!found || found.expects === sends) return [];
    // A server of stream hands the header on, and mail goes on behind a command that it does not know.
    return sends && found.listen.item.outer.context !== 'server' ? [] : [{ address, ...found }];
  });
  if (wrong.length === 0) return undefined;
  const addresses = wrong.map(({ address }) => address).join(', ');
  return {
    message: sends
      ? `${addresses} gets a PROXY header first ("proxy_protocol on"), which its "listen" does not expect: no connection there succeeds. Write proxy_protocol behind that address, or send none here.`
      : `${addresses} expects a PROXY header first, and none is sent here: it closes every connection (error log: broken header … while reading PROXY protocol). Write "proxy_protocol on;" here, or expect none there.`,
    related: wrong.map(({ listen }) => ({
      location: listen.location,
      message: sends ? 'It is opened here without proxy_protocol' : 'It is opened here with proxy_protocol',
    })),
  };
}

/** Whether a header comes first; undefined where a template, an unread include or the clients decide. */
function sendsFirst({ args, outer: server }: Item, stream: Scope): boolean | undefined {
  const listens = listensOf(server).filter(({ transport }) => transport === 'tcp');
  const [word] = args;
  if (!word || word.templated || listens.length === 0) return undefined;
  const setting = effective(server, 'proxy_protocol');
  const isElsewhere = setting?.outer !== server && (server.open || (!setting && stream.open));
  if (isElsewhere || (setting && mayBeAbsent(setting))) return undefined;
  const values = effectiveValues(server, 'proxy_protocol');
  if (values === undefined) return undefined;
  if (values[0]?.toLowerCase() === 'on') return true;
  // Clients may send one, as a load balancer does, which goes through where it is not taken off, and nothing hangs on their hello:
  // of who begins with a header `ssl_preread` reads nothing.
  const isTakenOff = listens.every(({ parameters }) => parameters.includes('proxy_protocol'));
  const readsHello = effectiveValues(server, 'ssl_preread')?.[0]?.toLowerCase() === 'on';
  const hangsOnHello = () => variablesBehind(word.value, server).some((name) => name.startsWith('ssl_preread_'));
  return isTakenOff || (readsHello && hangsOnHello()) ? false : undefined;
}
