import type { CertificatePair, ManagedCertificate, TlsSettings } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known, unknown } from '../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import { protocolVersions } from '../../../tls/protocols.ts';
import type { TlsDefaults } from '../defaults.ts';
import { configurationPath } from '../includes.ts';
import type { Item, Scope } from '../scope.ts';
import { locate, locateWord } from '../scope.ts';
import type { Word } from '../tree.ts';
import {
  inherited,
  obscurity,
  originOf,
  pathReader,
  readFlag,
  readString,
  readTime,
  setting,
  settingIn,
} from './setting.ts';

/** What a block has where no directive says anything. */
export function defaultTls(defaults: TlsDefaults): TlsSettings {
  const of = <T>(value: T): Setting<T> => byDefault(value, defaults.because);
  return {
    enabled: of(false),
    protocols: of(defaults.protocols),
    cipherString: of(defaults.cipherString),
    tls13CipherSuites: of(defaults.tls13CipherSuites),
    groups: of(defaults.groups),
    serverPreference: of(false),
    certificates: of<readonly CertificatePair[]>([]),
    dhParameters: of<string | null>(null),
    sessionTickets: of(true),
    ticketKeys: of<readonly string[]>([]),
    sessionCache: of('none'),
    sessionTimeout: of(defaults.sessionTimeout),
    stapling: of(false),
    staplingVerify: of(false),
    staplingFile: of<string | null>(null),
    staplingResponder: of<string | null>(null),
    resolver: of<readonly string[]>([]),
    trustedCertificate: of<string | null>(null),
    clientVerification: of<'off'>('off'),
    clientCertificates: of<string | null>(null),
    rejectHandshake: of(false),
    earlyData: of(false),
    confCommands: of([]),
    managed: of<readonly ManagedCertificate[]>([]),
    alpn: of(['http/1.1']),
  };
}

/**
 * TLS as one block asks for it, what it inherits applied, but for `ssl_conf_command`, which comes on top: see
 * `applyConfCommands`.
 */
export function tlsIn(
  scope: Scope,
  base: TlsSettings,
  entry: string,
  enabled: Setting<boolean> = base.enabled,
): TlsSettings {
  const path = pathReader(entry);
  return {
    enabled,
    tls13CipherSuites: base.tls13CipherSuites,
    confCommands: base.confCommands,
    alpn: base.alpn,
    protocols: protocolsIn(scope, 'ssl_protocols', base.protocols),
    cipherString: settingIn(scope, 'ssl_ciphers', base.cipherString, readString),
    groups: settingIn(scope, 'ssl_ecdh_curve', base.groups, readString),
    serverPreference: settingIn(scope, 'ssl_prefer_server_ciphers', base.serverPreference, readFlag),
    certificates: certificatesIn(scope, base.certificates, entry),
    dhParameters: settingIn(scope, 'ssl_dhparam', base.dhParameters, path),
    sessionTickets: settingIn(scope, 'ssl_session_tickets', base.sessionTickets, readFlag),
    ticketKeys: listIn(scope, 'ssl_session_ticket_key', base.ticketKeys, entry),
    sessionCache: settingIn(scope, 'ssl_session_cache', base.sessionCache, (args) => args.join(' ')),
    sessionTimeout: settingIn(scope, 'ssl_session_timeout', base.sessionTimeout, readTime),
    stapling: settingIn(scope, 'ssl_stapling', base.stapling, readFlag),
    staplingVerify: maybe(scope, 'ssl_stapling_verify', base.staplingVerify, readFlag),
    staplingFile: maybe(scope, 'ssl_stapling_file', base.staplingFile, path),
    staplingResponder: maybe(scope, 'ssl_stapling_responder', base.staplingResponder, path),
    resolver: maybe(scope, 'resolver', base.resolver, (args) => args.filter((word) => !word.includes('='))),
    trustedCertificate: maybe(scope, 'ssl_trusted_certificate', base.trustedCertificate, path),
    clientVerification: settingIn(scope, 'ssl_verify_client', base.clientVerification, readVerification),
    clientCertificates: settingIn(scope, 'ssl_client_certificate', base.clientCertificates, path),
    rejectHandshake: maybe(scope, 'ssl_reject_handshake', base.rejectHandshake, readFlag),
    earlyData: maybe(scope, 'ssl_early_data', base.earlyData, readFlag),
    managed: managedIn(scope, base.managed),
  };
}

/** `ssl_protocols`, `proxy_ssl_protocols`, …: repeated lines of one block add up (ngx_conf_set_bitmask_slot). */
export function protocolsIn(
  scope: Scope,
  name: string,
  outside: Setting<readonly ProtocolVersion[]>,
): Setting<readonly ProtocolVersion[]> {
  const items = scope.find(name);
  if (items.length < 2) return settingIn(scope, name, outside, readProtocols);
  const last = items.at(-1) as Item;
  const origin = originOf(last, scope);
  const reason = items.map((item) => obscurity(item, false)).find((found) => found !== undefined);
  if (reason !== undefined) return { value: unknown(reason), origin };
  const listed = readProtocols(items.flatMap(({ directive }) => directive.args.map(({ value }) => value))) ?? [];
  const words = items.flatMap((item) => item.directive.args.map((word) => locateWord(item, word)));
  return {
    value: known(listed),
    origin: origin.kind === 'default' ? origin : { kind: origin.kind, location: origin.location, words },
  };
}

/** Every certificate with the key of the same place in the order, as nginx pairs them. */
export function certificatesIn(
  scope: Scope,
  outside: Setting<readonly CertificatePair[]>,
  entry: string,
  prefix = '',
): Setting<readonly CertificatePair[]> {
  const certificates = scope.find(`${prefix}ssl_certificate`);
  const keys = scope.find(`${prefix}ssl_certificate_key`);
  const last = certificates.at(-1);
  if (!last) return settingIn(scope, `${prefix}ssl_certificate`, outside, () => undefined);
  const reason = [...certificates, ...keys].map((item) => obscurity(item, true)).find((found) => found !== undefined);
  if (reason !== undefined) return setting(unknown(reason), last, scope);
  const pairs = certificates.flatMap((item, index) => {
    const word = item.directive.args[0];
    if (!word) return [];
    const key = keys[index];
    const keyWord = key?.directive.args[0];
    const located = (at: Item, of: Word) => ({ ...locateWord(at, of), value: configurationPath(of.value, entry) });
    return [{ file: located(item, word), keyFile: key && keyWord ? located(key, keyWord) : null }];
  });
  return setting(known(pairs), last, scope);
}

/** TLS of a block as the blocks inside see it; made once for all of them. */
export function inheritedTls(outside: TlsSettings): TlsSettings {
  if (outside.protocols.origin.kind === 'default' && Object.values(outside).every(isDefault)) return outside;
  const entries = Object.entries(outside).map(([name, value]) => [name, inherited(value as Setting<unknown>)]);
  return Object.fromEntries(entries) as unknown as TlsSettings;
}

function isDefault(value: Setting<unknown> | undefined): boolean {
  return value === undefined || value.origin.kind === 'default';
}

function maybe<T>(
  scope: Scope,
  name: string,
  outside: Setting<T> | undefined,
  read: (args: readonly string[], item: Item) => T | undefined,
): Setting<T> {
  return settingIn(scope, name, outside ?? byDefault(undefined as T, ''), read);
}

function listIn(
  scope: Scope,
  name: string,
  outside: Setting<readonly string[]>,
  entry: string,
): Setting<readonly string[]> {
  const items = scope.find(name);
  const last = items.at(-1);
  if (!last) return outside;
  return setting(
    known(items.flatMap(({ directive }) => directive.args.map(({ value }) => configurationPath(value, entry)))),
    last,
    scope,
  );
}

function managedIn(
  scope: Scope,
  outside: Setting<readonly ManagedCertificate[]> | undefined,
): Setting<readonly ManagedCertificate[]> {
  const items = scope.find('acme_certificate');
  const last = items.at(-1);
  if (!last) return outside ?? byDefault([], '');
  const certificates = items.map((item) => {
    const [issuer = '', ...rest] = item.directive.args.map(({ value }) => value);
    const named = rest.filter((word) => !word.startsWith('key='));
    const names = named.length > 0 ? named : serverNames(scope);
    return { issuer, names, challenge: challengeOf(scope, issuer), location: locate(item) };
  });
  return setting(known(certificates), last, scope);
}

function serverNames(scope: Scope): readonly string[] {
  return scope.find('server_name').flatMap(({ directive }) => directive.args.map(({ value }) => value));
}

/** The challenge of an issuer; `http-01` where its block says nothing (ngx_http_acme_module). */
function challengeOf(scope: Scope, issuer: string): string {
  const blocks = scope.owner?.outer.find('acme_issuer') ?? [];
  const block = blocks.find(({ directive }) => directive.args[0]?.value === issuer);
  return block?.inner?.find('challenge').at(-1)?.directive.args[0]?.value ?? 'http-01';
}

function readProtocols(args: readonly string[]): readonly ProtocolVersion[] | undefined {
  const listed = new Set(args.map((word) => word.toLowerCase()));
  const found = protocolVersions.filter((protocol) => listed.has(protocol.toLowerCase()));
  return found.length === 0 ? undefined : found;
}

function readVerification([value]: readonly string[]): 'off' | 'optional' | 'required' | 'optional-no-ca' | undefined {
  switch (value?.toLowerCase()) {
    case 'off':
      return 'off';
    case 'on':
      return 'required';
    case 'optional':
      return 'optional';
    case 'optional_no_ca':
      return 'optional-no-ca';
    default:
      return undefined;
  }
}
