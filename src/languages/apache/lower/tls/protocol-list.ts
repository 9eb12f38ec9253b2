import { createMemo } from '../../../../memory/memo.ts';
import { remember } from '../../../../memory/remember.ts';
import type { TlsSettings } from '../../../../tls/model/server-model.ts';
import { known, knownValue, type Setting } from '../../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../../tls/protocols.ts';
import type { Target } from '../../../../tls/target.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { originOf, type Scope, settle } from '../scopes/settle.ts';
import { command, hasCommands } from './commands.ts';
import {
  areProtocols,
  defaultProtocols,
  limitProtocols,
  limitsOf,
  orPolicy,
  readProtocols,
  switchedOff,
  versionsWithin,
} from './protocols.ts';

/** What `SSLProtocol` lists, within what `SSLOpenSSLConfCmd` leaves of it. */
export function lowerProtocols(scope: Scope, target: Target, because: string): Setting<readonly ProtocolVersion[]> {
  const byDefault = defaultProtocols(target);
  const written = settle(scope, ['sslprotocol'], byDefault.versions, byDefault.because, (statement) => {
    const words = statement.args.map(({ value }) => value);
    // What Apache refuses is one mistake, and no list of nothing besides.
    return areProtocols(words, target) ? readProtocols(words, target) : undefined;
  });
  const chosen = orPolicy(written, target);
  const listed = knownValue(chosen);
  // Of an empty list the start says so before it looks at commands.
  if (listed === undefined || listed.length === 0 || !hasCommands(scope)) return chosen;
  const limits = settle(scope, [command], limitsOf(listed), because, ({ args: [name, value, surplus] }, before) =>
    name && value && !surplus && /^(?:min|max)?protocol$/i.test(name.value)
      ? limitProtocols(before, name.value, value.value)
      : undefined,
  );
  if (limits.origin.kind === 'default' || limits.value.kind !== 'known') return chosen;
  return { value: known(versionsWithin(limits.value.value, target)), origin: limits.origin };
}

/**
 * The versions that `SSLOpenSSLConfCmd Protocol` switches off. They are options of OpenSSL, unlike the limits of `SSLProtocol`: those
 * with which a handshake begins stay, and those of the virtual host of the name come on top (measured with 2.4.71).
 */
export function switchedOffProtocols({ own, inherited }: Scope): Setting<readonly ProtocolVersion[]> {
  return own.has(command) ? settleOff({ own, inherited }) : offByMain(inherited);
}

function settleOff(scope: Scope): Setting<readonly ProtocolVersion[]> {
  return settle<readonly ProtocolVersion[]>(scope, [command], [], 'OpenSSL', ({ args: [name, value] }, before) =>
    value && /^protocol$/i.test(name?.value ?? '') ? switchedOff(before, value.value) : undefined,
  );
}

/** Thousands of virtual hosts inherit the same. */
const offByMain = remember((inherited: Scope['inherited']) => settleOff({ own: new Map(), inherited }));

/** Of several `SSLProtocol` in one place the last replaces the others. */
export function replacedProtocols({ own, inherited }: Scope, target: Target): Pick<TlsSettings, 'replacedProtocols'> {
  const lines = own.get('sslprotocol') ?? inherited.get('sslprotocol') ?? [];
  const [last] = lines.slice(-1);
  if (last === undefined || lines.length < 2) return {};
  let value = versionsBeforeLast.get(lines);
  if (!value) {
    const before = lines.slice(0, -1).map(({ args }) => args.map((argument) => argument.value));
    value = before.flatMap((words) => (areProtocols(words, target) ? readProtocols(words, target) : []));
    versionsBeforeLast.set(lines, value);
  }
  return { replacedProtocols: { value: known(value), origin: originOf(last, !own.has('sslprotocol')) } };
}

/** By the lines of one server, which thousands of virtual hosts may inherit. */
const versionsBeforeLast = createMemo<readonly Statement[], readonly ProtocolVersion[]>();
