import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dhBits } from '../../../src/analysis/endpoints/dh-bits.ts';
import { viewEndpoints } from '../../../src/analysis/endpoints/endpoints.ts';
import { sampleCertificate, sampleFile } from '../../rules/support/sample-files.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

interface Files {
  /** Bits of the RSA key. */
  readonly key: number;
  /** Bits of the prime of parameters in the certificate's file. */
  readonly inFile?: number;
}

/** Bits of the prime, and the grade, of an Apache whose settings name a prime of 1024 bits. */
function apache({ key, inFile }: Files, target: string, lines = ''): string {
  const text = `<VirtualHost *:443>
SSLEngine on
ServerName example.com
SSLCertificateFile /etc/ssl/site.crt
SSLProtocol TLSv1.2
SSLCipherSuite DHE+AESGCM:@SECLEVEL=1
${lines}
</VirtualHost>
`;
  const sample = sampleFile('/etc/ssl/example.com.crt');
  assert.ok(sample);
  const leaf = { ...sampleCertificate({}), publicKey: { algorithm: 'RSA', bits: key } };
  const file = (path: string) => {
    if (path.endsWith('dh.pem')) return { ...sample, certificates: [], dhBits: 1024 };
    if (!path.endsWith('site.crt')) return unseenFile(path);
    return { ...sample, certificates: [leaf], ...(inFile === undefined ? {} : { dhBits: inFile }) };
  };
  const { model } = analyseText(text, { language: 'apache', file: '/work/site.conf', target });
  const [view] = viewEndpoints(model, file, new Date('2026-11-25T00:00:00Z'));
  assert.ok(view);
  const { grade } = view;
  return `${dhBits(view, model, file)} ${typeof grade === 'object' ? grade.letter : grade}`;
}

const named = 'SSLOpenSSLConfCmd DHParameters /etc/ssl/dh.pem';

test('Apache chooses a prime as strong as the key and the level, which goes before one that a command names', () => {
  assert.equal(apache({ key: 2048 }, 'debian=13'), '2048 A-');
  assert.equal(apache({ key: 3072 }, 'debian=13'), '3072 A-');
  assert.equal(apache({ key: 4096 }, 'debian=13'), '4096 A-');
  assert.equal(apache({ key: 1024 }, 'debian=13'), '1024 B');
  assert.equal(apache({ key: 2048 }, 'debian=13', named), '2048 A-');
  assert.equal(apache({ key: 2048 }, 'debian=11', named), '1024 B');
});

test('parameters in the file of the certificate count everywhere', () => {
  assert.equal(apache({ key: 2048, inFile: 1024 }, 'debian=13'), '1024 B');
  assert.equal(apache({ key: 2048, inFile: 2048 }, 'debian=11', named), '2048 A-');
});
