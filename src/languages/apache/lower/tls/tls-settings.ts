import { groupsByDefault, tls13ByDefault } from '../../../../tls/model/policy-defaults.ts';
import type { TlsSettings } from '../../../../tls/model/server-model.ts';
import { byDefault, knownValue, type Setting, unknown } from '../../../../tls/model/setting.ts';
import { locationOf, type Statement } from '../../evaluate/statement.ts';
import { type Scope, settle, settleList } from '../scopes/settle.ts';
import { lowerAlpn } from './alpn.ts';
import { certificateKeys, lowerCertificates } from './certificates.ts';
import { type ClientChecks, clientCheckKeys, clientChecks } from './client-checks.ts';
import { afterCommands, command } from './commands.ts';
import type { EngineOptions } from './engine.ts';
import { managedCertificates, managingKeys } from './managed.ts';
import { lowerProtocols } from './protocol-list.ts';
import { defaultCiphers } from './protocols.ts';
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

export interface TlsOptions extends EngineOptions {
  readonly resolve: (path: string) => string;
  /** False where HTTP/2 cannot be spoken whatever `Protocols` says: mod_http2 is not loaded, or not usable. */
  readonly http2: boolean;
}

/** The settings that directives of mod_ssl, mod_md and `Protocols` may change. */
export type SettingName =
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

export type LoweredSettings = { [Each in SettingName]: NonNullable<TlsSettings[Each]> };

/** What settings are made of: the directives of a server, and what is there where they say nothing. */
export interface Given {
  readonly scope: Scope;
  readonly options: TlsOptions;
  readonly because: string;
  readonly library: string;
}

/** How a setting is made, and the directives that have a say in it. */
interface Entry<Made> {
  readonly keys: readonly string[];
  readonly lower: (given: Given) => Made;
}

type Table = { readonly [Each in SettingName]: Entry<LoweredSettings[Each]> };

const word = (statement: Statement) => statement.args[0]?.value;

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
/** With it Apache offers suites that no other server has. */
const passwords = 'sslsrpverifierfile';

/** OpenSSL's own TLS 1.3 list (`TLS_DEFAULT_CIPHERSUITES`). */
const defaultTls13 = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

export const settingTable: Table = {
  protocols: {
    keys: ['sslprotocol', command],
    lower: ({ scope, because, options: { target } }) => lowerProtocols(scope, target, because),
  },
  cipherString: {
    keys: ['sslciphersuite', passwords, command],
    lower: (given) => {
      const { list, because } = defaultCiphers(given.options.target);
      const made = afterCommands(
        settle(given.scope, ['sslciphersuite'], list, because, readCipherString),
        given,
        commandReader(['cipherstring']),
      );
      const { own, inherited } = given.scope;
      return own.has(passwords) || inherited.has(passwords)
        ? { ...made, value: unknown('suites with passwords (TLS-SRP) are not looked at') }
        : made;
    },
  },
  tls13CipherSuites: {
    keys: ['sslciphersuite', command],
    lower: (given) =>
      afterCommands(
        tls13ByDefault(
          settle(given.scope, ['sslciphersuite'], defaultTls13, given.library, readTls13),
          given.options.target,
        ),
        given,
        commandReader(['ciphersuites']),
      ),
  },
  groups: {
    keys: [command],
    lower: ({ scope, library, options: { target } }) =>
      groupsByDefault(
        settle(scope, [command], 'auto', library, commandReader(['groups', 'curves', 'ecdhparameters'])),
        target,
      ),
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
    // `none` leaves an earlier one as it is (`ssl_cmd_SSLSessionCache`, measured with 2.4.71).
    lower: ({ scope, because }) =>
      settle<string>(scope, ['sslsessioncache'], 'none', because, (statement, before) =>
        before.includes(':') && /^none(?:notnull)?$/i.test(word(statement) ?? '') ? undefined : word(statement),
      ),
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

function checksOf({ scope, because, options: { resolve } }: Given): ClientChecks {
  return clientChecks(scope, resolve, because);
}

/** What is checked with them is known only where whole chains are, and where no folder holds more than a file. */
function lowerRevocationLists(given: Given): Setting<string | null> {
  const { scope, because } = given;
  const check = settle(scope, ['sslcarevocationcheck'], 'none', because, ({ args }) =>
    args.map(({ value }) => value.toLowerCase()).join(' '),
  );
  const checked = knownValue(check);
  if (checked === 'none') return byDefault(null, because);
  const [file, folder] = ['sslcarevocationfile', revocationFolder].map(
    (key) => scope.own.has(key) || scope.inherited.has(key),
  );
  if (checked !== 'chain' || (file && folder)) {
    return { value: unknown('what lists are asked is not looked at'), origin: check.origin };
  }
  return path([folder ? revocationFolder : 'sslcarevocationfile'], given);
}
