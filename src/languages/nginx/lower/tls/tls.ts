import { remember } from '../../../../memory/remember.ts';
import { rememberTexts } from '../../../../memory/remember-texts.ts';
import { entryOf } from '../../../../text/entry-of.ts';
import type { Located } from '../../../../text/range.ts';
import type { CertificatePair } from '../../../../tls/model/certificate-pair.ts';
import type { ManagedCertificate, TlsSettings } from '../../../../tls/model/server-model.ts';
import type { Setting, Value } from '../../../../tls/model/setting.ts';
import { byDefault, known, unknown } from '../../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../../tls/protocols.ts';
import { protocolVersions } from '../../../../tls/protocols.ts';
import { openAround } from '../../effective.ts';
import type { TlsDefaults } from '../../facts/defaults.ts';
import { configurationPath } from '../../includes.ts';
import type { Word } from '../../parse/tree.ts';
import type { Item, Scope } from '../../scope.ts';
import { locate, locateWord } from '../../scope.ts';
import type { Reader } from '../setting.ts';
import {
  inherited,
  obscured,
  obscurity,
  pathReader,
  readFlag,
  readList,
  readTime,
  setting,
  settingIn,
  settingOf,
} from '../setting.ts';
import { inlineName, isInline } from './inline.ts';
import { asksForNtls, isNtls, withoutOpenssl } from './ntls.ts';

/** What a block has where no directive says anything. */
export function defaultTls(defaults: TlsDefaults): TlsSettings {
  const of = <T>(value: T): Setting<T> => byDefault(value, defaults.because);
  return {
    enabled: of(false),
    protocols: defaults.protocols,
    cipherString: of(defaults.cipherString),
    tls13CipherSuites: defaults.tls13CipherSuites,
    groups: defaults.groups,
    serverPreference: of(false),
    chachaFirst: of(false),
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
    passphrases: of<string | null>(null),
    clientVerification: of<'off'>('off'),
    clientCertificates: of<string | null>(null),
    revocationLists: of<string | null>(null),
    rejectHandshake: of(false),
    earlyData: of(false),
    confCommands: of([]),
    managed: of<readonly ManagedCertificate[]>([]),
    alpn: of(['http/1.1']),
  };
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * TLS as one block asks for it, what it inherits applied, but for `ssl_conf_command`, which comes on top: see
 * `applyConfCommands`. A block that says nothing shares what it inherits.
 */
export function tlsIn(
  scope: Scope,
  base: TlsSettings,
  entry: string,
  enabled: Setting<boolean> = base.enabled,
): TlsSettings {
  let settings: Mutable<TlsSettings> | undefined = scope.open ? obscuredTls(base, scope) : undefined;
  let ntls = isNtls(base);
  for (let item = scope.first; item; item = item.next) {
    if (!isTlsDirective(item.name)) continue;
    settings ??= { ...base };
    apply(settings, item, scope, base, entry);
    ntls ||= asksForNtls(item);
  }
  if (settings && ntls) settings = withoutOpenssl(settings);
  if (!settings) return enabled === base.enabled ? base : { ...base, enabled };
  settings.enabled = enabled;
  return settings;
}

function isTlsDirective(name: string): boolean {
  return name.startsWith('ssl_') || name === 'resolver' || name === 'acme_certificate' || name === 'enable_ntls';
}

/** What one directive makes of the settings of its block. Where it stands twice, the last one counts, but for lists. */
function apply(settings: Mutable<TlsSettings>, item: Item, scope: Scope, base: TlsSettings, entry: string): void {
  switch (item.name) {
    case 'ssl_protocols':
      if (isFirst(item, scope)) settings.protocols = protocolsIn(scope, item.name, base.protocols);
      break;
    case 'ssl_ciphers':
      settings.cipherString = settingOf(item, scope, base.cipherString, readList);
      break;
    case 'ssl_ecdh_curve':
      settings.groups = settingOf(item, scope, base.groups, readList);
      break;
    case 'ssl_prefer_server_ciphers':
      settings.serverPreference = settingOf(item, scope, base.serverPreference, readFlag);
      break;
    case 'ssl_certificate':
      if (isFirst(item, scope)) settings.certificates = certificatesIn(scope, base.certificates, entry);
      break;
    case 'ssl_certificate_key':
      if (isFirst(item, scope) && !scope.findFirst('ssl_certificate')) {
        settings.certificates = certificatesIn(scope, base.certificates, entry);
      }
      break;
    case 'ssl_dhparam':
      settings.dhParameters = settingOf(item, scope, base.dhParameters, pathReader(entry));
      break;
    case 'ssl_session_tickets':
      settings.sessionTickets = settingOf(item, scope, base.sessionTickets, readFlag);
      break;
    case 'ssl_session_ticket_key':
      if (isFirst(item, scope)) settings.ticketKeys = listOf(scope.find(item.name), scope, entry);
      break;
    case 'ssl_session_cache':
      settings.sessionCache = settingOf(item, scope, base.sessionCache, joined);
      break;
    case 'ssl_session_timeout':
      settings.sessionTimeout = settingOf(item, scope, base.sessionTimeout, readTime);
      break;
    case 'ssl_stapling':
      settings.stapling = settingOf(item, scope, base.stapling, readFlag);
      break;
    case 'ssl_stapling_verify':
      settings.staplingVerify = settingOf(item, scope, base.staplingVerify, readFlag);
      break;
    case 'ssl_stapling_file':
      settings.staplingFile = settingOf(item, scope, base.staplingFile, pathReader(entry));
      break;
    case 'ssl_stapling_responder':
      settings.staplingResponder = settingOf(item, scope, base.staplingResponder, pathReader(entry));
      break;
    case 'resolver':
      settings.resolver = settingOf(item, scope, base.resolver, readAddresses);
      break;
    case 'ssl_trusted_certificate':
      settings.trustedCertificate = settingOf(item, scope, base.trustedCertificate, pathReader(entry));
      break;
    case 'ssl_password_file':
      settings.passphrases = settingOf(item, scope, base.passphrases, pathReader(entry));
      break;
    case 'ssl_verify_client':
      settings.clientVerification = settingOf(item, scope, base.clientVerification, readVerification);
      break;
    case 'ssl_client_certificate':
      settings.clientCertificates = settingOf(item, scope, base.clientCertificates, pathReader(entry));
      break;
    case 'ssl_crl':
      settings.revocationLists = settingOf(item, scope, base.revocationLists, pathReader(entry));
      break;
    case 'ssl_reject_handshake':
      settings.rejectHandshake = settingOf(item, scope, base.rejectHandshake, readFlag);
      break;
    case 'ssl_early_data':
      settings.earlyData = settingOf(item, scope, base.earlyData, readFlag);
      break;
    case 'acme_certificate':
      if (isFirst(item, scope)) settings.managed = managedBy(scope.find(item.name), scope);
      break;
    default:
      break;
  }
}

/** Of the directives of a list the first stands for all of them. */
function isFirst(item: Item, scope: Scope): boolean {
  return scope.findFirst(item.name) === item;
}

/** Settings of which an include that cannot be read may change any, but for lists, which it can only add to. */
function obscuredTls(base: TlsSettings, scope: Scope): Mutable<TlsSettings> {
  const kept = new Set<string>([
    'enabled',
    'chachaFirst',
    'tls13CipherSuites',
    'confCommands',
    'alpn',
    'ticketKeys',
    'managed',
  ]);
  const { value } = obscured(base.enabled, scope);
  return mapSettings(base, (name, setting) => (kept.has(name) ? setting : { value, origin: setting.origin }));
}

function mapSettings(
  settings: TlsSettings,
  change: (name: string, value: Setting<unknown>) => Setting<unknown>,
): Mutable<TlsSettings> {
  // A copy whose members are replaced keeps the shape that the engine knows.
  const copy: Record<string, unknown> = { ...settings };
  for (const name in copy) copy[name] = change(name, copy[name] as Setting<unknown>);
  return copy as unknown as Mutable<TlsSettings>;
}

/** `ssl_protocols`, `proxy_ssl_protocols`, …: repeated lines of one block add up (ngx_conf_set_bitmask_slot). */
export function protocolsIn(
  scope: Scope,
  name: string,
  outside: Setting<readonly ProtocolVersion[]>,
): Setting<readonly ProtocolVersion[]> {
  const last = scope.findLast(name);
  if (!last || scope.findFirst(name) === last) return settingIn(scope, name, outside, readProtocols);
  const items = scope.find(name);
  const reason = items.map((item) => obscurity(item, false)).find((found) => found !== undefined);
  if (reason !== undefined) return setting(unknown(reason), last, scope);
  const none: Value<readonly ProtocolVersion[]> = known([]);
  const { value, origin } = setting(readProtocols(items.flatMap(({ args }) => args)) ?? none, last, scope);
  const words = items.flatMap((item) => item.args.map((word) => locateWord(item, word)));
  return {
    value,
    origin: origin.kind === 'default' ? origin : { kind: origin.kind, location: origin.location, words },
  };
}

/**
 * Every certificate with the key of the same place in the order, as nginx pairs them; a block inherits either list where it
 * has none of its own.
 */
export function certificatesIn(
  scope: Scope,
  outside: Setting<readonly CertificatePair[]>,
  entry: string,
  prefix = '',
): Setting<readonly CertificatePair[]> {
  const last = scope.findLast(`${prefix}ssl_certificate`);
  const only = last && onlyPair(last, scope, entry, prefix);
  if (only) return setting(known([only]), last, scope);
  if (!last && scope.open) return obscured(outside, scope);
  if (!last && !scope.findFirst(`${prefix}ssl_certificate_key`)) return outside;
  const certificates = nearest(scope, `${prefix}ssl_certificate`);
  if (certificates.length === 0) return outside;
  const keys = nearest(scope, `${prefix}ssl_certificate_key`);
  const of = (value: Setting<readonly CertificatePair[]>['value']) =>
    last ? setting(value, last, scope) : { value, origin: outside.origin };
  const reason = obscurityOf(certificates) ?? obscurityOf(keys);
  if (reason !== undefined) return of(unknown(reason));
  // Towards backends this takes back what stands around; here it is a mistake, with a finding of its own.
  if (prefix === '' && certificates.some(({ args: [word] }) => word?.value === '')) {
    return of(unknown('a certificate is named by nothing'));
  }
  const open = keys.length < certificates.length ? openAround(scope) : undefined;
  if (open) return obscured(of(known([])), open);
  const pairs: CertificatePair[] = [];
  for (let index = 0; index < certificates.length; index++) {
    const file = pathIn(certificates[index], entry);
    if (file) pairs.push({ file, keyFile: pathIn(keys[index], entry) ?? null });
  }
  return of(known(pairs));
}

/** The pair of a block with one certificate and one key, as most have it, where nothing has to be filled in. */
function onlyPair(certificate: Item, scope: Scope, entry: string, prefix: string): CertificatePair | undefined {
  const key = scope.findLast(`${prefix}ssl_certificate_key`);
  if (!key || scope.findFirst(key.name) !== key || scope.findFirst(certificate.name) !== certificate) return undefined;
  if ((fileObscurity(certificate) ?? fileObscurity(key)) !== undefined) return undefined;
  const [file, keyFile] = [pathIn(certificate, entry), pathIn(key, entry)];
  return file && keyFile && { file, keyFile };
}

/** The directives of a name in the block, else those of the next one around it that has any. */
function nearest(scope: Scope, name: string): readonly Item[] {
  const own = scope.find(name);
  return own.length > 0 || !scope.owner ? own : nearest(scope.owner.outer, name);
}

function obscurityOf(items: readonly Item[]): string | undefined {
  for (const item of items) {
    const reason = fileObscurity(item);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** A path with a blank in it is several words, which is told. */
function fileObscurity(item: Item): string | undefined {
  return obscurity(item, true) ?? (item.args.length > 1 ? `${item.name} has more than one word` : undefined);
}

function pathIn(item: Item | undefined, entry: string): Located<string> | undefined {
  const word = item?.args[0];
  if (!item || !word) return undefined;
  return locateWord(item, word, isInline(word) ? inlineName(item, word) : configurationPath(word.value, entry));
}

/** TLS of a block as the blocks inside see it; made once for all of them. */
export function inheritedTls(outside: TlsSettings): TlsSettings {
  if (outside.protocols.origin.kind === 'default' && Object.values(outside).every(isDefault)) return outside;
  return mapSettings(outside, (_, value) => inherited(value));
}

function isDefault(value: Setting<unknown> | undefined): boolean {
  return value === undefined || value.origin.kind === 'default';
}

function listOf(items: readonly Item[], scope: Scope, entry: string): Setting<readonly string[]> {
  const paths = items.flatMap(({ args }) => args.map(({ value }) => configurationPath(value, entry)));
  return setting(known(paths), items.at(-1) as Item, scope);
}

function managedBy(items: readonly Item[], scope: Scope): Setting<readonly ManagedCertificate[]> {
  const certificates = items.map((item) => {
    const [issuer = '', ...rest] = item.args.map(({ value }) => value);
    const named = rest.filter((word) => !word.startsWith('key='));
    const names = (named.length > 0 ? named : serverNames(scope)).flatMap(identifiersOf);
    const block = issuerOf(scope, issuer);
    // Of an issuer that is not here nothing is known, whether it is misspelt or somewhere else.
    const challenge = block ? challengeOf(block.find('challenge').at(-1)?.args[0]?.value) : '';
    const certificate = { issuer, names, challenge, location: locate(item) };
    return needsTerms(block) ? { ...certificate, needsTerms: true } : certificate;
  });
  return setting(known(certificates), items.at(-1) as Item, scope);
}

function serverNames(scope: Scope): readonly string[] {
  return scope.find('server_name').flatMap(({ args }) => args.map(({ value }) => value));
}

/** To ngx_http_acme_module a dot in front means `www.` and the name itself, and no wildcard. */
function identifiersOf(name: string): readonly string[] {
  return name.startsWith('.') ? [`www${name}`, name.slice(1)] : [name];
}

/** By its whole name; `http-01` where nothing is said (ngx_http_acme_module). */
function challengeOf(written = 'http-01'): string {
  return written === 'http' || written === 'tls-alpn' ? `${written}-01` : written;
}

function issuerOf(scope: Scope, issuer: string): Scope | undefined {
  const blocks = scope.owner?.outer.find('acme_issuer') ?? [];
  return blocks.find(({ args }) => args[0]?.value === issuer)?.inner;
}

/** Let's Encrypt refuses accounts without (RFC 8555 section 7.3.3); of other authorities it is not known. */
function needsTerms(issuer: Scope | undefined): boolean {
  if (issuer === undefined || issuer.find('accept_terms_of_service').length > 0) return false;
  const address = issuer.find('uri').at(-1)?.args[0]?.value ?? '';
  return /^https:\/\/[\w.-]+\.letsencrypt\.org\//.test(address);
}

const joined: Reader<string> = (words) => known(words.map(({ value }) => value).join(' '));

const readAddresses: Reader<readonly string[]> = (words) =>
  known(words.map(({ value }) => value).filter((word) => !word.includes('=')));

const protocolsOf = rememberTexts((text): { readonly listed: Value<readonly ProtocolVersion[]> | undefined } => {
  const words = new Set(text.split('|'));
  const listed = protocolVersions.filter((protocol) => words.has(protocol.toLowerCase()));
  return { listed: listed.length === 0 ? undefined : known(listed) };
});

/** The protocols of a list in their own order, whatever the order and case of the words. */
const readProtocols: Reader<readonly ProtocolVersion[]> = remember(
  (words: readonly Word[]) => protocolsOf(words.map(({ value }) => value.toLowerCase()).join('|')).listed,
);

const verifications: Readonly<Record<string, Value<'off' | 'optional' | 'required' | 'optional-no-ca'>>> = {
  off: known('off'),
  on: known('required'),
  optional: known('optional'),
  optional_no_ca: known('optional-no-ca'),
};

const readVerification: Reader<'off' | 'optional' | 'required' | 'optional-no-ca'> = ([word]) =>
  word && entryOf(verifications, word.value.toLowerCase());
