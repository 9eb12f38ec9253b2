import { remember } from '../../../../memory/remember.ts';
import { mayBeAbsent } from '../../conditions.ts';
import type { Item, Scope } from '../../scope.ts';
import { type Listen, listensOf } from '../listen.ts';
import { switchedOn } from '../sites.ts';
import { listenersAt } from './own-listeners.ts';

/** An address that the servers of a block open, and what they say of it together. */
export interface OwnAddress {
  readonly listen: Listen;
  readonly speaksTls: boolean;
  /** No other line that is at hand may say otherwise. */
  readonly isSure: boolean;
  /** It has a page of its own for plain HTTP, on purpose; gRPC's HTTP/2 is none that it understands. */
  readonly answersPlain: boolean;
  /** Who says that a PROXY header has to come first there. */
  readonly expecting: Listen | undefined;
  /** In the order of the text. */
  readonly servers: readonly Scope[];
}

/** Those of TCP, by their ids. */
export const ownAddresses = remember((scope: Scope): ReadonlyMap<string, OwnAddress> => {
  const found = new Map<
    string,
    { -readonly [Key in keyof OwnAddress]: OwnAddress[Key] } & { readonly servers: Scope[] }
  >();
  const everyoneExplains = explainsPlain(scope);
  for (const item of scope.find('server')) {
    const { inner } = item;
    if (!inner) continue;
    const hasPage = everyoneExplains || explainsPlain(inner);
    for (const listen of listensOf(inner)) {
      const { id, speaksTls } = listen;
      if (listen.transport !== 'tcp') continue;
      let own = found.get(id);
      if (!own) {
        own = { listen, speaksTls, isSure: true, answersPlain: false, expecting: undefined, servers: [] };
        found.set(id, own);
      }
      own.servers.push(inner);
      if (speaksTls) {
        own.listen = listen;
        own.speaksTls = speaksTls;
        if (hasPage) own.answersPlain = true;
      }
      if (listen.parameters.includes('proxy_protocol')) own.expecting ??= listen;
      if (listen.unknown !== undefined || mayBeAbsent(listen.item) || !(speaksTls || isSilent(item, inner)))
        own.isSure = false;
    }
  }
  return found;
});

function explainsPlain(block: Scope): boolean {
  if (block.findFirst('error_page') === undefined) return false;
  return block.find('error_page').some(({ args }) => args.some(({ value }) => value === '497'));
}

/** No other line of the server switches TLS on. */
function isSilent(item: Item, scope: Scope): boolean {
  return !scope.open && switchedOn({ item, scope }) === undefined;
}

/** The one that answers at an address. */
export function ownAt(scope: Scope, address: string | undefined): OwnAddress | undefined {
  if (address === undefined) return undefined;
  const own = ownAddresses(scope);
  const id = own.has(address) ? address : listenersAt(address).find((each) => own.has(each));
  return id === undefined ? undefined : own.get(id);
}
