import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grade } from '../../../src/tls/grade/grade.ts';
import type { Grade, GradeInput } from '../../../src/tls/grade/graded.ts';
import type { TlsSettings } from '../../../src/tls/model/server-model.ts';
import { unknown } from '../../../src/tls/model/setting.ts';
import type { LeafCertificate } from '../../../src/tls/offer/certificates.ts';
import { offer } from '../../../src/tls/offer/offer.ts';
import { ecdsa, rsa, set, target, tlsSettings } from '../support/settings.ts';

interface Situation extends Partial<Omit<GradeInput, 'offer'>> {
  readonly tls?: Partial<TlsSettings>;
  readonly openssl?: string;
}

function input({ tls = {}, openssl = '3.5', ...rest }: Situation): GradeInput {
  const certificates = rest.certificates ?? [rsa];
  const at = { ...target, openssl };
  return {
    certificateProblems: [],
    hstsMaxAge: 63_072_000,
    dhBits: undefined,
    compression: false,
    ...rest,
    certificates,
    offer: offer(tlsSettings(tls), { server: 'nginx', target: at, certificates }),
  };
}

function graded(situation: Situation): Grade {
  const result = grade(input(situation));
  assert.ok(typeof result !== 'string', String(result));
  return result;
}

const good = { cipherString: set('ECDHE+AESGCM:ECDHE+CHACHA20') };
const all = set(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const);

test('a server that does everything right has an A+', () => {
  const { letter, scores, reasons, lift } = graded({ tls: good });
  assert.deepEqual([letter, reasons, lift], ['A+', [], undefined]);
  assert.deepEqual(scores, { protocol: 100, keyExchange: 90, cipher: 90, total: 93 });
});

test('without HSTS it is an A, and the header lifts it', () => {
  const { letter, lift } = graded({ tls: good, hstsMaxAge: null });
  assert.equal(letter, 'A');
  assert.deepEqual([lift?.setting, lift?.grade], ['hsts', 'A+']);
  assert.equal(graded({ tls: good, hstsMaxAge: 300 }).letter, 'A');
  assert.equal(graded({ tls: good, hstsMaxAge: undefined }).letter, 'A+');
});

test('without TLS 1.3 it is an A-, and the protocols lift it', () => {
  const { letter, lift } = graded({ tls: { ...good, protocols: set(['TLSv1.2'] as const) } });
  assert.deepEqual([letter, lift?.setting, lift?.protocols], ['A-', 'protocols', ['TLSv1.2', 'TLSv1.3']]);
  assert.equal(lift?.message, 'Offer TLS 1.3 too');
});

test('TLS 1.0 caps to B where it is really offered', () => {
  const tls = { protocols: all, cipherString: set('ECDHE+AES') };
  assert.equal(graded({ tls }).letter, 'A+');
  const { letter, reasons, lift } = graded({ tls, openssl: '1.1.1' });
  assert.equal(letter, 'B');
  assert.deepEqual(reasons, [{ cap: 'B', message: 'TLS 1.0 and TLS 1.1 are offered', setting: 'protocols' }]);
  assert.deepEqual([lift?.message, lift?.grade], ['No longer offer TLS 1.0 and TLS 1.1', 'A+']);
});

test('broken suites are an F', () => {
  const { letter, lift } = graded({ tls: { cipherString: set('ECDHE+AESGCM:aNULL:@SECLEVEL=0') } });
  assert.deepEqual([letter, lift?.setting, lift?.grade], ['F', 'cipherString', 'A+']);
  assert.equal(graded({ tls: { cipherString: set('AES128-SHA:NULL-SHA@SECLEVEL=0') } }).letter, 'F');
});

test('without forward secrecy or authenticated encryption it is a B', () => {
  const protocols = set(['TLSv1.2'] as const);
  const { letter, reasons } = graded({ tls: { protocols, cipherString: set('AES128-SHA') } });
  assert.equal(letter, 'B');
  assert.deepEqual(
    reasons.map(({ message }) => message),
    ['No suite has forward secrecy', 'No suite has authenticated encryption', 'TLS 1.3 is not offered'],
  );
});

test('a weak key lowers the score and caps the letter', () => {
  const small: LeafCertificate = { publicKey: { algorithm: 'RSA', bits: 1024 }, keyUsage: [] };
  const { letter, lift } = graded({ tls: { cipherString: set('ECDHE+AESGCM:@SECLEVEL=1') }, certificates: [small] });
  assert.deepEqual([letter, lift?.setting], ['B', 'certificates']);
  assert.equal(graded({ tls: good, certificates: [ecdsa] }).scores.keyExchange, 100);
  const dhe = { cipherString: set('DHE+AESGCM:ECDHE+AESGCM'), dhParameters: set('dh.pem') };
  assert.deepEqual(
    [graded({ tls: dhe, dhBits: 1024 }).letter, graded({ tls: dhe, dhBits: 1024 }).lift?.setting],
    ['B', 'dhParameters'],
  );
});

test('each kind of key has its own scale, and a suite without a certificate has no points', () => {
  const keyOf = (algorithm: string, size: object) =>
    graded({
      tls: good,
      certificates: [{ publicKey: { algorithm, ...size }, keyUsage: ['digitalSignature'] } as LeafCertificate],
    }).scores.keyExchange;
  assert.deepEqual(
    [keyOf('RSA', { bits: 2048 }), keyOf('RSA-PSS', { bits: 3072 }), keyOf('RSA', { bits: 4096 }), keyOf('RSA', {})],
    [90, 90, 100, 90],
  );
  assert.deepEqual(
    [keyOf('EC', { bits: 224 }), keyOf('EC', { curve: 'P-384' }), keyOf('EC', {}), keyOf('Ed25519', {})],
    [90, 100, 100, 100],
  );
  const anonymous = { cipherString: set('ECDHE+AESGCM:AECDH:@SECLEVEL=0') };
  assert.equal(graded({ tls: anonymous }).scores.keyExchange, 0);
});

test('a certificate that is not trusted keeps the letter visible', () => {
  const { letter, ignoringTrust, lift } = graded({ tls: good, certificateProblems: ['expired'] });
  assert.deepEqual([letter, ignoringTrust, lift?.setting], ['T', 'A+', 'certificates']);
  assert.equal(graded({ tls: good, certificateProblems: ['name-mismatch'] }).letter, 'M');
});

test('what cannot be known has no grade, what cannot be seen an assumption', () => {
  const protocols = { value: unknown('a variable'), origin: set('').origin };
  assert.equal(grade(input({ tls: { protocols } })), 'a variable');
  assert.equal(
    grade(input({ tls: { cipherString: set('AES128-SHA'), protocols: set(['TLSv1'] as const) } })),
    'no client can connect',
  );
  const { letter, assumptions } = graded({ tls: good, certificates: 'the certificate is not here' });
  assert.equal(letter, 'A+');
  assert.deepEqual(assumptions, ['the certificate is not here: a trusted one of usual size is assumed']);
});
