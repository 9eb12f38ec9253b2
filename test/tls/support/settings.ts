import type { TlsSettings } from '../../../src/tls/model/server-model.ts';
import { byDefault, type Setting } from '../../../src/tls/model/setting.ts';
import type { LeafCertificate } from '../../../src/tls/offer/certificates.ts';
import type { Target } from '../../../src/tls/target.ts';

export const target: Target = {
  nginx: '1.26.3',
  apache: '2.4.71',
  django: '4.2',
  openssl: '3.5',
  securityLevel: 2,
  label: 'Debian 13',
  assumed: true,
};

export const rsa: LeafCertificate = { publicKey: { algorithm: 'RSA', bits: 2048 }, keyUsage: [] };
export const ecdsa: LeafCertificate = {
  publicKey: { algorithm: 'EC', bits: 256, curve: 'P-256' },
  keyUsage: ['digitalSignature'],
};

const set = <T>(value: T): Setting<T> => byDefault(value, 'test');

/** Settings of a usual server, with those that matter for a test changed. */
export function tlsSettings(changes: Partial<TlsSettings> = {}): TlsSettings {
  return {
    enabled: set(true),
    protocols: set(['TLSv1.2', 'TLSv1.3'] as const),
    cipherString: set('HIGH:!aNULL:!MD5'),
    tls13CipherSuites: set('TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256'),
    groups: set('auto'),
    serverPreference: set(false),
    chachaFirst: set(false),
    certificates: set([]),
    dhParameters: set(null),
    sessionTickets: set(true),
    ticketKeys: set([]),
    sessionCache: set('none'),
    sessionTimeout: set(300),
    stapling: set(false),
    passphrases: set(null),
    clientVerification: set('off' as const),
    clientCertificates: set(null),
    confCommands: set([]),
    alpn: set([]),
    ...changes,
  };
}

export { set };
