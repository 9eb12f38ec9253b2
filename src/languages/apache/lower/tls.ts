import { atLeastVersion } from '../../../text/version.ts';
import type { TlsSettings } from '../../../tls/model/server-model.ts';
import { byDefault, known, type Setting, unknown } from '../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { lowerCertificates } from './certificates.ts';
import { managedCertificates } from './managed.ts';
import { areProtocols, defaultProtocols, readProtocols, restrictProtocols } from './protocols.ts';
import { type Scope, settle } from './settle.ts';

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
  const { target, resolve } = options;
  const because = `Apache ${target.apache}`;
  const library = `OpenSSL ${target.openssl}`;
  const word = (statement: Statement) => statement.args[0]?.value;
  const text = (keys: readonly string[], initial: string, from = because) =>
    settle<string>(scope, keys, initial, from, word);
  const flag = (key: string, initial: boolean) =>
    settle<boolean>(scope, [key], initial, because, (statement) => readFlag(word(statement)));
  const path = (key: string) =>
    settle<string | null>(scope, [key], null, because, (statement) => {
      const value = word(statement);
      return value === undefined ? undefined : resolve(value);
    });
  const enabled = lowerEnabled(scope, options, because);
  const commanded = <T>(base: Setting<T>, read: (statement: Statement) => T | undefined) =>
    afterCommands(base, scope, because, read);
  const cipherString = commanded(
    settle(scope, ['sslciphersuite'], 'DEFAULT', library, readCipherString),
    commandReader(['cipherstring']),
  );
  return {
    enabled,
    protocols: lowerProtocols(scope, target, because),
    cipherString,
    ...appendedTo(cipherString),
    tls13CipherSuites: commanded(
      settle(scope, ['sslciphersuite'], defaultTls13, library, readTls13),
      commandReader(['ciphersuites']),
    ),
    groups: settle(
      scope,
      ['sslopensslconfcmd'],
      'auto',
      library,
      commandReader(['groups', 'curves', 'ecdhparameters']),
    ),
    serverPreference: commanded(flag('sslhonorcipherorder', false), (statement) =>
      readOption(statement, 'ServerPreference'),
    ),
    certificates: lowerCertificates(scope, resolve, because),
    dhParameters: settle<string | null>(scope, ['sslopensslconfcmd'], null, because, (statement) => {
      const value = commandReader(['dhparameters'])(statement);
      return value === undefined ? undefined : resolve(value);
    }),
    sessionTickets: commanded(flag('sslsessiontickets', true), (statement) => readOption(statement, 'SessionTicket')),
    ticketKeys: settle<readonly string[]>(scope, ['sslsessionticketkeyfile'], [], because, (statement) => {
      const value = word(statement);
      return value === undefined ? undefined : [resolve(value)];
    }),
    sessionCache: text(['sslsessioncache'], 'none'),
    sessionTimeout: settle(scope, ['sslsessioncachetimeout'], 300, because, (statement) => readNumber(word(statement))),
    stapling: flag('sslusestapling', false),
    staplingResponder: settle<string | null>(scope, ['sslstaplingforceurl'], null, because, word),
    staplingCache: settle<string | null>(scope, ['sslstaplingcache'], null, because, word),
    trustedCertificate: path('sslcacertificatefile'),
    passphrases: settle<string | null>(scope, ['sslpassphrasedialog'], null, because, (statement) => {
      const value = word(statement);
      return value?.toLowerCase() === 'builtin' ? null : value;
    }),
    clientVerification: settle(scope, ['sslverifyclient'], 'off', because, (statement) =>
      clientVerification(word(statement)),
    ),
    clientCertificates: settle<string | null>(
      scope,
      ['sslcacertificatefile', 'sslcacertificatepath'],
      null,
      because,
      (statement) => {
        const value = word(statement);
        return value === undefined ? undefined : resolve(value);
      },
    ),
    compression: commanded(flag('sslcompression', false), (statement) => readOption(statement, 'Compression')),
    insecureRenegotiation: flag('sslinsecurerenegotiation', false),
    confCommands: settle<TlsSettings['confCommands'] extends Setting<infer Commands> ? Commands : never>(
      scope,
      ['sslopensslconfcmd'],
      [],
      because,
      (statement, before) => {
        const [name, value] = statement.args;
        if (!name) return undefined;
        return [...before, { name: name.value, value: value?.value ?? '', location: locationOf(statement) }];
      },
    ),
    managed: managedCertificates(scope, because),
    alpn: lowerAlpn(scope, options.http2, because),
  };
}

/** `SSLOpenSSLConfCmd` has the last word wherever it stands: mod_ssl runs the commands when all else is set. */
function afterCommands<T>(
  base: Setting<T>,
  scope: Scope,
  because: string,
  read: (statement: Statement) => T | undefined,
): Setting<T> {
  const command = settle<T | undefined>(scope, ['sslopensslconfcmd'], undefined, because, read);
  const { value, origin } = command;
  if (origin.kind === 'default' || value.kind !== 'known' || value.value === undefined) return base;
  return { value: known(value.value), origin };
}

/** What is written is appended to, `SSLOpenSSLConfCmd CipherString` too; the library's default is not. */
function appendedTo({ origin }: Setting<string>): { readonly cipherStringAppended?: string } {
  return origin.kind === 'default' ? {} : { cipherStringAppended: appendedCiphers };
}

/** OpenSSL's own TLS 1.3 list (`TLS_DEFAULT_CIPHERSUITES`). */
const defaultTls13 = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

function lowerEnabled(scope: Scope, { target, enabledElsewhere }: TlsOptions, because: string): Setting<boolean> {
  const enabled = settle<boolean>(scope, ['sslengine'], false, because, (statement) => {
    const value = statement.args[0]?.value;
    if (value?.toLowerCase() === 'optional' && !atLeastVersion(target.apache, '2.4.64')) return true;
    return readFlag(value);
  });
  if (enabled.origin.kind !== 'default' || enabledElsewhere === undefined) return enabled;
  return { value: { kind: 'unknown', reason: enabledElsewhere }, origin: enabled.origin };
}

function lowerProtocols(scope: Scope, target: Target, because: string): Setting<readonly ProtocolVersion[]> {
  const chosen = settle(scope, ['sslprotocol'], defaultProtocols(target), because, (statement) => {
    const words = statement.args.map(({ value }) => value);
    // What Apache refuses is one mistake, and no list of nothing besides.
    return areProtocols(words, target) ? readProtocols(words, target) : undefined;
  });
  const commands = settle<readonly ProtocolVersion[] | undefined>(
    scope,
    ['sslopensslconfcmd'],
    chosen.value.kind === 'known' ? chosen.value.value : undefined,
    because,
    (statement, before) => {
      const [name, value] = statement.args;
      if (!before || !name || !value || !/^(?:min|max)?protocol$/i.test(name.value)) return undefined;
      return restrictProtocols(before, name.value, value.value, target);
    },
  );
  if (commands.origin.kind === 'default' || commands.value.kind === 'one-of') return chosen;
  if (commands.value.kind !== 'known' || !commands.value.value) return chosen;
  const { value } = commands.value;
  // The start only looks at what `SSLProtocol` leaves: here it succeeds, and then every handshake fails.
  if (value.length === 0 && chosen.value.kind === 'known' && chosen.value.value.length > 0) {
    return { value: unknown('the commands of SSLOpenSSLConfCmd leave no protocol version'), origin: commands.origin };
  }
  return { value: known(value), origin: commands.origin };
}

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
    return command === 'ecdhparameters' && /^(?:auto|automatic|\+automatic|on)$/i.test(value.value)
      ? 'auto'
      : value.value;
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

/** `Protocols` as ALPN offers it: only what can run over TLS. */
function lowerAlpn(scope: Scope, http2: boolean, because: string): Setting<readonly string[]> {
  if (!scope.own.has('protocols') && !scope.inherited.has('protocols')) return byDefault(['http/1.1'], because);
  return settle<readonly string[]>(scope, ['protocols'], ['http/1.1'], because, (statement) =>
    statement.args.map(({ value }) => value).filter((value) => value !== 'h2c' && (http2 || value !== 'h2')),
  );
}
