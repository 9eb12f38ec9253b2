import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { effectiveValues } from '../effective.ts';
import { everywhere } from '../everywhere.ts';
import { type Listen, listensOf } from '../lower/listen.ts';
import { groupOf } from '../lower/upstreams/groups.ts';
import { listenersAt } from '../lower/upstreams/own-listeners.ts';
import { possibleTexts } from '../lower/variables.ts';
import { type Item, isWithin, locate, type Scope } from '../scope.ts';
import type { ScopeRule } from './rule.ts';

/** An address that this configuration opens itself. */
interface Own {
  readonly listen: Listen;
  /** A PROXY header has to come first there, whichever server says so. */
  readonly expects: boolean;
}

/**
 * `proxy_pass` of stream to an address of this very configuration that expects a PROXY header and gets none, or gets one that it
 * does not expect (ngx_stream_proxy_init_upstream, ngx_http_wait_request_handler).
 */
export const proxyHeaderMismatch: ScopeRule = {
  id: 'proxy-header-mismatch',
  title: 'A PROXY header is sent where none is expected, or the other way round',
  severity: 'warning',
  effect: 'connect',
  contexts: ['stream'],
  check(scope, project) {
    const root = scope.owner?.outer ?? scope;
    if (!project.complete) return [];
    const passes = everywhere(root, 'proxy_pass').filter(
      (item) => item.outer.context === 'stream-server' && isWithin(item.outer, scope) && !mayBeAbsent(item),
    );
    if (passes.length === 0) return [];
    const own = ownListeners(root);
    return passes.flatMap((item) => judge(item, scope, own) ?? []);
  },
};

/** By their ids, without those of which a template, or a server that is not at hand, may say more. */
function ownListeners(root: Scope): ReadonlyMap<string, Own> {
  const found = new Map<string, Own>();
  const uncertain = new Set<string>();
  for (const item of everywhere(root, 'server')) {
    if (!item.inner) continue;
    for (const listen of listensOf(item.inner)) {
      const { id, transport, unknown, parameters } = listen;
      if (transport !== 'tcp') continue;
      const expects = parameters.includes('proxy_protocol');
      if (unknown !== undefined || mayBeAbsent(listen.item) || (item.outer.open && !expects)) uncertain.add(id);
      const before = found.get(id);
      if (!before || expects) found.set(id, { listen, expects });
    }
  }
  for (const id of uncertain) found.delete(id);
  return found;
}

function judge(item: Item, scope: Scope, own: ReadonlyMap<string, Own>): TextReport | undefined {
  const [word] = item.args;
  const values = effectiveValues(item.outer, 'proxy_protocol');
  if (!word || word.templated || values === undefined) return undefined;
  const sends = values[0]?.toLowerCase() === 'on';
  // Clients may send one themselves, as a load balancer does, where nothing is read before it.
  if (!sends && !readsHello(item)) return undefined;
  const backends = (possibleTexts(word.value, {}, scope) ?? []).flatMap((to) => groupOf(to, scope) ?? [to]);
  const wrong = backends.flatMap((address) => {
    const id = [address, ...listenersAt(address)].find((each) => own.has(each));
    const found = id === undefined ? undefined : own.get(id);
    if (!found || found.expects === sends) return [];
    // A server of stream hands the header on, and mail goes on behind a command that it does not know.
    return sends && found.listen.item.outer.context !== 'server' ? [] : [{ address, ...found }];
  });
  const [first] = wrong;
  if (first === undefined) return undefined;
  const addresses = [...new Set(wrong.map(({ address }) => address))].join(', ');
  return {
    rule: 'proxy-header-mismatch',
    message: sends
      ? `${addresses} gets a PROXY header first ("proxy_protocol on"), which its "listen" does not expect: no connection there succeeds. Write proxy_protocol behind that address, or send none here.`
      : `${addresses} expects a PROXY header first, and none is sent here: it closes every connection (error log: broken header … while reading PROXY protocol). Write "proxy_protocol on;" here, or expect none there.`,
    location: locate(item),
    related: wrong.map(({ listen }) => ({
      location: listen.location,
      message: sends ? 'It is opened here without proxy_protocol' : 'It is opened here with proxy_protocol',
    })),
  };
}

/** `ssl_preread on`: of a client that begins with a header nothing is read there. */
function readsHello(item: Item): boolean {
  return effectiveValues(item.outer, 'ssl_preread')?.[0]?.toLowerCase() === 'on';
}
