import { createMemo } from '../../../memory/memo.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault } from '../../../tls/model/setting.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast } from '../scope.ts';
import { inherited, obscured, readFlag, settingOf } from './setting.ts';

const http2Off = byDefault(false, 'no http2 on');

/** What `http2` says for a server, its own or the one around; undefined where there is none. */
export function http2Directive(scope: Scope, item: Item): Setting<boolean> | undefined {
  const own = findLast(scope, 'http2');
  if (own) return settingOf(own, scope, http2Off, readFlag);
  const around = findLast(item.outer, 'http2');
  // What an unread include may say, here or around.
  const open = scope.open ? scope : item.outer.open ? item.outer : undefined;
  if (!around) return open && obscured(http2Off, open);
  if (scope.open) return obscured(inherited(settingOf(around, item.outer, http2Off, readFlag)), scope);
  let setting = aroundServers.get(around);
  if (!setting) {
    setting = inherited(settingOf(around, item.outer, http2Off, readFlag));
    aroundServers.set(around, setting);
  }
  return setting;
}

/** What a directive of the block around says is the same for all servers. */
const aroundServers = createMemo<Item, Setting<boolean>>();
