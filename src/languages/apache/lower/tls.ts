import { createMemo } from '../../../memory/memo.ts';
import { suggestSwitch } from '../../../text/suggest.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { groupsOf } from '../../../tls/conf-commands.ts';
import type { TlsSettings } from '../../../tls/model/server-model.ts';
import { byDefault, known, knownValue, type Setting, unknown } from '../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { certificateKeys, lowerCertificates } from './certificates.ts';
import { type ClientChecks, clientCheckKeys, clientChecks } from './client-checks.ts';
import { managedCertificates } from './managed.ts';
import {
  areProtocols,
  defaultProtocols,
  limitProtocols,
  limitsOf,
  readProtocols,
  versionsWithin,
} from './protocols.ts';
import { originOf, type Scope, settle, settleDraft, settleList } from './settle.ts';

/** mod_ssl appends this to every cipher string that it is given (`ssl_cmd_SSLCipherSuite`). */
const appendedCiphers = ':!aNULL:!eNULL:!EXP';

export interface TlsOptions {
  readonly target: Target;
  /** TLS without `SSLEngine`: `Listen 443 https` does not do it, an absent main file may. */
  readonly enabledElsewhere: string | undefined;
  readonly resolve: (path: string) => string;
  /** False where HTTP/2 cannot be spoken whatever `Protocols` says: mod_http2 is not loaded, or not usable. */
  readonly http2: boolean;
}

/** All of mod_ssl's settings as one server has them, what it inherits from the main server included. */
export function lowerTls(scope: Scope, options: TlsOptions): TlsSettings {
  return settings(scope, options, inheritedSettings(scope.inherited, options));
}

/** Every setting that mod_ssl has. */
type Inherited = TlsSettings &
  ClientChecks &
  Required<
    Pick<
      TlsSettings,
      | 'staplingResponder'
      | 'staplingCache'
      | 'trustedCertificate'
      | 'passphrases'
      | 'revocationLists'
      | 'compression'
      | 'insecureRenegotiation'
      | 'managed'
    >
  >;

const inheritedBy = createMemo<Scope['inherited'], Inherited>();

/** What a server without directives of its own has: the same for all that inherit from one. */
function inheritedSettings(inherited: Scope['inherited'], options: TlsOptions): Inherited {
  let found = inheritedBy.get(inherited);
  if (!found) {
    found = settings({ own: new Map(), inherited }, options, undefined);
    inheritedBy.set(inherited, found);
  }
  return found;
}

const command = 'sslopensslconfcmd';

function hasCommands({ own, inherited }: Scope): boolean {
  return own.has(command) || inherited.has(command);
}

const word = (statement: Statement) => statement.args[0]?.value;

/** Only what directives of the server's own can change is worked out; all else is as `base` has it. */
function settings(scope: Scope, options: TlsOptions, base: Inherited | undefined): Inherited {
  const { target, resolve } = options;
  const { own } = scope;
  const because = `Apache ${target.apache}`;
  const library = `OpenSSL ${target.openssl}`;
  const ownCommands = own.has(command);
  const unless = <Name extends keyof Inherited>(name: Name, key: string, lower: () => Inherited[Name]) =>
    base !== undefined && !own.has(key) ? base[name] : lower();
  /** Where a command of `SSLOpenSSLConfCmd` has a say too. */
  const commanded = <Name extends keyof Inherited>(name: Name, key: string, lower: () => Inherited[Name]) =>
    base !== undefined && !ownCommands && !own.has(key) ? base[name] : lower();
  const flag = (key: string, initial: boolean) =>
    settle<boolean>(scope, [key], initial, because, (statement) => readFlag(word(statement)));
  const path = (keys: readonly string[]) =>
    settle<string | null>(scope, keys, null, because, (statement) => {
      const value = word(statement);
      return value === undefined ? undefined : resolve(value);
    });
  const optional = (key: string) => settle<string | null>(scope, [key], null, because, word);
  const after = <T>(setting: Setting<T>, read: (statement: Statement) => T | undefined) =>
    afterCommands(setting, scope, because, read);
  /** What is checked with them is known only where whole chains are, and where no folder holds more. */
  const revocationLists = (): Setting<string | null> => {
    const check = settle(scope, ['sslcarevocationcheck'], 'none', because, ({ args }) =>
      args.map(({ value }) => value.toLowerCase()).join(' '),
    );
    const checked = knownValue(check);
    if (checked === 'none') return byDefault(null, because);
    if (checked !== 'chain' || scope.own.has(revocationFolder) || scope.inherited.has(revocationFolder)) {
      return { value: unknown('what lists are asked is not looked at'), origin: check.origin };
    }
    return path(['sslcarevocationfile']);
  };
  const cipherString = commanded('cipherString', 'sslciphersuite', () =>
    after(settle(scope, ['sslciphersuite'], 'DEFAULT', library, readCipherString), commandReader(['cipherstring'])),
  );
  const hasChecks = base === undefined || clientCheckKeys.some((key) => own.has(key));
  const { clientDepth, clientAuthorities, clientOcsp } = hasChecks ? clientChecks(scope, resolve, because) : base;
  return {
    enabled: lowerEnabled(scope, options),
    protocols: commanded('protocols', 'sslprotocol', () => lowerProtocols(scope, target, because)),
    cipherString,
    tls13CipherSuites: commanded('tls13CipherSuites', 'sslciphersuite', () =>
      after(settle(scope, ['sslciphersuite'], defaultTls13, library, readTls13), commandReader(['ciphersuites'])),
    ),
    groups: unless('groups', command, () =>
      settle(scope, [command], 'auto', library, commandReader(['groups', 'curves', 'ecdhparameters'])),
    ),
    serverPreference: commanded('serverPreference', 'sslhonorcipherorder', () =>
      after(flag('sslhonorcipherorder', false), (statement) => readOption(statement, 'ServerPreference')),
    ),
    chachaFirst: unless('chachaFirst', command, () =>
      after(byDefault(false, library), (statement) => readOption(statement, 'PrioritizeChaCha')),
    ),
    certificates:
      base === undefined || certificateKeys.some((key) => own.has(key))
        ? lowerCertificates(scope, resolve, because)
        : base.certificates,
    dhParameters: unless('dhParameters', command, () =>
      settle<string | null>(scope, [command], null, because, (statement) => {
        const value = commandReader(['dhparameters'])(statement);
        return value === undefined ? undefined : resolve(value);
      }),
    ),
    sessionTickets: commanded('sessionTickets', 'sslsessiontickets', () =>
      after(flag('sslsessiontickets', true), (statement) => readOption(statement, 'SessionTicket')),
    ),
    ticketKeys: unless('ticketKeys', 'sslsessionticketkeyfile', () =>
      settle<readonly string[]>(scope, ['sslsessionticketkeyfile'], [], because, (statement) => {
        const value = word(statement);
        return value === undefined ? undefined : [resolve(value)];
      }),
    ),
    sessionCache: unless('sessionCache', 'sslsessioncache', () =>
      settle<string>(scope, ['sslsessioncache'], 'none', because, word),
    ),
    sessionTimeout: unless('sessionTimeout', 'sslsessioncachetimeout', () =>
      settle(scope, ['sslsessioncachetimeout'], 300, because, (statement) => readNumber(word(statement))),
    ),
    stapling: unless('stapling', 'sslusestapling', () => flag('sslusestapling', false)),
    staplingResponder: unless('staplingResponder', 'sslstaplingforceurl', () => optional('sslstaplingforceurl')),
    staplingCache: unless('staplingCache', 'sslstaplingcache', () => optional('sslstaplingcache')),
    trustedCertificate: unless('trustedCertificate', 'sslcacertificatefile', () => path(['sslcacertificatefile'])),
    passphrases: unless('passphrases', 'sslpassphrasedialog', () =>
      settle<string | null>(scope, ['sslpassphrasedialog'], null, because, (statement) => {
        const value = word(statement);
        return value?.toLowerCase() === 'builtin' ? null : value;
      }),
    ),
    clientVerification: unless('clientVerification', 'sslverifyclient', () =>
      settle(scope, ['sslverifyclient'], 'off', because, (statement) => clientVerification(word(statement))),
    ),
    clientCertificates:
      base === undefined || clientKeys.some((key) => own.has(key)) ? path(clientKeys) : base.clientCertificates,
    clientDepth,
    clientAuthorities,
    clientOcsp,
    revocationLists:
      base === undefined || revocationKeys.some((key) => own.has(key)) ? revocationLists() : base.revocationLists,
    compression: commanded('compression', 'sslcompression', () =>
      after(
        settle(scope, ['sslcompression'], false, because, (statement) => compresses(word(statement), target)),
        (statement) => readOption(statement, 'Compression'),
      ),
    ),
    insecureRenegotiation: unless('insecureRenegotiation', 'sslinsecurerenegotiation', () =>
      flag('sslinsecurerenegotiation', false),
    ),
    confCommands: unless('confCommands', command, () =>
      settleList(scope, [command], because, (statement) => {
        const [name, value] = statement.args;
        return name && { name: name.value, value: value?.value ?? '', location: locationOf(statement) };
      }),
    ),
    managed:
      base === undefined || [...own.keys()].some((key) => key.startsWith('md'))
        ? managedCertificates(scope, because)
        : base.managed,
    alpn: unless('alpn', 'protocols', () => lowerAlpn(scope, options.http2, because)),
    // Behind all that is always there, for which the engine makes room at once.
    ...replacedProtocols(scope, target),
    ...appendedTo(cipherString),
  };
}

const clientKeys = ['sslcacertificatefile', 'sslcacertificatepath'];
const revocationFolder = 'sslcarevocationpath';
const revocationKeys = ['sslcarevocationcheck', 'sslcarevocationfile', revocationFolder];

/** `SSLOpenSSLConfCmd` has the last word wherever it stands: mod_ssl runs the commands when all else is set. */
function afterCommands<T>(
  base: Setting<T>,
  scope: Scope,
  because: string,
  read: (statement: Statement) => T | undefined,
): Setting<T> {
  if (!hasCommands(scope)) return base;
  const { value, origin } = settle<T | undefined>(scope, [command], undefined, because, read);
  if (origin.kind === 'default' || value.kind !== 'known' || value.value === undefined) return base;
  return { value: known(value.value), origin };
}

/** What is written is appended to, `SSLOpenSSLConfCmd CipherString` too; the library's default is not. */
function appendedTo({ origin }: Setting<string>): { readonly cipherStringAppended?: string } {
  return origin.kind === 'default' ? {} : { cipherStringAppended: appendedCiphers };
}

/** OpenSSL's own TLS 1.3 list (`TLS_DEFAULT_CIPHERSUITES`). */
const defaultTls13 = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

function lowerEnabled(scope: Scope, { target, enabledElsewhere }: TlsOptions): Setting<boolean> {
  const because = `Apache ${target.apache}`;
  const enabled = settle<boolean>(scope, ['sslengine'], false, because, (statement) => {
    const value = statement.args[0]?.value;
    // From 2.4.64 on it is `off` with a notice in the log (AH10510).
    if (value?.toLowerCase() === 'optional') return !atLeastVersion(target.apache, '2.4.64');
    return readFlag(value) ?? readFlag(suggestSwitch(value ?? ''));
  });
  const last = (scope.own.get('sslengine') ?? scope.inherited.get('sslengine'))?.at(-1);
  // One mistake already, of which it does not follow that there is no TLS.
  if (last && !last.uncertain && enabled.origin.kind === 'default') {
    return {
      value: unknown(`${last.node.name} has a value that Apache does not take`),
      origin: originOf(last, !scope.own.has('sslengine')),
    };
  }
  if (enabled.origin.kind !== 'default' || enabledElsewhere === undefined) return enabled;
  return { value: { kind: 'unknown', reason: enabledElsewhere }, origin: enabled.origin };
}

function lowerProtocols(scope: Scope, target: Target, because: string): Setting<readonly ProtocolVersion[]> {
  const chosen = settle(scope, ['sslprotocol'], defaultProtocols(target), because, (statement) => {
    const words = statement.args.map(({ value }) => value);
    // What Apache refuses is one mistake, and no list of nothing besides.
    return areProtocols(words, target) ? readProtocols(words, target) : undefined;
  });
  const listed = knownValue(chosen);
  // Of an empty list the start says so before it looks at commands.
  if (listed === undefined || listed.length === 0 || !hasCommands(scope)) return chosen;
  const limits = settle(scope, [command], limitsOf(listed), because, ({ args: [name, value] }, before) =>
    name && value && /^(?:min|max)?protocol$/i.test(name.value)
      ? limitProtocols(before, name.value, value.value)
      : undefined,
  );
  if (limits.origin.kind === 'default' || limits.value.kind !== 'known') return chosen;
  return { value: known(versionsWithin(limits.value.value, target)), origin: limits.origin };
}

/** Of several `SSLProtocol` in one place the last replaces the others. */
function replacedProtocols({ own, inherited }: Scope, target: Target): Pick<TlsSettings, 'replacedProtocols'> {
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

function readCipherString(statement: Statement): string | undefined {
  const [first, second] = statement.args;
  if (!second) return first?.value;
  return first?.value === 'SSL' ? second.value : undefined;
}

function readTls13(statement: Statement): string | undefined {
  const [first, second] = statement.args;
  return first?.value === 'TLSv1.3' ? second?.value : undefined;
}

/** Reads the value of one `SSLOpenSSLConfCmd` command, whose names OpenSSL takes in any case. */
function commandReader(names: readonly string[]): (statement: Statement) => string | undefined {
  return ({ args: [name, value] }) => {
    const command = name?.value.toLowerCase() ?? '';
    if (!names.includes(command) || !value) return undefined;
    return groupsOf(command, value.value);
  };
}

/** A member of `SSLOpenSSLConfCmd Options`: `SessionTicket`, `-SessionTicket`. */
function readOption(statement: Statement, option: string): boolean | undefined {
  const value = commandReader(['options'])(statement);
  for (const part of value?.split(',') ?? []) {
    const name = part.trim();
    if (name.replace(/^[+-]/, '').toLowerCase() === option.toLowerCase()) return !name.startsWith('-');
  }
  return undefined;
}

/**
 * `SSLCompression on` leaves OpenSSL at its default, which is off since 1.1.0; only `off` tells it something. Measured with
 * Apache 2.4.71 and OpenSSL 3.5.
 */
function compresses(value: string | undefined, { openssl }: Target): boolean | undefined {
  const on = readFlag(value);
  return on === true && atLeastVersion(openssl, '1.1.0') ? false : on;
}

export function readFlag(value: string | undefined): boolean | undefined {
  const lower = value?.toLowerCase();
  return lower === 'on' ? true : lower === 'off' ? false : undefined;
}

function readNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

function clientVerification(value: string | undefined): 'off' | 'optional' | 'required' | 'optional-no-ca' | undefined {
  switch (value?.toLowerCase()) {
    case 'none':
    case 'off':
      return 'off';
    case 'optional':
      return 'optional';
    case 'require':
    case 'on':
      return 'required';
    case 'optional_no_ca':
      return 'optional-no-ca';
    default:
      return undefined;
  }
}

/** `Protocols` as ALPN offers it: only what can run over TLS. The lines of one server add up, in place of the main server's. */
function lowerAlpn(scope: Scope, http2: boolean, because: string): Setting<readonly string[]> {
  if (!scope.own.has('protocols') && !scope.inherited.has('protocols')) return byDefault(['http/1.1'], because);
  const inDefault: readonly string[] = ['http/1.1'];
  const firstOwn = scope.own.get('protocols')?.[0];
  return settleDraft(scope, ['protocols'], inDefault, because, (before) => {
    let list: string[] | undefined = before === inDefault ? undefined : [...before];
    return {
      take(statement) {
        if (list === undefined || statement === firstOwn) list = [];
        for (const { value } of statement.args) {
          if (value !== 'h2c' && (http2 || value !== 'h2')) list.push(value);
        }
        return true;
      },
      finish: () => list ?? before,
    };
  });
}
