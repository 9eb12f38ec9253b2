import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateCipherString } from '../../../src/tls/cipher-string/cipher-string.ts';
import { type Client, knownClients } from '../../../src/tls/clients/clients.ts';
import { type ServerSide, shakeHands } from '../../../src/tls/clients/handshake.ts';
import { evaluateGroups } from '../../../src/tls/groups.ts';
import type { LeafCertificate } from '../../../src/tls/offer/certificates.ts';
import { allowedSchemes } from '../../../src/tls/offer/signatures.ts';
import { tls13CipherSuites } from '../../../src/tls/suites/tls13-cipher-suites.ts';
import { ecdsa, rsa, set, tlsSettings } from '../support/settings.ts';

interface Wanted extends Partial<Omit<ServerSide, 'cipherSuites' | 'groups' | 'signatures'>> {
  readonly ciphers?: string;
  readonly groupList?: string;
  readonly signatureAlgorithms?: string;
}

function server({ ciphers = 'HIGH:!aNULL', groupList = 'auto', signatureAlgorithms, ...rest }: Wanted): ServerSide {
  const openssl = rest.openssl ?? '3.5';
  const location = { file: 'nginx.conf', range: { start: 0, end: 0 } };
  const command = { name: 'SignatureAlgorithms', value: signatureAlgorithms ?? '', location };
  const schemes = allowedSchemes(
    tlsSettings({ confCommands: set(signatureAlgorithms === undefined ? [] : [command]) }),
  );
  assert.equal(schemes.kind, 'known');
  return {
    openssl,
    securityLevel: 1,
    protocols: ['TLSv1.2', 'TLSv1.3'],
    cipherSuites: evaluateCipherString(ciphers, { openssl, securityLevel: 1 }).suites,
    tls13CipherSuites: tls13CipherSuites.slice(0, 3),
    groups: evaluateGroups(groupList, { openssl, securityLevel: 1 }).ranks,
    order: { byServer: false, chachaFirst: false },
    early: { byServer: false, chachaFirst: false },
    certificates: [rsa],
    signatures: schemes.kind === 'known' ? schemes.value : undefined,
    dhBits: undefined,
    ...rest,
  };
}

const client = (name: string) => knownClients().find((one) => one.name === name) as Client;

function outcome(wanted: Wanted, who: string | Client): string {
  const met = shakeHands(typeof who === 'string' ? client(who) : who, server(wanted));
  return met.kind === 'agreed'
    ? [met.protocol, met.suite.name, met.group?.name].filter((part) => part !== undefined).join(' ')
    : `${met.kind}: ${met.reason}`;
}

const key = (algorithm: string, curve?: string): LeafCertificate => ({
  publicKey: { algorithm, ...(curve === undefined ? { bits: 2048 } : { curve, bits: 256 }) },
  keyUsage: [],
});
const unverified = 'refused: cannot verify signatures by the key of the certificate';

test('a certificate on a curve that few know is for those who name it', () => {
  const certificates = [key('EC', 'secp256k1')];
  const old = 'TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384 secp256r1';
  assert.equal(outcome({ certificates, groupList: 'X25519:P-256' }, 'OpenSSL 1.0.2e'), old);
  assert.equal(outcome({ certificates }, 'IE 11 / Win 7'), 'refused: has no TLS 1.2 suite in common with the server');
  assert.equal(outcome({ certificates }, 'Chrome 137 / Win 11'), unverified);
});

test('in TLS 1.3 a key on a brainpool curve signs since OpenSSL 3.2', () => {
  const certificates = [key('EC', 'brainpoolP256r1')];
  assert.equal(outcome({ certificates }, 'OpenSSL 3.5.0'), 'TLSv1.3 TLS_AES_256_GCM_SHA384 X25519MLKEM768');
  assert.equal(outcome({ certificates, openssl: '3.0' }, 'OpenSSL 3.5.0'), unverified);
  assert.equal(outcome({ certificates }, 'Chrome 137 / Win 11'), unverified);
});

test('the key decides by what it can sign, and its kind which suite is chosen', () => {
  const signatureAlgorithms = 'ecdsa_secp521r1_sha512:rsa_pss_rsae_sha512';
  const certificates = [rsa, key('EC', 'P-521')];
  // It puts RSA first, for which it names no scheme that is left.
  assert.equal(outcome({ certificates, signatureAlgorithms }, 'Android 4.4.2'), unverified);
  assert.equal(
    outcome({ certificates, signatureAlgorithms, ciphers: 'ECDHE+aECDSA' }, 'Android 4.4.2'),
    'TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384 secp521r1',
  );
  assert.equal(
    outcome({ certificates: [ecdsa], signatureAlgorithms: 'ECDSA+SHA384' }, 'Chrome 137 / Win 11'),
    unverified,
  );
});

test('even static RSA wants a scheme in TLS 1.2, and none before', () => {
  const wanted: Wanted = { ciphers: 'AES128-SHA', signatureAlgorithms: 'ECDSA+SHA256' };
  assert.equal(outcome(wanted, 'Java 8u161'), unverified);
  assert.equal(outcome({ ...wanted, protocols: ['TLSv1', 'TLSv1.2'] }, 'Java 7u25'), 'TLSv1 AES128-SHA');
  assert.equal(outcome({ ciphers: 'AES128-SHA' }, 'Java 8u161'), 'TLSv1.2 AES128-SHA');
});

test('whoever names no schemes in TLS 1.2 takes SHA-1 alone, which level 0 allows', () => {
  const silent = { ...client('Java 8u161'), signatureAlgorithms: undefined };
  assert.equal(outcome({}, silent), unverified);
  assert.equal(outcome({ securityLevel: 0 }, silent), 'TLSv1.2 ECDHE-RSA-AES256-SHA384 secp256r1');
  // SHA-1 was counted with 80 bits before 3.0.
  assert.equal(outcome({ openssl: '1.1.1' }, silent), 'TLSv1.2 ECDHE-RSA-AES256-SHA384 secp256r1');
});

test('a key that came with TLS 1.2 counts for those alone who can verify it', () => {
  assert.equal(
    outcome({ certificates: [key('RSA-PSS')] }, 'IE 11 / Win 10'),
    'refused: has no TLS 1.2 suite in common with the server',
  );
  assert.match(outcome({ certificates: [key('RSA-PSS')] }, 'OpenSSL 3.0.15'), /^TLSv1\.3 /);
  assert.equal(
    outcome({ certificates: [key('DSA')], ciphers: 'DHE+aDSS', dhBits: 2048 }, 'Android 4.4.2'),
    'TLSv1.2 DHE-DSS-AES256-GCM-SHA384',
  );
});

test('Diffie-Hellman parameters of another size end the handshake, where the client has a limit', () => {
  const ciphers = 'DHE+AESGCM:DHE+AES';
  const agreed = 'TLSv1.2 DHE-RSA-AES256-GCM-SHA384';
  assert.equal(outcome({ ciphers, dhBits: 2048 }, 'IE 11 / Win 7'), agreed);
  assert.equal(outcome({ ciphers, dhBits: 4096 }, 'IE 11 / Win 7'), agreed);
  assert.equal(
    outcome({ ciphers, dhBits: 8192 }, 'IE 11 / Win 7'),
    'refused: takes Diffie-Hellman parameters of at most 4096 bits',
  );
  assert.equal(
    outcome({ ciphers, dhBits: 1024, protocols: ['TLSv1.2'] }, 'OpenSSL 3.5.0'),
    'refused: takes Diffie-Hellman parameters of at least 2048 bits',
  );
  // The server's level says how small they cannot be.
  const unknown = 'unknown: how large the Diffie-Hellman parameters are is not known';
  assert.equal(outcome({ ciphers }, 'IE 11 / Win 7'), unknown);
  assert.equal(outcome({ ciphers }, 'Java 8u161'), unknown);
  assert.equal(
    outcome({ ciphers, securityLevel: 3 }, 'Java 8u161'),
    'refused: takes Diffie-Hellman parameters of at most 2048 bits',
  );
  assert.equal(
    outcome({ ciphers, protocols: ['TLSv1.2'] }, 'Chrome 70 / Win 10'),
    'refused: has no TLS 1.2 suite in common with the server',
  );
  assert.equal(outcome({ ciphers }, 'Firefox 49 / XP SP3'), 'TLSv1.2 DHE-RSA-AES128-SHA');
});

test('ChaCha20 goes first for those who put it first, where the server is told so', () => {
  const order = { byServer: true, chachaFirst: true };
  const wanted = { ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20', order, protocols: ['TLSv1.2'] as const };
  const mobile = client('LibreSSL 2.8.3 / Apple');
  assert.equal(outcome(wanted, mobile), 'TLSv1.2 ECDHE-RSA-CHACHA20-POLY1305 x25519');
  assert.match(outcome({ ...wanted, order: { byServer: true, chachaFirst: false } }, mobile), /AES256-GCM/);
  assert.match(outcome(wanted, 'OpenSSL 1.0.1l'), /AES256-GCM/);
});

test('an older client gets the newest version of both, or none', () => {
  assert.equal(outcome({ protocols: ['TLSv1.3'] }, 'Java 8u161'), 'refused: speaks nothing newer than TLS 1.2');
  assert.equal(outcome({ protocols: ['TLSv1'] }, 'Chrome 101 / Win 10'), 'refused: speaks nothing older than TLS 1.2');
  assert.equal(outcome({ protocols: [] }, 'Java 8u161'), 'refused: finds no protocol that can be spoken');
});
