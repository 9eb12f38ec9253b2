import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
import { analyseText } from '../support/analyse.ts';

const file = (name: string, content: Partial<CertificateFile>): CertificateFile => ({
  ...emptyFile,
  file: name,
  state: { kind: 'found', mode: 0o600, size: 1 },
  ...content,
});

function said(inside: readonly CertificateFile[], lines = '', paths: 'here' | 'elsewhere' = 'here') {
  const text = `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule ssl_module modules/mod_ssl.so
LoadModule proxy_module modules/mod_proxy.so
Listen 80
SSLProxyEngine on
SSLProxyMachineCertificatePath /etc/pairs
${lines}
`;
  const folder = { kind: 'found', mode: 0o700, isFolder: true, inside } as const;
  const { findings } = analyseText(text, {
    language: 'apache',
    file: '/work/httpd.conf',
    paths,
    certificates: (path) =>
      path === '/etc/pairs' ? file(path, { state: folder }) : path === '/etc/pair.pem' ? pair(path) : undefined,
  });
  return findings.flatMap(({ rule, severity, message }) =>
    rule === 'certificate-file-invalid' ? [`${severity} ${message.split('.')[0]}`] : [],
  );
}

const pair = (name: string) => file(name, { keyKinds: ['plain'] });

test('a folder of client certificates in which no file holds a key presents none', () => {
  const none = [
    'warning No file in /etc/pairs holds a private key, so no certificate is presented to backends: those that ask for one refuse the connection',
  ];
  assert.deepEqual(said([]), none);
  assert.deepEqual(said([file('/etc/pairs/README', {})]), none);
  assert.deepEqual(said([file('/etc/pairs/README', {}), pair('/etc/pairs/a.pem')]), []);
  assert.deepEqual(said([], '', 'elsewhere'), []);
  assert.deepEqual(said([], 'SSLProxyMachineCertificateFile /etc/pair.pem'), []);
});

test('each file of such a folder has to hold the certificate of its key', () => {
  const key = file('/etc/pairs/a.key', { keyKinds: ['plain'], keyPins: ['x'] });
  assert.deepEqual(said([key, pair('/etc/pairs/b.pem')]), ['error /etc/pairs/a']);
  assert.deepEqual(said([file('/etc/pairs/a.pem', { keyKinds: ['encrypted'] })]), ['error /etc/pairs/a']);
});
