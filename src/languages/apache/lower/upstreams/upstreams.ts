import { createMemo } from '../../../../memory/memo.ts';
import type { CertificatePair } from '../../../../tls/model/certificate-pair.ts';
import { byDefault, type Setting, unknown } from '../../../../tls/model/setting.ts';
import type { UpstreamConnection } from '../../../../tls/model/upstream-connection.ts';
import type { Target } from '../../../../tls/target.ts';
import { mapValue } from '../../../../tls/values.ts';
import { locationOf, type Statement } from '../../evaluate/statement.ts';
import type { ServerScope } from '../scopes/scopes.ts';
import { type Scope, settle } from '../scopes/settle.ts';
import { defaultCiphers, defaultProtocols, orPolicy, readProtocols } from '../tls/protocols.ts';
import { backendsOf } from './backends.ts';
import { decideProxy, proxySectionsOf } from './proxy-sections.ts';

/** Every place to which a server sends requests, over TLS or in the clear, with mod_ssl's `SSLProxy…` settings. */
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
    location: locationOf(statement),
    ...(inSections?.(asked) ?? settings),
  }));
}

/** What `<Proxy>` sections make of the settings for a URL; undefined where they say nothing of any. */
function sectionSettings(
  scope: ServerScope,
  read: (scope: Scope) => ProxySettings,
): ((url: string | undefined) => ProxySettings | undefined) | undefined {
  const own = proxySectionsOf(scope.statements);
  const main = proxySectionsOf(scope.inheritedStatements);
  if (own.isEmpty && main.isEmpty) return undefined;
  let around: Map<string, readonly Statement[]> | undefined;
  const known = new Map<Statement, ProxySettings>();
  return (url) => {
    const { section, sure } = decideProxy(url, own, main);
    if (!sure) return divided;
    if (section === undefined) return undefined;
    let settings = known.get(section);
    if (!settings) {
      const isOwn = scope.block === undefined || section.parents[0] === scope.block;
      around ??= mergedServers(scope);
      settings = read({ own: statementsByKey(section.children), inherited: isOwn ? around : scope.inherited });
      known.set(section, settings);
    }
    return settings;
  };
}

/** What a server has for its sections to inherit: the main server's directives, and its own behind them. */
function mergedServers(scope: ServerScope): Map<string, readonly Statement[]> {
  const merged = new Map(scope.inherited);
  for (const [key, statements] of scope.own) merged.set(key, [...(scope.inherited.get(key) ?? []), ...statements]);
  return merged;
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

type ProxySettings = Omit<UpstreamConnection, 'site' | 'to' | 'tls' | 'location'>;

const byRequest = {
  value: unknown('a <Proxy> section may hold for some requests'),
  origin: { kind: 'default', because: '' },
} as const;

/** What nobody knows of a backend where a section takes in some of its requests, or stands under a condition. */
const divided: ProxySettings = {
  verify: byRequest,
  verifyName: byRequest,
  verifyDepth: byRequest,
  trustedCertificate: byRequest,
  serverName: byRequest,
  protocols: byRequest,
  cipherString: byRequest,
  certificates: byRequest,
};

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

function proxySettings(scope: Scope, target: Target, resolve: (path: string) => string): ProxySettings {
  const because = `Apache ${target.apache}`;
  const [protocols, ciphers] = [defaultProtocols(target), defaultCiphers(target)];
  const word = (statement: Statement) => statement.args[0]?.value;
  const path = (statement: Statement) => {
    const value = word(statement);
    return value === undefined ? undefined : resolve(value);
  };
  return {
    // A backend always shows a certificate, so that `optional` is no less than `require` (measured with 2.4.71).
    verify: settle<boolean>(scope, ['sslproxyverify'], false, because, (statement) =>
      /^(?:require|on|optional)$/i.test(word(statement) ?? ''),
    ),
    verifyName: verifiesName(scope, because),
    // Unlike OpenSSL, mod_ssl counts the root: with its default of 1 a trusted CA has to sign by itself.
    verifyDepth: settle<number>(scope, ['sslproxyverifydepth'], 0, because, (statement) => Number(word(statement)) - 1),
    trustedCertificate: settle<string | null>(
      scope,
      ['sslproxycacertificatefile', 'sslproxycacertificatepath'],
      null,
      because,
      path,
    ),
    // Sent whatever the directives say (measured with 2.4.71).
    serverName: byDefault(true, because),
    protocols: orPolicy(
      settle(scope, ['sslproxyprotocol'], protocols.versions, protocols.because, (statement) =>
        readProtocols(
          statement.args.map(({ value }) => value),
          target,
        ),
      ),
      target,
    ),
    cipherString: settle<string>(scope, ['sslproxyciphersuite'], ciphers.list, ciphers.because, (statement) =>
      statement.args.length === 1 ? word(statement) : undefined,
    ),
    certificates: settle<readonly CertificatePair[]>(
      scope,
      ['sslproxymachinecertificatefile'],
      [],
      because,
      ({ file, args: [argument] }) =>
        argument && [
          { file: { value: resolve(argument.value), location: { file, range: argument.range } }, keyFile: null },
        ],
    ),
  };
}

/**
 * `SSLProxyCheckPeerName`, and its older form `SSLProxyCheckPeerCN`, which decides where the other does not say `on`
 * (`ssl_io_filter_handshake`, measured with 2.4.71). `SSLProxyCheckPeerExpire off` takes nothing from a verification.
 */
function verifiesName(scope: Scope, because: string): Setting<boolean> {
  const { value, origin } = settle<{ readonly name?: boolean; readonly commonName?: boolean }>(
    scope,
    ['sslproxycheckpeername', 'sslproxycheckpeercn'],
    {},
    because,
    ({ key, args: [word] }, before) => {
      const isOn = word?.value.toLowerCase() === 'on';
      return key === 'sslproxycheckpeername' ? { ...before, name: isOn } : { ...before, commonName: isOn };
    },
  );
  return { value: mapValue(value, ({ name, commonName }) => name === true || (commonName ?? name !== false)), origin };
}
