import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate, sampleFile } from './support/sample-files.ts';

/** Effects of what is said about a key of RSA. */
function found(bits: number, ciphers: string, nginx: string): readonly string[] {
  const text = `events {} http { server { listen 443 ssl; ssl_ciphers ${ciphers};
    ssl_certificate /etc/ssl/example.com.crt; ssl_certificate_key /etc/ssl/example.com.key; } }`;
  const leaf = sampleCertificate({});
  const weak = { ...leaf, publicKey: { ...leaf.publicKey, algorithm: 'RSA', bits } };
  const certificates = (path: string) => {
    const file = sampleFile(path);
    return file && path.endsWith('.crt') ? { ...file, certificates: [weak] } : file;
  };
  const options = { language: 'nginx', file: '/etc/nginx/nginx.conf', target: `nginx=${nginx}`, certificates } as const;
  return analyseText(text, options)
    .findings.filter(({ rule }) => rule === 'certificate-weak-key')
    .map(({ effect }) => effect);
}

test('the level of the cipher string counts at start, but for old versions, which read certificates first', () => {
  assert.deepEqual(found(2048, 'HIGH:@SECLEVEL=3', '1.22.1'), ['start']);
  assert.deepEqual(found(2048, 'HIGH:@SECLEVEL=3', '1.18.0'), ['connect']);
  assert.deepEqual(found(1024, 'HIGH:@SECLEVEL=0', '1.22.1'), ['connect']);
  assert.deepEqual(found(1024, 'HIGH:@SECLEVEL=0', '1.18.0'), ['start']);
  assert.deepEqual(found(1024, 'HIGH', '1.18.0'), ['start']);
  assert.deepEqual(found(2048, 'HIGH', '1.18.0'), []);
});
