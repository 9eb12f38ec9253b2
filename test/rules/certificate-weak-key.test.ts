import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublicKey } from '../../src/certificates/certificate.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate, sampleFile } from './support/sample-files.ts';

/** Effects of what is said about a key of RSA. */
function found(bits: number, ciphers: string, nginx: string): readonly string[] {
  return foundOf({ algorithm: 'RSA', bits }, ciphers, `nginx=${nginx}`);
}

/** Effects of what is said about any key. */
function foundOf(publicKey: PublicKey, ciphers: string, target: string): readonly string[] {
  return findingsOf(publicKey, ciphers, target).map(({ effect }) => effect);
}

function findingsOf(publicKey: PublicKey, ciphers: string, target: string) {
  const text = `events {} http { server { listen 443 ssl; ssl_ciphers ${ciphers};
    ssl_certificate /etc/ssl/example.com.crt; ssl_certificate_key /etc/ssl/example.com.key; } }`;
  const leaf = sampleCertificate({});
  const weak = { ...leaf, publicKey };
  const certificates = (path: string) => {
    const file = sampleFile(path);
    return file && path.endsWith('.crt') ? { ...file, certificates: [weak] } : file;
  };
  const options = { language: 'nginx', file: '/etc/nginx/nginx.conf', target, certificates } as const;
  return analyseText(text, options).findings.filter(({ rule }) => rule === 'certificate-weak-key');
}

test('the level of the cipher string counts at start, but for old versions, which read certificates first', () => {
  assert.deepEqual(found(2048, 'HIGH:@SECLEVEL=3', '1.22.1'), ['start']);
  assert.deepEqual(found(2048, 'HIGH:@SECLEVEL=3', '1.18.0'), ['connect']);
  assert.deepEqual(found(1024, 'HIGH:@SECLEVEL=0', '1.22.1'), ['connect']);
  assert.deepEqual(found(1024, 'HIGH:@SECLEVEL=0', '1.18.0'), ['start']);
  assert.deepEqual(found(1024, 'HIGH', '1.18.0'), ['start']);
  assert.deepEqual(found(2048, 'HIGH', '1.18.0'), []);
});

test('OpenSSL 3.0 counts the security of any size of an RSA key, and rounds it', () => {
  const of = (bits: number, target: string, level = 2) =>
    foundOf({ algorithm: 'RSA', bits }, `HIGH:@SECLEVEL=${level}`, target);
  // Measured with OpenSSL 3.5.9 and nginx 1.26.3.
  assert.deepEqual(of(2047, 'debian=13'), ['connect']);
  assert.deepEqual(of(1963, 'debian=13'), ['connect']);
  assert.deepEqual(of(1962, 'debian=13'), ['start']);
  assert.deepEqual(of(2047, 'debian=11,nginx=1.22.1'), ['start']);
  assert.deepEqual(of(2672, 'debian=13', 3), []);
  assert.deepEqual(of(2670, 'debian=13', 3), ['start']);
});

test('a kind of key that the library sets no TLS up with stops the server, others that browsers lack are told', () => {
  const of = (algorithm: string, target: string, curve?: string) =>
    foundOf({ algorithm, ...(curve === undefined ? {} : { curve, bits: 256 }) }, 'HIGH', target);
  for (const algorithm of ['X25519', 'X448', 'DH', 'ML-KEM-768', 'SLH-DSA-SHA2-128s'])
    assert.deepEqual(of(algorithm, 'debian=13'), ['start'], algorithm);
  assert.deepEqual(of('EC', 'debian=13', 'SM2'), ['start']);
  assert.deepEqual(of('ML-DSA-65', 'debian=13'), ['advice']);
  assert.deepEqual(of('ML-DSA-65', 'debian=12'), ['start']);
  assert.deepEqual(of('Ed25519', 'debian=12'), ['advice']);
  assert.deepEqual(of('RSA-PSS', 'debian=12'), ['advice']);
  assert.deepEqual(of('GOST R 34.10-2001', 'debian=12'), ['advice']);
  assert.deepEqual(of('EC', 'debian=12', 'P-256'), []);
});

test('each kind of key has its measure at a security level', () => {
  // As nginx 1.26.3 with OpenSSL 3.5.9 starts, or does not.
  const said = (algorithm: string, level: number, bits?: number) => {
    const key = { algorithm, ...(bits === undefined ? {} : { bits }) };
    const [found] = findingsOf(key, `HIGH:@SECLEVEL=${level}`, 'debian=13');
    return found?.effect === 'start' ? (/requires (.*), so/.exec(found.message)?.[1] ?? '') : undefined;
  };
  assert.equal(said('DSA', 2, 2048), undefined);
  assert.equal(said('DSA', 3, 2048), 'at least 3072 bits');
  assert.equal(said('EC', 4, 256), 'at least 384 bits');
  assert.equal(said('Ed25519', 3), undefined);
  assert.equal(said('Ed25519', 4), 'keys with at least 192 bits of security');
  assert.equal(said('Ed448', 4), undefined);
  assert.equal(said('Ed448', 5), 'keys with at least 256 bits of security');
  assert.equal(said('ML-DSA-44', 4), 'keys with at least 192 bits of security');
  assert.equal(said('ML-DSA-65', 4), undefined);
});
