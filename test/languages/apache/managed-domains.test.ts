import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { lower } from './project.ts';

test('a managed domain with files of its own brings them, and asks no authority', () => {
  const set =
    '<MDomainSet a.example>\nMDCertificateFile md.crt\nMDCertificateKeyFile md.key\n</MDomainSet>\n<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nSSLCertificateFile own.crt\n</VirtualHost>\n<VirtualHost *:80>\nServerName a.example\nSSLEngine off\n</VirtualHost>\n';
  const model = lower(set);
  const files = (index: number) =>
    knownValue(model.sites[index]?.tls.certificates)?.map(({ file, keyFile }) => [file.value, keyFile?.value]);
  assert.deepEqual(files(0), [
    ['/work/own.crt', undefined],
    ['/work/md.crt', '/work/md.key'],
  ]);
  assert.deepEqual(files(1), []);
  assert.deepEqual(knownValue(model.sites[0]?.tls.managed), []);
  const paths = (text: string) =>
    lower(text)
      .paths.filter(({ path }) => path.includes('md'))
      .map(({ required }) => required);
  assert.deepEqual(paths(set), [true, true]);
  assert.deepEqual(paths(set.replaceAll('ServerName a.example', 'ServerName b.example')), [false, false]);
});

test('what a section of a managed domain says is for that domain alone', () => {
  const host = '<VirtualHost *:443>\nServerName a.example\nServerAlias b.example\nSSLEngine on\n</VirtualHost>';
  const set =
    'MDRenewWindow 33%\nMDCAChallenges http-01\n<MDomainSet a.example>\nMDCAChallenges dns-01\nMDChallengeDns01 /bin/dns\nMDRenewWindow 60d\nMDCertificateAuthority https://ca.example/\n</MDomainSet>\nMDomain b.example\n';
  const managed = knownValue(lower(set + host).sites[0]?.tls.managed);
  assert.deepEqual(
    managed?.map(({ issuer, challenge, renewalWindow }) => [issuer, challenge, renewalWindow?.value]),
    [
      ['https://ca.example/', 'dns-01', '60d'],
      ['letsencrypt', 'http-01', '33%'],
    ],
  );
});

test('a key that has no certificate goes to that of a managed domain, as in mod_ssl', () => {
  const host = '<VirtualHost *:443>\nServerName a.example\nSSLEngine on\n</VirtualHost>';
  const set = '<MDomainSet a.example>\nMDCertificateFile a.crt\nMDCertificateKeyFile a.key\n</MDomainSet>';
  const pairs = (line: string) =>
    knownValue(lower(`${set}\n${line}\n${host}`).sites[0]?.tls.certificates)?.map(({ file, keyFile }) =>
      [file.value, keyFile?.value].join(),
    );
  assert.deepEqual(pairs(''), ['/work/a.crt,/work/a.key']);
  // Rules look at what somebody wrote.
  assert.equal(lower(`${set}\n${host}`).sites[0]?.tls.certificates.origin.kind, 'inherited');
  assert.deepEqual(pairs('SSLCertificateKeyFile b.key'), ['/work/a.crt,/work/b.key']);
});

test('a path of a managed domain that nobody knows leaves its files open: it is no certificate without a key', () => {
  const certificates = (key: string) =>
    lower(
      `<MDomainSet a.example>\nMDCertificateFile a.crt\nMDCertificateKeyFile ${key}\n</MDomainSet>\n<VirtualHost *:443>\nServerName a.example\nSSLEngine on\n</VirtualHost>`,
    ).sites[0]?.tls.certificates.value.kind;
  assert.equal(certificates('a.key'), 'known');
  assert.equal(certificates(`\${root}/a.key`), 'unknown');
});

test('mod_md redirects to HTTPS by itself, and binds browsers to it', () => {
  const text = (mode: string) =>
    `MDomain a.example\nMDRequireHttps ${mode}\n<VirtualHost *:80>\nServerName a.example\nDocumentRoot /srv\nSSLEngine off\n</VirtualHost>\n<VirtualHost *:443>\nServerName a.example\nSSLEngine on\n</VirtualHost>\n`;
  const [plain, secure] = lower(text('permanent')).sites;
  assert.ok(plain?.rootAnswer.kind === 'redirect');
  assert.deepEqual([plain.rootAnswer.status, plain.rootAnswer.to], [301, 'https://a.example/']);
  assert.equal(knownValue(secure?.headers)?.[0]?.value, 'max-age=15768000');
  assert.deepEqual(knownValue(lower(text('temporary')).sites[1]?.headers), []);
  assert.equal(lower(text('off')).sites[0]?.rootAnswer.kind, 'files');
});
