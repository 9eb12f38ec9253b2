import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText, unseenFile } from '../../support/analyse.ts';

/** What is said of files where nothing is there. */
function missed(text: string, file = '/etc/apache2/apache2.conf'): readonly string[] {
  const { findings } = analyseText(`${text}\n`, {
    language: 'apache',
    file,
    paths: 'here',
    certificates: (path) => ({ ...unseenFile(path), state: { kind: 'missing' } }),
  });
  return findings.flatMap(({ rule, severity, message }) =>
    rule === 'certificate-file-missing' ? [`${severity} ${/\/\S+/.exec(message)?.[0]}`] : [],
  );
}

const section = (line: string) => `Listen 80\n<Location /a>\n${line}\n</Location>`;

test('of several logs of one server the last alone is opened', () => {
  for (const key of ['JkLogFile', 'JkShmFile', 'ForensicLog'])
    assert.deepEqual(missed(`Listen 80\n${key} /srv/a/log\n${key} /srv/b/log`), ['error /srv/b'], key);
  const site = '<VirtualHost *:80>\nServerName a\nJkLogFile /srv/b/log\n</VirtualHost>';
  assert.deepEqual(missed(`Listen 80\nJkLogFile /srv/a/log\n${site}`), ['error /srv/a', 'error /srv/b']);
});

test('what mod_auth_mellon opens is missed, but for what it reads no more or looks for where httpd was started', () => {
  assert.deepEqual(missed(section('MellonSPCertFile /etc/cert')), ['error /etc/cert']);
  assert.deepEqual(missed(section('MellonIdPMetadataFile /etc/idp.xml')), ['error /etc/idp.xml']);
  assert.deepEqual(missed(section('MellonIdPMetadataFile idp.xml')), []);
  assert.deepEqual(missed(section('MellonIdPPublicKeyFile /etc/key')), []);
});

test('no file of a .htaccess stops a start, and what is relative there counts from a root that nobody knows', () => {
  assert.deepEqual(missed('MellonSPCertFile /etc/cert', '/srv/www/.htaccess'), ['information /etc/cert']);
  assert.deepEqual(missed('MellonSPCertFile cert', '/srv/www/.htaccess'), []);
});

test('what operators of mod_security2 read is missed, beside the file that names it', () => {
  const rule = (operator: string) => missed(`Listen 80\nSecRule ARGS "${operator}" "id:1,deny"`);
  for (const operator of ['@pmFromFile words', '!@PMF words', '@ipMatchF words', '@ipMatchFromFile /etc/apache2/words'])
    assert.deepEqual(rule(operator), ['error /etc/apache2/words'], operator);
  for (const operator of [
    '@pm fromFile',
    '@rx words',
    '@pmFromFile https://a.example/words',
    '@pmFromFile {{ words }}',
  ])
    assert.deepEqual(rule(operator), [], operator);
  for (const line of ['SecUnicodeMapFile words 20127', 'SecGeoLookupDb words', 'SecRuleScript words "id:1,deny"'])
    assert.deepEqual(missed(`Listen 80\n${line}`), ['error /etc/apache2/words'], line);
});

test('what no module reads is not missed: that the directive is unknown is told', () => {
  const loaded = 'LoadModule mpm_event_module modules/mod_mpm_event.so\nListen 80\n';
  const missedBy = (text: string) => missed(text).filter((told) => told.includes('/etc/'));
  for (const line of ['JkWorkersFile /etc/workers', 'SessionCryptoPassphraseFile /etc/secret'])
    assert.deepEqual(missedBy(`${loaded}${line}`), [], line);
  assert.deepEqual(missedBy(`${loaded}LoadModule jk_module modules/mod_jk.so\nJkWorkersFile /etc/workers`), [
    'error /etc/workers',
  ]);
});

test('what stands under <IfFile> is not missed where the file that it asks for is not there', () => {
  const pair = 'SSLCertificateFile /etc/a.crt\nSSLCertificateKeyFile /etc/a.key';
  const site = `<VirtualHost *:443>\nServerName a\nSSLEngine on\n${pair}\n</VirtualHost>`;
  const under = (file: string, inner = site) => `Listen 443\n<IfFile "${file}">\n${inner}\n</IfFile>`;
  assert.deepEqual(missed(under('/etc/a.crt')), []);
  assert.deepEqual(missed(under('!/etc/a.crt')), ['warning /etc/a.crt', 'warning /etc/a.key']);
  assert.deepEqual(missed(`Listen 443\n${site}\n${under('/etc/a.crt')}`), ['error /etc/a.crt', 'error /etc/a.key']);

  const absent = (text: string) =>
    analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf', paths: 'here', isAbsent: () => true })
      .findings.filter(({ rule }) => rule === 'include-missing')
      .map(({ severity }) => severity);
  assert.deepEqual(absent(under('/etc/x.conf', 'Include /etc/x.conf')), []);
  assert.deepEqual(absent(under('../x.conf', 'Include /etc/x.conf')), []);
  assert.deepEqual(absent(under('/etc/apache2/x.conf', 'Include x.conf')), []);
  assert.deepEqual(absent(under('/etc/y.conf', 'Include /etc/x.conf')), ['warning']);
});
