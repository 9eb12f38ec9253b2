import { atLeastVersion } from '../../../text/version.ts';
import type { UpstreamConnection } from '../../../tls/model/server-model.ts';
import { byDefault } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import { lowerCertificates } from './certificates.ts';
import { defaultProtocols, readProtocols } from './protocols.ts';
import type { ServerScope } from './scopes.ts';
import { settle } from './settle.ts';
import { readFlag } from './tls.ts';

/** Every `ProxyPass` of a server to something over TLS or in the clear, with mod_ssl's `SSLProxy…` settings. */
export function lowerUpstreams(
  scope: ServerScope,
  site: string,
  target: Target,
  resolve: (path: string) => string,
): readonly UpstreamConnection[] {
  const found: { statement: Statement; to: string }[] = [];
  const look = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      const to = proxyTarget(statement);
      if (to !== undefined) found.push({ statement, to });
      if (/^(?:location|locationmatch|directory|proxy)$/.test(statement.key)) look(statement.children);
    }
  };
  look(scope.statements);
  if (found.length === 0) return [];
  const settings = settingsOf(scope, target, resolve);
  return found.map(({ statement, to }) => ({
    site,
    to,
    tls: byDefault(/^(?:https|wss|h2):/i.test(to), `the scheme of ${to}`),
    ...settings,
    location: locationOf(statement),
  }));
}

/** Where `ProxyPass`, `ProxyPassMatch` and `BalancerMember` send a request. */
function proxyTarget(statement: Statement): string | undefined {
  if (!/^(?:proxypass|proxypassmatch|balancermember)$/.test(statement.key)) return undefined;
  const words = statement.args.map(({ value }) => value);
  return words.find((value, index) => index < 2 && /^[a-z0-9+]+:\/\//i.test(value) && !isUncertain(value));
}

type ProxySettings = ReturnType<typeof proxySettings>;

const inheritedBy = new WeakMap<ServerScope['inherited'], ProxySettings>();

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

function proxySettings(scope: ServerScope, target: Target, resolve: (path: string) => string) {
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
function proxyCertificates(scope: ServerScope): ServerScope {
  const rename = (source: ServerScope['own']) => {
    const files = source.get('sslproxymachinecertificatefile') ?? [];
    return new Map([['sslcertificatefile', files]]);
  };
  return { ...scope, own: rename(scope.own), inherited: rename(scope.inherited) };
}
