import type { Change } from '../../../tls/model/change.ts';
import type { Site, TlsSettings } from '../../../tls/model/server-model.ts';
import { byDefault, knownValue, type Setting } from '../../../tls/model/setting.ts';
import { applyConfCommands } from '../lower/tls/conf-commands.ts';
import type { Item, Scope } from '../scope.ts';

/**
 * The command for OpenSSL that makes something else of what a directive would say, as it is written. nginx applies commands behind
 * all directives (ngx_ssl_conf_commands).
 * @param scope the server's block
 */
export function overrulingCommand(change: Change, site: Site, scope: Scope): string | undefined {
  const before = site.tlsBeforeCommands;
  if (before === undefined || !(change.setting in before)) return undefined;
  const name = change.setting as keyof TlsSettings;
  const after = applyConfCommands(scope, outerCommands(scope), { ...before, [name]: byDefault(change.to, 'change') });
  const made = after[name] as Setting<unknown>;
  if (made.origin.kind === 'default' || JSON.stringify(knownValue(made)) === JSON.stringify(change.to))
    return undefined;
  return ['ssl_conf_command', ...made.origin.words.map(({ value }) => value)].join(' ');
}

/** Those of the nearest block around that has some. */
function outerCommands(scope: Scope): readonly Item[] {
  for (let at = scope.owner?.outer; at; at = at.owner?.outer) {
    const found = at.find('ssl_conf_command');
    if (found.length > 0) return found;
  }
  return [];
}
