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
