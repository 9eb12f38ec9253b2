import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TlsSettings } from '../../../src/tls/model/server-model.ts';
import { unknown } from '../../../src/tls/model/setting.ts';
import { type OfferContext, offer } from '../../../src/tls/offer/offer.ts';
import { ecdsa, rsa, set, target, tlsSettings } from '../support/settings.ts';

const nginx: OfferContext = { server: 'nginx', target, certificates: [rsa] };
const names = (value: unknown) =>
  ((value as { value?: readonly { name: string }[] }).value ?? []).map(({ name }) => name);
const offered = (changes: Partial<TlsSettings>, context: Partial<OfferContext> = {}) =>
  offer(tlsSettings(changes), { ...nginx, ...context });
const protocolsOf = (changes: Partial<TlsSettings>, context: Partial<OfferContext> = {}) => {
  const { protocols } = offered(changes, context);
  return protocols.kind === 'known' ? protocols.value.join(' ') : protocols.kind;
};

test('the defaults of nginx with an RSA certificate', () => {
  const found = offered({});
  assert.equal(found.protocols.kind === 'known' && found.protocols.value.join(' '), 'TLSv1.2 TLSv1.3');
  const suites = names(found.cipherSuites);
  assert.ok(suites.includes('ECDHE-RSA-AES128-GCM-SHA256') && suites.includes('AES128-SHA'));
  assert.ok(!suites.some((name) => name.includes('ECDSA') || name.includes('DSS') || name.startsWith('DHE-')));
  assert.equal(names(found.groups)[0], 'X25519MLKEM768');
});

test('the certificate decides which suites are left', () => {
  const cipherString = set('ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256');
  assert.deepEqual(names(offered({ cipherString }, { certificates: [ecdsa] }).cipherSuites), [
    'ECDHE-ECDSA-AES128-GCM-SHA256',
  ]);
  assert.equal(names(offered({ cipherString }, { certificates: [rsa, ecdsa] }).cipherSuites).length, 2);
  const noSigning = { ...ecdsa, keyUsage: ['keyAgreement'] };
  assert.deepEqual(names(offered({ cipherString }, { certificates: [noSigning] }).cipherSuites), []);
  const pss = { ...rsa, publicKey: { algorithm: 'RSA-PSS', bits: 2048 } };
  const mixed = set('AES128-SHA:ECDHE-RSA-AES128-SHA');
  assert.deepEqual(names(offered({ cipherString: mixed }, { certificates: [pss] }).cipherSuites), [
    'ECDHE-RSA-AES128-SHA',
  ]);
});

test('a certificate that cannot be seen leaves both kinds, and says so', () => {
  const { cipherSuites } = offered({}, { certificates: 'the certificate lies on another machine' });
  assert.equal(cipherSuites.kind, 'partial');
  assert.match(
    cipherSuites.kind === 'partial' ? cipherSuites.reason : '',
    /^the certificate lies on another machine; suites of every kind/,
  );
});

test('DHE needs a file in nginx and none in Apache', () => {
  const cipherString = set('DHE-RSA-AES128-GCM-SHA256');
  assert.equal(protocolsOf({ cipherString }), 'TLSv1.3');
  assert.equal(protocolsOf({ cipherString }, { server: 'apache' }), 'TLSv1.2 TLSv1.3');
  assert.equal(protocolsOf({ cipherString, dhParameters: set('/etc/dh.pem') }), 'TLSv1.2 TLSv1.3');
});

test('protocols need a suite and a group', () => {
  const protocols = set(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const);
  assert.equal(protocolsOf({ protocols }), 'TLSv1.2 TLSv1.3');
  const lowered = set('ECDHE+AESGCM:@SECLEVEL=0');
  assert.equal(protocolsOf({ protocols, cipherString: lowered }), 'TLSv1.2 TLSv1.3');
  const aes = set('ECDHE+AES:@SECLEVEL=0');
  assert.equal(protocolsOf({ protocols, cipherString: aes }), 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3');
  assert.equal(protocolsOf({ groups: set('X25519MLKEM768'), cipherString: set('ECDHE+AESGCM') }), 'TLSv1.3');
  assert.equal(protocolsOf({ groups: set('brainpoolP256r1') }), 'TLSv1.2');
  assert.deepEqual(offered({ protocols, cipherString: lowered }).refused, [
    { protocol: 'TLSv1', reason: 'has no cipher suite that it can use', isSettledOn: true },
    { protocol: 'TLSv1.1', reason: 'has no cipher suite that it can use', isSettledOn: true },
  ]);
});

test('old protocols cannot use new kinds of certificate', () => {
  const protocols = set(['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const);
  const cipherString = set('DEFAULT@SECLEVEL=0');
  const ed25519 = { publicKey: { algorithm: 'Ed25519' }, keyUsage: [] };
  assert.equal(protocolsOf({ protocols, cipherString }, { certificates: [ed25519] }), 'TLSv1.2');
  assert.equal(protocolsOf({ protocols, cipherString }, { certificates: [ed25519, rsa] }), 'TLSv1 TLSv1.1 TLSv1.2');
});

test('a level leaves out certificates with a smaller key', () => {
  const cipherString = set('ECDHE+AESGCM:@SECLEVEL=3');
  assert.equal(protocolsOf({ cipherString }, { certificates: [rsa] }), '');
  assert.equal(protocolsOf({ cipherString }, { certificates: [rsa, ecdsa] }), 'TLSv1.2 TLSv1.3');
});

test('suites of TLS 1.2 in the list for TLS 1.3 go before those of the cipher string', () => {
  // As nginx 1.26.3 and Apache 2.4.71 with OpenSSL 3.5.9 answer.
  const cipherString = set('ECDHE-RSA-AES256-GCM-SHA384');
  const tls13CipherSuites = set('TLS_AES_128_GCM_SHA256:TLS_RSA_WITH_AES_128_CBC_SHA:TLS_DHE_RSA_WITH_AES_128_CBC_SHA');
  const found = offered({ cipherString, tls13CipherSuites });
  assert.deepEqual(names(found.cipherSuites), ['AES128-SHA', 'ECDHE-RSA-AES256-GCM-SHA384']);
  assert.deepEqual(names(found.tls13CipherSuites), ['TLS_AES_128_GCM_SHA256']);
  const strict = set('ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=3');
  const large = [{ ...rsa, publicKey: { algorithm: 'RSA', bits: 4096 } }];
  assert.deepEqual(names(offered({ cipherString: strict, tls13CipherSuites }, { certificates: large }).cipherSuites), [
    'ECDHE-RSA-AES256-GCM-SHA384',
  ]);
  assert.equal(protocolsOf({ cipherString, tls13CipherSuites: set('TLS_RSA_WITH_AES_128_CBC_SHA') }), '');
});

test('a protocol needs a key that can sign there', () => {
  const key = (algorithm: string, curve?: string) => ({
    publicKey: { algorithm, ...(curve === undefined ? {} : { curve, bits: 256 }) },
    keyUsage: [],
  });
  const reason = 'has no certificate whose key can sign there';
  const none = [{ protocol: 'TLSv1.3', reason, isSettledOn: true }];
  assert.deepEqual(offered({}, { certificates: [key('EC', 'secp256k1')] }).refused, none);
  assert.deepEqual(offered({}, { certificates: [key('EC', 'brainpoolP256r1')] }).refused, []);
  const before = { target: { ...target, openssl: '3.0' } };
  assert.deepEqual(offered({}, { ...before, certificates: [key('EC', 'brainpoolP256r1')] }).refused, none);
  // Of an unknown curve, and of what an engine may bring, nothing is said.
  assert.deepEqual(offered({}, { certificates: [key('EC')] }).refused, []);
  assert.equal(protocolsOf({}, { certificates: [key('ML-DSA-65')] }), 'TLSv1.3');
  assert.equal(protocolsOf({}, { certificates: [key('GOST R 34.10-2012')] }), 'TLSv1.3');
});

test('SignatureAlgorithms decides about TLS 1.2 and newer', () => {
  const location = { file: 'nginx.conf', range: { start: 0, end: 0 } };
  const refusedBy = (value: string, certificates: OfferContext['certificates']) =>
    offered({ confCommands: set([{ name: 'signaturealgorithms', value, location }]) }, { certificates })
      .refused.map(({ protocol, reason }) => `${protocol} ${reason}`)
      .join();
  const reason = 'has no certificate whose key can sign as SignatureAlgorithms wants it';
  assert.equal(refusedBy('RSA+SHA256', [rsa]), `TLSv1.3 ${reason}`);
  assert.equal(refusedBy('ecdsa_sha224:DSA+SHA1', [ecdsa]), `TLSv1.3 ${reason}`);
  assert.equal(refusedBy('ECDSA+SHA384', [ecdsa]), `TLSv1.3 ${reason}`);
  assert.equal(refusedBy('ECDSA+SHA256', [rsa]), `TLSv1.2 ${reason},TLSv1.3 ${reason}`);
  assert.equal(refusedBy('PSS+SHA256:?nosuch', [rsa]), '');
  assert.equal(refusedBy('?RSA+SHA256', [rsa]), `TLSv1.3 ${reason}`);
  // A word of no known meaning may be what the key signs by.
  assert.equal(refusedBy('RSA+SHA256:nosuch', [rsa]), '');
  // Suites without a signature are offered all the same.
  const all = { cipherString: set('ALL:@SECLEVEL=0'), protocols: set(['TLSv1.2'] as const) };
  const confCommands = set([{ name: 'SignatureAlgorithms', value: 'ECDSA+SHA256', location }]);
  const suites = offered({ ...all, confCommands }, { certificates: [rsa] }).cipherSuites;
  assert.ok(names(suites).includes('AECDH-AES128-SHA'));
  assert.ok(names(suites).every((name) => /^A(?:EC)?DH-/.test(name)));
  // SHA-1 is below level 1.
  assert.equal(refusedBy('RSA+SHA1', [rsa]), `TLSv1.2 ${reason},TLSv1.3 ${reason}`);
});

test('post-quantum only leaves static RSA to TLS 1.2', () => {
  const { cipherSuites } = offered({ groups: set('X25519MLKEM768'), cipherString: set('HIGH:!aNULL') });
  assert.ok(names(cipherSuites).length > 0);
  assert.ok(names(cipherSuites).every((name) => !name.startsWith('ECDHE')));
});

test('the default site’s level decides about protocols', () => {
  const protocols = set(['TLSv1', 'TLSv1.2'] as const);
  const cipherString = set('ECDHE+AES:@SECLEVEL=0');
  assert.equal(protocolsOf({ protocols, cipherString }), 'TLSv1 TLSv1.2');
  assert.equal(protocolsOf({ protocols, cipherString }, { defaultTls: tlsSettings() }), 'TLSv1.2');
});

test('OpenSSL breaks off where the default site’s newest protocol has no suite', () => {
  assert.equal(protocolsOf({ tls13CipherSuites: set('') }), '');
  assert.equal(protocolsOf({}, { defaultTls: tlsSettings({ tls13CipherSuites: set('') }) }), '');
  assert.equal(protocolsOf({}, { defaultTls: tlsSettings({ protocols: set([]) }) }), '');
  const old = { protocols: set(['TLSv1.1'] as const), cipherString: set('ECDHE+AESGCM:@SECLEVEL=0') };
  assert.deepEqual(offered(old).refused, [
    {
      protocol: 'TLSv1.1',
      reason: 'cannot be spoken: the newest protocol of the default site has no cipher suite',
    },
  ]);
});

test('where versions are left out, the newest below the gap is the one that must have a suite', () => {
  const protocols = set(['TLSv1', 'TLSv1.3'] as const);
  const cipherString = set('DEFAULT:@SECLEVEL=0');
  assert.equal(protocolsOf({ protocols, cipherString, tls13CipherSuites: set('') }), 'TLSv1');
  const modern = set('ECDHE+AESGCM:@SECLEVEL=0');
  assert.equal(protocolsOf({ protocols, cipherString: modern }), '');
});

test('OpenSSL 3.0 takes an old version at every level, and breaks off where it is to sign', () => {
  const protocols = set(['TLSv1', 'TLSv1.3'] as const);
  const before = { target: { ...target, nginx: '1.22.1', openssl: '3.0' } };
  const modern = set('ECDHE+AESGCM');
  assert.equal(protocolsOf({ protocols, cipherString: modern }), 'TLSv1.3');
  assert.equal(protocolsOf({ protocols, cipherString: modern }, before), '');
  const low = { protocols: set(['TLSv1.1', 'TLSv1.2'] as const), cipherString: set('DEFAULT:@SECLEVEL=0') };
  const defaultTls = tlsSettings({ protocols: low.protocols });
  assert.equal(protocolsOf(low, { defaultTls }), 'TLSv1.2');
  assert.equal(protocolsOf(low, { ...before, defaultTls }), 'TLSv1.1 TLSv1.2');
  assert.equal(protocolsOf({ protocols: low.protocols }, { ...before, defaultTls }), 'TLSv1.2');
});

test('groups are those that an offered protocol can use', () => {
  const groups = set('X25519MLKEM768:X25519:brainpoolP256r1:ffdhe2048');
  assert.deepEqual(names(offered({ groups }).groups), ['X25519MLKEM768', 'x25519', 'brainpoolP256r1', 'ffdhe2048']);
  const tls12 = set(['TLSv1.2'] as const);
  assert.deepEqual(names(offered({ groups, protocols: tls12 }).groups), ['x25519', 'brainpoolP256r1']);
  assert.deepEqual(names(offered({ groups, protocols: tls12, cipherString: set('AES128-SHA') }).groups), []);
});

test('QUIC speaks TLS 1.3 alone', () => {
  const found = offered({}, { transport: 'quic' });
  assert.deepEqual(names(found.cipherSuites), []);
  assert.equal(protocolsOf({}, { transport: 'quic' }), 'TLSv1.3');
});

test('what is not known stays unknown, with its reason', () => {
  const cipherString = { value: unknown('$ciphers is a variable'), origin: set('').origin };
  const found = offered({ cipherString });
  assert.deepEqual(found.cipherSuites, { kind: 'unknown', reason: '$ciphers is a variable' });
  assert.equal(protocolsOf({ cipherString }), 'TLSv1.2 TLSv1.3');
  const protocols = { value: { kind: 'one-of', values: [['TLSv1.2'], ['TLSv1.3']] }, origin: set('').origin } as const;
  assert.equal(protocolsOf({ protocols }), 'unknown');
});

test('without TLS nothing is offered', () => {
  assert.equal(protocolsOf({ enabled: set(false) }), '');
});
