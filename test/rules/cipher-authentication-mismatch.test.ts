import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate } from './support/sample-files.ts';

/** What is said of a server whose certificate has an RSA key for some use. */
function said(lines: string, keyUsage: readonly string[]): readonly string[] {
  const text = `events {}
http { server { listen 443 ssl; server_name example.com; ssl_certificate /c; ssl_certificate_key /k; ${lines} } }
`;
  const publicKey = { algorithm: 'RSA', bits: 2048 } as const;
  const state = { kind: 'found', mode: 0o644, size: 1 } as const;
  const { findings } = analyseText(text, {
    language: 'nginx',
    certificates: (file) => ({
      ...emptyFile,
      state,
      file,
      certificates: [sampleCertificate({ publicKey, keyUsage })],
    }),
  });
  return findings
    .filter(({ rule }) => rule === 'cipher-authentication-mismatch')
    .map(({ severity, fixes }) => `${severity} ${fixes.length}`);
}

test('a key that may only sign is of no use where all suites encrypt to it', () => {
  const only = 'ssl_protocols TLSv1.2; ssl_ciphers AES128-GCM-SHA256;';
  assert.deepEqual(said(only, ['digitalSignature']), ['error 1']);
  assert.deepEqual(said('ssl_ciphers AES128-GCM-SHA256;', ['digitalSignature']), ['information 1']);
  assert.deepEqual(said(only, ['digitalSignature', 'keyEncipherment']), []);
  assert.deepEqual(said(only, []), []);
  assert.deepEqual(said('ssl_ciphers AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256;', ['digitalSignature']), []);
});
