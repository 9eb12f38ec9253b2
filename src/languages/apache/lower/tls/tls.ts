import { createMemo } from '../../../../memory/memo.ts';
import { keptLevel } from '../../../../tls/cipher-string/kept-level.ts';
import type { TlsSettings } from '../../../../tls/model/server-model.ts';
import { knownValue, type Setting } from '../../../../tls/model/setting.ts';
import { type Scope, settle } from '../scopes/settle.ts';
import { hasCommands } from './commands.ts';
import { lowerEnabled } from './engine.ts';
import { replacedProtocols } from './protocol-list.ts';
import { type Given, type LoweredSettings, type SettingName, settingTable, type TlsOptions } from './tls-settings.ts';
import { readCipherString } from './tls-words.ts';

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
  return Object.assign(settings, replacedProtocols(scope, options.target), appendedTo(settings.cipherString, given));
}

type Inherited = LoweredSettings & Pick<TlsSettings, 'enabled'>;

const inheritedBy = createMemo<Scope['inherited'], Inherited>();

/** What a server without directives of its own has: the same for all that inherit from one. */
function inheritedSettings(inherited: Scope['inherited'], options: TlsOptions): Inherited {
  let found = inheritedBy.get(inherited);
  if (!found) {
    const scope = { own: new Map(), inherited };
    const given = givenFor(scope, options);
    const made = <Each extends SettingName>(name: Each) => settingTable[name].lower(given);
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

function givenFor(scope: Scope, options: TlsOptions): Given {
  const { target } = options;
  return { scope, options, because: `Apache ${target.apache}`, library: `OpenSSL ${target.openssl}` };
}

const names = Object.keys(settingTable) as readonly SettingName[];
const none: readonly never[] = [];

/** The settings that a directive has a say in. */
const changedBy: ReadonlyMap<string, readonly SettingName[]> = new Map(
  [...new Set(names.flatMap((name) => settingTable[name].keys))].map((key) => [
    key,
    names.filter((name) => settingTable[name].keys.includes(key)),
  ]),
);

function lowerInto<Each extends SettingName>(settings: Pick<LoweredSettings, Each>, name: Each, given: Given): void {
  settings[name] = settingTable[name].lower(given);
}

/** mod_ssl appends this to every cipher string that it is given (`ssl_cmd_SSLCipherSuite`). */
const appendedCiphers = ':!aNULL:!eNULL:!EXP';

/**
 * What is written is appended to, `SSLOpenSSLConfCmd CipherString` too; the library's default is not. The command comes behind
 * `SSLCipherSuite`, whose security level stays.
 */
function appendedTo(
  { value, origin }: Setting<string>,
  { scope, library }: Given,
): { readonly cipherStringAppended?: string } {
  if (origin.kind === 'default') return {};
  if (value.kind !== 'known' || !hasCommands(scope)) return { cipherStringAppended: appendedCiphers };
  const before = settle(scope, ['sslciphersuite'], 'DEFAULT', library, readCipherString);
  return { cipherStringAppended: appendedCiphers + keptLevel(knownValue(before), value.value) };
}
