import { keptLevel } from '../../../../tls/cipher-string/kept-level.ts';
import { confSwitches, groupsOf } from '../../../../tls/conf-commands.ts';
import type { TlsSettings } from '../../../../tls/model/server-model.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import { known, knownValue, unknown } from '../../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../../tls/protocols.ts';
import { protocolVersions } from '../../../../tls/protocols.ts';
import type { Item, Scope } from '../../scope.ts';
import { locate } from '../../scope.ts';
import { obscurity, setting } from '../setting.ts';

/**
 * `ssl_conf_command` is applied after all other directives (ngx_ssl_conf_commands), so what it says wins. A block that has
 * one inherits none from outside.
 * @param outer those of the block around
 */
export function applyConfCommands(scope: Scope, outer: readonly Item[], settings: TlsSettings): TlsSettings {
  const own = scope.find('ssl_conf_command');
  const items = own.length > 0 ? own : outer;
  const last = items.at(-1);
  if (!last) return settings;
  const reason = items.map((item) => obscurity(item, false)).find((found) => found !== undefined);
  if (reason !== undefined) {
    return { ...settings, confCommands: setting(unknown(reason), last, scope) };
  }
  const commands = items.map((item) => ({
    name: item.args[0]?.value ?? '',
    value: item.args[1]?.value ?? '',
    location: locate(item),
  }));
  let result: TlsSettings = { ...settings, confCommands: setting(known(commands), last, scope) };
  for (const item of items) result = apply(result, item, scope);
  // The limits are kept apart from what switches versions on and off; of each the last one counts, wherever it stands.
  for (const [name, direction] of limits) {
    const limit = items.findLast((item) => isLimit(item, name));
    if (limit) result = { ...result, protocols: restrict(result.protocols, limit, scope, direction) };
  }
  return result;
}

const limits = [
  ['minprotocol', 1],
  ['maxprotocol', -1],
] as const;

/** Those of DTLS are for other servers (ssl_set_version_bound). */
function isLimit({ args }: Item, name: string): boolean {
  const [command, value] = args;
  return command?.value.toLowerCase() === name && value?.value.startsWith('DTLS') === false;
}

/** One command as SSL_CONF_cmd(3) takes it; names are compared without case. */
function apply(settings: TlsSettings, item: Item, scope: Scope): TlsSettings {
  const value = item.args[1]?.value ?? '';
  const set = <T>(to: T): Setting<T> => setting(known(to), item, scope);
  const command = item.args[0]?.value.toLowerCase() ?? '';
  switch (command) {
    case 'ciphersuites':
      return { ...settings, tls13CipherSuites: set(value) };
    case 'cipherstring':
      return {
        ...settings,
        cipherString: set(value),
        cipherStringAppended: keptLevel(knownValue(settings.cipherString), value),
      };
    case 'groups':
    case 'curves':
    case 'ecdhparameters':
      return { ...settings, groups: set(groupsOf(command, value)) };
    case 'dhparameters':
      return { ...settings, dhParameters: set(value) };
    case 'protocol':
      return { ...settings, protocols: switchProtocols(settings, set, value) };
    case 'options':
      return applyOptions(settings, value, set);
    default:
      return settings;
  }
}

function restrict(
  protocols: Setting<readonly ProtocolVersion[]>,
  item: Item,
  scope: Scope,
  direction: 1 | -1,
): Setting<readonly ProtocolVersion[]> {
  const listed = knownValue(protocols);
  const limit = protocolVersions.indexOf(item.args[1]?.value as ProtocolVersion);
  if (!listed || limit < 0) return protocols;
  const left = listed.filter((protocol) => (protocolVersions.indexOf(protocol) - limit) * direction >= 0);
  return setting(known(left), item, scope);
}

/** `-TLSv1.2,+TLSv1.3`, `ALL`: each word switches versions on or off, and the others stay as they are. */
function switchProtocols(
  settings: TlsSettings,
  set: (to: readonly ProtocolVersion[]) => Setting<readonly ProtocolVersion[]>,
  value: string,
): Setting<readonly ProtocolVersion[]> {
  const listed = knownValue(settings.protocols);
  if (!listed) return settings.protocols;
  const left = new Set(listed);
  for (const { name, on } of confSwitches(value)) {
    for (const protocol of protocolVersions) {
      if (name !== 'all' && name !== protocol.toLowerCase()) continue;
      if (on) left.add(protocol);
      else left.delete(protocol);
    }
  }
  return set(protocolVersions.filter((protocol) => left.has(protocol)));
}

function applyOptions(settings: TlsSettings, value: string, set: (to: boolean) => Setting<boolean>): TlsSettings {
  let result = settings;
  for (const { name, on } of confSwitches(value)) {
    switch (name) {
      case 'serverpreference':
        result = { ...result, serverPreference: set(on) };
        break;
      case 'prioritizechacha':
        result = { ...result, chachaFirst: set(on) };
        break;
      case 'sessionticket':
        result = { ...result, sessionTickets: set(on) };
        break;
      case 'compression':
        result = { ...result, compression: set(on) };
        break;
      case 'unsafelegacyrenegotiation':
        result = { ...result, insecureRenegotiation: set(on) };
        break;
      default:
        break;
    }
  }
  return result;
}
