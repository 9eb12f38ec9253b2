import type { Version } from '../../../text/version.ts';
import { groupsByDefault, protocolsByDefault, tls13ByDefault } from '../../../tls/model/policy-defaults.ts';
import { byDefault, type Setting } from '../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import type { Target } from '../../../tls/target.ts';
import { reaches } from './versions.ts';

/** First nginx release where a thing holds, newest last. Source: nginx's CHANGES and the directive history of its sources. */
type Since<T> = readonly (readonly [Version, T])[];

const protocols: Since<readonly ProtocolVersion[]> = [
  ['0', ['SSLv2', 'SSLv3', 'TLSv1']],
  ['0.8.19', ['SSLv3', 'TLSv1']],
  ['1.1.13', ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2']],
  ['1.9.1', ['TLSv1', 'TLSv1.1', 'TLSv1.2']],
  ['1.23.4', ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']],
  ['1.27.3', ['TLSv1.2', 'TLSv1.3']],
];

const groups: Since<string> = [
  ['0', 'prime256v1'],
  ['1.11.0', 'auto'],
];

const ciphers: Since<string> = [
  ['0', 'ALL:!ADH:RC4+RSA:+HIGH:+MEDIUM:+LOW:+SSLv2:+EXP'],
  ['0.7.64', 'HIGH:!ADH:!MD5'],
  ['0.8.20', 'HIGH:!ADH:!MD5'],
  ['1.0.5', 'HIGH:!aNULL:!MD5'],
];

/** OpenSSL's own TLS 1.3 suites (TLS_DEFAULT_CIPHERSUITES), which nginx leaves as they are. */
const tls13CipherSuites = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

/** Values that nginx takes where the configuration says nothing. */
export interface TlsDefaults {
  readonly protocols: Setting<readonly ProtocolVersion[]>;
  /** Of connections to backends. */
  readonly upstreamProtocols: readonly ProtocolVersion[];
  readonly cipherString: string;
  readonly tls13CipherSuites: Setting<string>;
  readonly groups: Setting<string>;
  /** Seconds. */
  readonly sessionTimeout: number;
  readonly upstreamCipherString: string;
  readonly upstreamVerifyDepth: number;
  /** `nginx 1.26.3`. */
  readonly because: string;
}

export function tlsDefaults(target: Target): TlsDefaults {
  const because = `nginx ${target.nginx}`;
  const own = at(protocols, target.nginx).filter((protocol) => knowsProtocol(target, protocol));
  return {
    protocols: protocolsByDefault('nginx', target, own, because),
    upstreamProtocols: own,
    cipherString: at(ciphers, target.nginx),
    tls13CipherSuites: tls13ByDefault(byDefault(tls13CipherSuites, because), target),
    groups: groupsByDefault(byDefault(at(groups, target.nginx), because), target),
    sessionTimeout: 300,
    upstreamCipherString: 'DEFAULT',
    upstreamVerifyDepth: 1,
    because,
  };
}

/** True where nginx and its OpenSSL can speak a protocol at all: OpenSSL dropped SSL 2 in 1.1.0 and has TLS 1.3 since 1.1.1. */
function knowsProtocol(target: Target, protocol: ProtocolVersion): boolean {
  if (protocol === 'SSLv2') return !reaches(target.openssl, '1.1.0');
  if (protocol === 'TLSv1.3') {
    return reaches(target.openssl, '1.1.1') && reaches(target.nginx, '1.13.0');
  }
  return true;
}

/** Since 1.29.2 nginx chooses the server before the protocol version is settled, so that `ssl_protocols` of each holds. */
export function protocolsPerServer(target: Target): boolean {
  return reaches(target.nginx, '1.29.2') && reaches(target.openssl, '1.1.1');
}

function at<T>(table: Since<T>, version: Version): T {
  let value = (table[0] as readonly [Version, T])[1];
  for (const [since, next] of table) if (reaches(version, since)) value = next;
  return value;
}
