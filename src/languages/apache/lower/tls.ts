import { createMemo } from '../../../memory/memo.ts';
import type { TlsSettings } from '../../../tls/model/server-model.ts';
import { byDefault, known, knownValue, type Setting, unknown } from '../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { lowerAlpn } from './alpn.ts';
import { certificateKeys, lowerCertificates } from './certificates.ts';
import { type ClientChecks, clientCheckKeys, clientChecks } from './client-checks.ts';
import { type EngineOptions, lowerEnabled } from './engine.ts';
import { managedCertificates, managingKeys } from './managed.ts';
import {
  areProtocols,
  defaultProtocols,
  limitProtocols,
  limitsOf,
  readProtocols,
  versionsWithin,
} from './protocols.ts';
import { originOf, type Scope, settle, settleList } from './settle.ts';
import {
  clientVerification,
  commandReader,
  compresses,
  readCipherString,
  readFlag,
  readNumber,
  readOption,
  readTls13,
} from './tls-words.ts';

/** mod_ssl appends this to every cipher string that it is given (`ssl_cmd_SSLCipherSuite`). */
const appendedCiphers = ':!aNULL:!eNULL:!EXP';

export interface TlsOptions extends EngineOptions {
  readonly resolve: (path: string) => string;
  /** False where HTTP/2 cannot be spoken whatever `Protocols` says: mod_http2 is not loaded, or not usable. */
  readonly http2: boolean;
}

/** All of mod_ssl's settings as one server has them, what it inherits from the main server included. */
export function lowerTls(scope: Scope, options: TlsOptions): TlsSettings {
  const base = inheritedSettings(scope.inherited, options);
  const settings = { ...base, enabled: lowerEnabled(scope, options) };
  const given = givenFor(scope, options);
  // Only what directives of the server's own can change is worked out; all else is as it is inherited.
  for (const key of scope.own.keys()) {
    for (const name of changedBy.get(key) ?? none) if (settings[name] === base[name]) lowerInto(settings, name, given);
  }
  // Behind all that is always there, for which the engine makes room at once.
  return Object.assign(settings, replacedProtocols(scope, options.target), appendedTo(settings.cipherString));
}

/** The settings that directives of mod_ssl, mod_md and `Protocols` may change. */
type Name =
  | 'protocols'
  | 'cipherString'
  | 'tls13CipherSuites'
  | 'groups'
  | 'serverPreference'
  | 'chachaFirst'
  | 'certificates'
  | 'dhParameters'
  | 'sessionTickets'
  | 'ticketKeys'
  | 'sessionCache'
  | 'sessionTimeout'
  | 'stapling'
  | 'staplingResponder'
  | 'staplingCache'
  | 'trustedCertificate'
  | 'passphrases'
  | 'clientVerification'
  | 'clientCertificates'
  | keyof ClientChecks
  | 'revocationLists'
  | 'compression'
  | 'insecureRenegotiation'
  | 'confCommands'
  | 'managed'
  | 'alpn';

type Settings = { [Each in Name]: NonNullable<TlsSettings[Each]> };
type Inherited = Settings & Pick<TlsSettings, 'enabled'>;

const inheritedBy = createMemo<Scope['inherited'], Inherited>();

/** What a server without directives of its own has: the same for all that inherit from one. */
function inheritedSettings(inherited: Scope['inherited'], options: TlsOptions): Inherited {
  let found = inheritedBy.get(inherited);
  if (!found) {
    const scope = { own: new Map(), inherited };
    const given = givenFor(scope, options);
    const made = <Each extends Name>(name: Each) => table[name].lower(given);
    // Each by its name: an object that is filled in a loop is a slow one, and so would be all copies of it.
    found = {
      enabled: lowerEnabled(scope, options),
      protocols: made('protocols'),
      cipherString: made('cipherString'),
      tls13CipherSuites: made('tls13CipherSuites'),
      groups: made('groups'),
      serverPreference: made('serverPreference'),
      chachaFirst: made('chachaFirst'),
      certificates: made('certificates'),
      dhParameters: made('dhParameters'),
      sessionTickets: made('sessionTickets'),
      ticketKeys: made('ticketKeys'),
      sessionCache: made('sessionCache'),
      sessionTimeout: made('sessionTimeout'),
      stapling: made('stapling'),
      staplingResponder: made('staplingResponder'),
      staplingCache: made('staplingCache'),
      trustedCertificate: made('trustedCertificate'),
      passphrases: made('passphrases'),
      clientVerification: made('clientVerification'),
      clientCertificates: made('clientCertificates'),
      clientDepth: made('clientDepth'),
      clientAuthorities: made('clientAuthorities'),
      clientOcsp: made('clientOcsp'),
      revocationLists: made('revocationLists'),
      compression: made('compression'),
      insecureRenegotiation: made('insecureRenegotiation'),
      confCommands: made('confCommands'),
      managed: made('managed'),
      alpn: made('alpn'),
    };
    inheritedBy.set(inherited, found);
  }
  return found;
}

const command = 'sslopensslconfcmd';

function hasCommands({ own, inherited }: Scope): boolean {
  return own.has(command) || inherited.has(command);
}

const word = (statement: Statement) => statement.args[0]?.value;

/** What settings are made of: the directives of a server, and what is there where they say nothing. */
interface Given {
  readonly scope: Scope;
  readonly options: TlsOptions;
  readonly because: string;
  readonly library: string;
}

function givenFor(scope: Scope, options: TlsOptions): Given {
  const { target } = options;
  return { scope, options, because: `Apache ${target.apache}`, library: `OpenSSL ${target.openssl}` };
}

/** How a setting is made, and the directives that have a say in it. */
interface Entry<Made> {
  readonly keys: readonly string[];
  readonly lower: (given: Given) => Made;
}

type Table = { readonly [Each in Name]: Entry<Settings[Each]> };

const flag = (key: string, initial: boolean, { scope, because }: Given) =>
  settle<boolean>(scope, [key], initial, because, (statement) => readFlag(word(statement)));

const path = (keys: readonly string[], { scope, because, options: { resolve } }: Given) =>
  settle<string | null>(scope, keys, null, because, (statement) => {
    const value = word(statement);
    return value === undefined ? undefined : resolve(value);
  });

const optional = (key: string, { scope, because }: Given) => settle<string | null>(scope, [key], null, because, word);

const clientKeys = ['sslcacertificatefile', 'sslcacertificatepath'];
const revocationFolder = 'sslcarevocationpath';

const table: Table = {
  protocols: {
    keys: ['sslprotocol', command],
    lower: ({ scope, because, options: { target } }) => lowerProtocols(scope, target, because),
  },
  cipherString: {
    keys: ['sslciphersuite', command],
    lower: (given) =>
      afterCommands(
        settle(given.scope, ['sslciphersuite'], 'DEFAULT', given.library, readCipherString),
        given,
        commandReader(['cipherstring']),
      ),
  },
  tls13CipherSuites: {
    keys: ['sslciphersuite', command],
    lower: (given) =>
      afterCommands(
        settle(given.scope, ['sslciphersuite'], defaultTls13, given.library, readTls13),
        given,
        commandReader(['ciphersuites']),
      ),
  },
  groups: {
    keys: [command],
    lower: ({ scope, library }) =>
      settle(scope, [command], 'auto', library, commandReader(['groups', 'curves', 'ecdhparameters'])),
  },
  serverPreference: {
    keys: ['sslhonorcipherorder', command],
    lower: (given) =>
      afterCommands(flag('sslhonorcipherorder', false, given), given, (statement) =>
        readOption(statement, 'ServerPreference'),
      ),
  },
  chachaFirst: {
    keys: [command],
    lower: (given) =>
      afterCommands(byDefault(false, given.library), given, (statement) => readOption(statement, 'PrioritizeChaCha')),
  },
  certificates: {
    keys: certificateKeys,
    lower: ({ scope, because, options: { resolve } }) => lowerCertificates(scope, resolve, because),
  },
  dhParameters: {
    keys: [command],
    lower: ({ scope, because, options: { resolve } }) =>
      settle<string | null>(scope, [command], null, because, (statement) => {
        const value = commandReader(['dhparameters'])(statement);
        return value === undefined ? undefined : resolve(value);
      }),
  },
  sessionTickets: {
    keys: ['sslsessiontickets', command],
    lower: (given) =>
      afterCommands(flag('sslsessiontickets', true, given), given, (statement) =>
        readOption(statement, 'SessionTicket'),
      ),
  },
  ticketKeys: {
    keys: ['sslsessionticketkeyfile'],
    lower: ({ scope, because, options: { resolve } }) =>
      settle<readonly string[]>(scope, ['sslsessionticketkeyfile'], [], because, (statement) => {
        const value = word(statement);
        return value === undefined ? undefined : [resolve(value)];
      }),
  },
  sessionCache: {
    keys: ['sslsessioncache'],
    lower: ({ scope, because }) => settle<string>(scope, ['sslsessioncache'], 'none', because, word),
  },
  sessionTimeout: {
    keys: ['sslsessioncachetimeout'],
    lower: ({ scope, because }) =>
      settle(scope, ['sslsessioncachetimeout'], 300, because, (statement) => readNumber(word(statement))),
  },
  stapling: { keys: ['sslusestapling'], lower: (given) => flag('sslusestapling', false, given) },
  staplingResponder: { keys: ['sslstaplingforceurl'], lower: (given) => optional('sslstaplingforceurl', given) },
  staplingCache: { keys: ['sslstaplingcache'], lower: (given) => optional('sslstaplingcache', given) },
  trustedCertificate: { keys: ['sslcacertificatefile'], lower: (given) => path(['sslcacertificatefile'], given) },
  passphrases: {
    keys: ['sslpassphrasedialog'],
    lower: ({ scope, because }) =>
      settle<string | null>(scope, ['sslpassphrasedialog'], null, because, (statement) => {
        const value = word(statement);
        return value?.toLowerCase() === 'builtin' ? null : value;
      }),
  },
  clientVerification: {
    keys: ['sslverifyclient'],
    lower: ({ scope, because }) =>
      settle(scope, ['sslverifyclient'], 'off', because, (statement) => clientVerification(word(statement))),
  },
  clientCertificates: { keys: clientKeys, lower: (given) => path(clientKeys, given) },
  clientDepth: { keys: clientCheckKeys, lower: (given) => checksOf(given).clientDepth },
  clientAuthorities: { keys: clientCheckKeys, lower: (given) => checksOf(given).clientAuthorities },
  clientOcsp: { keys: clientCheckKeys, lower: (given) => checksOf(given).clientOcsp },
  revocationLists: {
    keys: ['sslcarevocationcheck', 'sslcarevocationfile', revocationFolder],
    lower: lowerRevocationLists,
  },
  compression: {
    keys: ['sslcompression', command],
    lower: (given) =>
      afterCommands(
        settle(given.scope, ['sslcompression'], false, given.because, (statement) =>
          compresses(word(statement), given.options.target),
        ),
        given,
        (statement) => readOption(statement, 'Compression'),
      ),
  },
  insecureRenegotiation: {
    keys: ['sslinsecurerenegotiation'],
    lower: (given) => flag('sslinsecurerenegotiation', false, given),
  },
  confCommands: {
    keys: [command],
    lower: ({ scope, because }) =>
      settleList(scope, [command], because, (statement) => {
        const [name, value] = statement.args;
        return name && { name: name.value, value: value?.value ?? '', location: locationOf(statement) };
      }),
  },
  managed: { keys: managingKeys, lower: ({ scope, because }) => managedCertificates(scope, because) },
  alpn: {
    keys: ['protocols'],
    lower: ({ scope, because, options: { http2 } }) => lowerAlpn(scope, http2, because),
  },
};

const names = Object.keys(table) as readonly Name[];
const none: readonly never[] = [];

/** The settings that a directive has a say in. */
const changedBy: ReadonlyMap<string, readonly Name[]> = new Map(
  [...new Set(names.flatMap((name) => table[name].keys))].map((key) => [
    key,
    names.filter((name) => table[name].keys.includes(key)),
  ]),
);

function lowerInto<Each extends Name>(settings: Pick<Settings, Each>, name: Each, given: Given): void {
  settings[name] = table[name].lower(given);
}

function checksOf({ scope, because, options: { resolve } }: Given): ClientChecks {
  return clientChecks(scope, resolve, because);
}

/** What is checked with them is known only where whole chains are, and where no folder holds more. */
function lowerRevocationLists(given: Given): Setting<string | null> {
  const { scope, because } = given;
  const check = settle(scope, ['sslcarevocationcheck'], 'none', because, ({ args }) =>
    args.map(({ value }) => value.toLowerCase()).join(' '),
  );
  const checked = knownValue(check);
  if (checked === 'none') return byDefault(null, because);
  if (checked !== 'chain' || scope.own.has(revocationFolder) || scope.inherited.has(revocationFolder)) {
    return { value: unknown('what lists are asked is not looked at'), origin: check.origin };
  }
  return path(['sslcarevocationfile'], given);
}

/** `SSLOpenSSLConfCmd` has the last word wherever it stands: mod_ssl runs the commands when all else is set. */
function afterCommands<T>(
  base: Setting<T>,
  { scope, because }: Given,
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
