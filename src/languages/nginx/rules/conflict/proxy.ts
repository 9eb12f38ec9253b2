import type { Word } from '../../parse/tree.ts';
import type { Item, Scope } from '../../scope.ts';
import { effective, isOpenAround } from './effective.ts';

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

function isOff({ directive }: Item): boolean {
  return directive.args[0]?.value === 'off';
}

export function isBefore(first: Item, second: Item): boolean {
  const { items } = second.outer;
  return items.indexOf(first) < items.indexOf(second);
}

/** `proxy_redirect default` copies what `proxy_pass` of the same block says, which must be known by then. */
export function redirectComplaint(item: Item): string | undefined {
  if (item.directive.args.length !== 1 || item.directive.args[0]?.value !== 'default') return undefined;
  const [pass] = item.outer.find('proxy_pass');
  if (!pass || !isBefore(pass, item))
    return '"proxy_redirect default" must stand behind the "proxy_pass" of its block.';
  return pass.directive.args[0]?.value.includes('$')
    ? '"proxy_redirect default" cannot be used with a "proxy_pass" that holds variables.'
    : undefined;
}

/** A client certificate for an upstream that is really asked over TLS needs its key. */
export function clientKeyComplaint(item: Item): { readonly message: string; readonly other: Item } | undefined {
  const module = item.name.replace(/_pass$/, '');
  const [target] = item.directive.args;
  if (!target || target.templated || isOpenAround(item.outer) || !speaksTls(module, target, item.outer))
    return undefined;
  const certificate = effective(item.outer, `${module}_ssl_certificate`);
  const value = certificate?.directive.args[0]?.value;
  if (!certificate || !value || effective(item.outer, `${module}_ssl_certificate_key`)) return undefined;
  return { message: `No "${module}_ssl_certificate_key" is defined for certificate "${value}".`, other: certificate };
}

function speaksTls(module: string, target: Word, scope: Scope): boolean {
  if (scope.context === 'stream-server') return effective(scope, 'proxy_ssl')?.directive.args[0]?.value === 'on';
  return /^(?:https|grpcs|suwsgi):\/\//.test(target.value) || (target.value.includes('$') && module === 'proxy');
}

/** A name that an `upstream` block has is no host, and so has no port. */
export function upstreamPort(item: Item): { readonly message: string; readonly other: Item } | undefined {
  const [target] = item.directive.args;
  if (!target || target.templated || target.value.includes('$')) return undefined;
  const match = /^(?:[a-z]+:\/\/)?([^/:?[\]]+):(\d+)(?:[/?]|$)/i.exec(target.value);
  if (!match) return undefined;
  const other = upstreams(item.outer).find(
    ({ directive }) => directive.args[0]?.value.toLowerCase() === match[1]?.toLowerCase(),
  );
  return other && { message: `Upstream "${match[1]}" may not have port ${match[2]}: its servers have ports.`, other };
}

function upstreams(scope: Scope): readonly Item[] {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) {
    if (at.context === 'http' || at.context === 'stream') return at.find('upstream');
  }
  return [];
}
