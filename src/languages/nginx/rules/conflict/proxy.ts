import { createMemo } from '../../../../memory/memo.ts';
import { effective, isOpenAround } from '../../effective.ts';
import { addressOf } from '../../lower/upstreams/upstreams.ts';
import type { Word } from '../../parse/tree.ts';
import type { Item, Scope } from '../../scope.ts';

const stores = new Set(['proxy', 'fastcgi', 'uwsgi', 'scgi']);

/** `…_store` and `…_cache` in one block: the second one is refused. */
export function storeComplaint(item: Item): { readonly message: string; readonly other: Item } | undefined {
  const [, module = '', what = ''] = /^([a-z]+)_(store|cache)$/.exec(item.name) ?? [];
  if (!stores.has(module) || isOff(item)) return undefined;
  const opposite = `${module}_${what === 'store' ? 'cache' : 'store'}`;
  const [other] = item.outer.find(opposite);
  if (!other || isOff(other) || !isBefore(other, item)) return undefined;
  return { message: `"${item.name}" is incompatible with "${opposite}" in one block.`, other };
}

function isOff({ args }: Item): boolean {
  return args[0]?.value === 'off';
}

function isBefore(first: Item, second: Item): boolean {
  return first.order < second.order;
}

/** `proxy_redirect default` copies what `proxy_pass` of the same block says, which must be known by then. */
export function redirectComplaint(item: Item): string | undefined {
  if (item.args.length !== 1 || item.args[0]?.value !== 'default') return undefined;
  const [pass] = item.outer.find('proxy_pass');
  if (!pass || !isBefore(pass, item)) return '"proxy_redirect default" must come after the "proxy_pass" of its block.';
  return pass.args[0]?.value.includes('$')
    ? '"proxy_redirect default" cannot be used with a "proxy_pass" that holds variables.'
    : undefined;
}

/** A client certificate for an upstream that is really asked over TLS needs its key. */
export function clientKeyComplaint(item: Item): { readonly message: string; readonly other: Item } | undefined {
  const [target] = item.args;
  if (!target || target.templated || !speaksTls(item, target) || isOpenAround(item.outer)) return undefined;
  const module = moduleOf(item);
  const certificate = effective(item.outer, `${module}_ssl_certificate`);
  const value = certificate?.args[0]?.value;
  if (!certificate || !value || effective(item.outer, `${module}_ssl_certificate_key`)) return undefined;
  return {
    message: `No "${module}_ssl_certificate_key" is defined for certificate "${value}": name the file of its key.`,
    other: certificate,
  };
}

/**
 * With a variable in the address nginx prepares TLS, whatever comes out, and refuses to verify without CAs to trust. Of addresses
 * that surely speak TLS the model tells that.
 */
export function trustComplaint(item: Item): { readonly message: string; readonly other: Item } | undefined {
  const [target] = item.args;
  if (!target || target.templated || !target.value.includes('$') || item.outer.context === 'stream-server')
    return undefined;
  const module = moduleOf(item);
  const verify = effective(item.outer, `${module}_ssl_verify`);
  if (verify?.args[0]?.value.toLowerCase() !== 'on' || isOpenAround(item.outer)) return undefined;
  const trusted = effective(item.outer, `${module}_ssl_trusted_certificate`);
  if ((trusted && trusted.args[0]?.value !== '') || overTls.test(addressOf(item, around(item.outer)))) return undefined;
  return {
    message: `No "${module}_ssl_trusted_certificate" is defined for "${module}_ssl_verify", which nginx requires wherever an address has variables, even without TLS. Specify the CAs to trust.`,
    other: verify,
  };
}

const overTls = /^(?:https|grpcs|suwsgi):\/\//i;

function around(scope: Scope): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) scopes.push(at);
  return scopes;
}

/** Its directives begin with this. */
function moduleOf({ name }: Item): string {
  return name.slice(0, -'_pass'.length);
}

function speaksTls({ name, outer }: Item, { value }: Word): boolean {
  if (outer.context === 'stream-server') return effective(outer, 'proxy_ssl')?.args[0]?.value.toLowerCase() === 'on';
  return overTls.test(value) || (name === 'proxy_pass' && value.includes('$'));
}

/** A name that an `upstream` block has is no host, and so has no port. */
export function upstreamPort(item: Item): { readonly message: string; readonly other: Item } | undefined {
  const [target] = item.args;
  if (!target || target.templated || target.value.includes('$')) return undefined;
  const known = upstreams(item.outer);
  if (known.size === 0) return undefined;
  const [, host, port] = /^(?:[a-z]+:\/\/)?([^/:?[\]]+):(\d+)(?:[/?]|$)/i.exec(target.value) ?? [];
  const other = host === undefined ? undefined : known.get(host.toLowerCase());
  return other && { message: `Upstream "${host}" may not have port ${port}: its servers have ports.`, other };
}

const named = createMemo<Scope, ReadonlyMap<string, Item>>();
const none: ReadonlyMap<string, Item> = new Map();

/** The upstreams that a block can name, by their names in small letters. */
function upstreams(scope: Scope): ReadonlyMap<string, Item> {
  let top: Scope | undefined = scope;
  while (top && top.context !== 'http' && top.context !== 'stream') top = top.owner?.outer;
  if (!top) return none;
  let found = named.get(top);
  if (!found) {
    // Of several with one name the first counts.
    const items = [...top.find('upstream')].reverse();
    found = new Map(items.map((item) => [item.args[0]?.value.toLowerCase() ?? '', item]));
    named.set(top, found);
  }
  return found;
}
