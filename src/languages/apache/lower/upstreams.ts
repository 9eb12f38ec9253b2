import { createMemo } from '../../../memory/memo.ts';
import { atLeastVersion } from '../../../text/version.ts';
import type { UpstreamConnection } from '../../../tls/model/server-model.ts';
import { byDefault } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { backendsOf, sectionSettingsOf } from './backends.ts';
import { lowerCertificates } from './certificates.ts';
import { defaultProtocols, readProtocols } from './protocols.ts';
import type { ServerScope } from './scopes.ts';
import { type Scope, settle } from './settle.ts';
import { readFlag } from './tls.ts';

/** Every `ProxyPass` of a server to something over TLS or in the clear, with mod_ssl's `SSLProxy…` settings. */
export function lowerUpstreams(
  scope: ServerScope,
  site: string,
  target: Target,
  resolve: (path: string) => string,
): readonly UpstreamConnection[] {
  const found = backendsOf(scope.statements);
  if (found.length === 0) return [];
  const settings = settingsOf(scope, target, resolve);
  const inSections = sectionSettings(scope, (sections) => proxySettings(sections, target, resolve));
  return found.map(({ statement, to, asked }) => ({
    site,
    to,
    tls: byDefault(/^(?:https|wss|h2):/i.test(to), `the scheme of ${to}`),
    ...(inSections?.(asked) ?? settings),
    location: locationOf(statement),
  }));
}

/** What `<Proxy>` sections make of the settings for a URL; undefined where they say nothing of any. */
function sectionSettings(
  scope: ServerScope,
  read: (scope: Scope) => ProxySettings,
): ((url: string) => ProxySettings | undefined) | undefined {
  const own = sectionSettingsOf(scope.statements);
  const inherited = sectionSettingsOf(scope.inheritedStatements);
  if (own.isEmpty && inherited.isEmpty) return undefined;
  const around = new Map(scope.inherited);
  for (const [key, statements] of scope.own) around.set(key, [...(scope.inherited.get(key) ?? []), ...statements]);
  const known = new Map<readonly Statement[], Map<readonly Statement[], ProxySettings>>();
  return (url) => {
    const [outer, inner] = [inherited.of(url), own.of(url)];
    if (outer.length + inner.length === 0) return undefined;
    const ofOuter = known.get(outer) ?? new Map<readonly Statement[], ProxySettings>();
    known.set(outer, ofOuter);
    let settings = ofOuter.get(inner);
    if (!settings) {
      settings = read({ own: statementsByKey([...outer, ...inner]), inherited: around });
      ofOuter.set(inner, settings);
    }
    return settings;
  };
}

function statementsByKey(statements: readonly Statement[]): Scope['own'] {
  const found = new Map<string, Statement[]>();
  for (const statement of statements) {
    const same = found.get(statement.key);
    if (same) same.push(statement);
    else found.set(statement.key, [statement]);
  }
  return found;
}

type ProxySettings = ReturnType<typeof proxySettings>;

const inheritedBy = createMemo<ServerScope['inherited'], ProxySettings>();

/** A server without directives of its own has those of the main server, worked out once for all such. */
function settingsOf(scope: ServerScope, target: Target, resolve: (path: string) => string): ProxySettings {
  for (const key of scope.own.keys()) if (key.startsWith('sslproxy')) return proxySettings(scope, target, resolve);
  let found = inheritedBy.get(scope.inherited);
  if (!found) {
    found = proxySettings({ ...scope, own: new Map() }, target, resolve);
    inheritedBy.set(scope.inherited, found);
  }
  return found;
}

function proxySettings(scope: Scope, target: Target, resolve: (path: string) => string) {
  const because = `Apache ${target.apache}`;
  const word = (statement: Statement) => statement.args[0]?.value;
  const path = (statement: Statement) => {
    const value = word(statement);
    return value === undefined ? undefined : resolve(value);
  };
  const peerName = settle<boolean>(
    scope,
    ['sslproxycheckpeername'],
    atLeastVersion(target.apache, '2.4.5'),
    because,
    (statement) => readFlag(word(statement)),
  );
  return {
    verify: settle<boolean>(scope, ['sslproxyverify'], false, because, (statement) => word(statement) === 'require'),
    // Unlike OpenSSL, mod_ssl counts the root: with its default of 1 a trusted CA has to sign by itself.
    verifyDepth: settle<number>(scope, ['sslproxyverifydepth'], 0, because, (statement) => Number(word(statement)) - 1),
    trustedCertificate: settle<string | null>(
      scope,
      ['sslproxycacertificatefile', 'sslproxycacertificatepath'],
      null,
      because,
      path,
    ),
    serverName: peerName,
    protocols: settle(scope, ['sslproxyprotocol'], defaultProtocols(target), because, (statement) =>
      readProtocols(
        statement.args.map(({ value }) => value),
        target,
      ),
    ),
    cipherString: settle<string>(scope, ['sslproxyciphersuite'], 'DEFAULT', `OpenSSL ${target.openssl}`, (statement) =>
      statement.args.length === 1 ? word(statement) : undefined,
    ),
    certificates: lowerCertificates(proxyCertificates(scope), resolve, because),
  };
}

/** `SSLProxyMachineCertificateFile` under the names that `lowerCertificates` reads. */
function proxyCertificates(scope: Scope): Scope {
  const rename = (source: Scope['own']) => {
    const files = source.get('sslproxymachinecertificatefile') ?? [];
    return new Map([['sslcertificatefile', files]]);
  };
  return { own: rename(scope.own), inherited: rename(scope.inherited) };
}
