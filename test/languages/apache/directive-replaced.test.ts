import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf } from './project.ts';

const main = '/etc/apache2/apache2.conf';

function found(files: Readonly<Record<string, string>> | string) {
  const texts = typeof files === 'string' ? { [main]: files } : files;
  const reports = apache
    .check(projectOf(texts, { complete: true }))
    .filter(({ rule }) => rule === 'directive-replaced');
  return reports.map((report) => ({
    ...report,
    line: lineOf(texts[report.location.file] ?? '', report.location.range),
  }));
}

function lineOf(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}

const host = (lines: string) => `<VirtualHost *:443>\n${lines}\n</VirtualHost>\n`;
const lines = (text: Parameters<typeof found>[0]) => found(text).map(({ line }) => line);

test('of several in one place all but the last have no effect', () => {
  assert.deepEqual(lines(host('SSLProtocol -all +TLSv1.2\nSSLHonorCipherOrder on\nSSLProtocol +TLSv1.3')), [
    'SSLProtocol -all +TLSv1.2',
  ]);
  assert.deepEqual(lines('SSLCipherSuite A\nSSLCipherSuite B\nSSLCipherSuite C\n'), [
    'SSLCipherSuite A',
    'SSLCipherSuite B',
  ]);
  assert.deepEqual(lines(host('SSLOpenSSLConfCmd Curves X25519\nSSLOpenSSLConfCmd Groups P-256')), [
    'SSLOpenSSLConfCmd Curves X25519',
  ]);
});

test('the same line twice is untidy, and the first one goes safely', () => {
  const text = host('SSLEngine on\nSSLEngine on');
  const [report] = found(text);
  assert.equal(report?.severity, 'hint');
  assert.equal(report.fixes?.[0]?.safe, true);
  assert.equal(applyEdits(text, report.fixes[0].edits), host('SSLEngine on'));
  const spaced = host('DocumentRoot /a\nDocumentRoot "/a"\nSSLProtocol all  -SSLv3\nSSLProtocol ALL -SSLv3');
  assert.deepEqual(
    found(spaced).map(({ severity }) => severity),
    ['hint', 'hint'],
  );
});

test('who means to add to a list of protocols, or to take from it, is told that it begins anew', () => {
  const beginsAnew = (text: string) => found(host(text)).map(({ message }) => message.includes('counts from nothing'));
  assert.deepEqual(beginsAnew('SSLProtocol TLSv1.2\nSSLProtocol +TLSv1.3'), [true]);
  assert.deepEqual(beginsAnew('SSLProtocol all\nSSLProtocol -SSLv3 -TLSv1'), [true]);
  assert.deepEqual(beginsAnew('SSLProtocol all\nSSLProtocol all -SSLv3'), [false]);
  assert.deepEqual(beginsAnew('SSLProtocol all\nSSLProtocol -all +TLSv1.3'), [false]);
});

test('other places, other slots and what adds up are left alone', () => {
  for (const text of [
    `SSLProtocol all\n${host('SSLProtocol TLSv1.3')}`,
    host('SSLProtocol all') + host('SSLProtocol TLSv1.3'),
    host('<Directory /a>\nSSLVerifyClient none\n</Directory>\n<Directory /b>\nSSLVerifyClient require\n</Directory>'),
    host('SSLCipherSuite HIGH\nSSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256'),
    host('SSLCertificateFile a.crt\nSSLCertificateFile b.crt\nServerAlias a\nServerAlias b'),
    host('SSLOpenSSLConfCmd Options -SessionTicket\nSSLOpenSSLConfCmd Options ServerPreference'),
  ]) {
    assert.deepEqual(lines(text), [], text);
  }
});

test('what a condition may leave out replaces nothing for sure', () => {
  assert.deepEqual(lines(host('SSLProtocol all\n<IfDefine NEW>\nSSLProtocol TLSv1.3\n</IfDefine>')), []);
  assert.deepEqual(lines(host('<IfDefine NEW>\nSSLProtocol TLSv1.3\n</IfDefine>\nSSLProtocol all')), [
    'SSLProtocol TLSv1.3',
  ]);
  assert.deepEqual(lines(host('<IfDefine NEW>\nSSLProtocol TLSv1.3\nSSLProtocol all\n</IfDefine>')), [
    'SSLProtocol TLSv1.3',
  ]);
  assert.deepEqual(lines(host('SSLProtocol all\n<IfModule mod_ssl.c>\nSSLProtocol TLSv1.3\n</IfModule>')), [
    'SSLProtocol all',
  ]);
});

test('what another version, module or definition would leave out is there to replace', () => {
  const all = 'SSLProtocol all -SSLv3';
  const last = 'SSLProtocol TLSv1.3';
  for (const text of [
    `${all}\n<IfVersion >= 2.4.30>\n${last}\n</IfVersion>`,
    `${all}\n<IfDefine NEW>\n${last}\n</IfDefine>`,
    `${all}\n<IfModule !nosuch_module>\n${last}\n</IfModule>`,
  ]) {
    assert.deepEqual(lines(`LoadModule mpm_event_module m.so\nDefine NEW\n${host(text)}`), [], text);
  }
  const both = (text: string) => `<IfVersion >= 2.4>\n${text}\n</IfVersion>\n`;
  assert.deepEqual(lines(host(both(all) + both(last))), [all]);
  assert.deepEqual(lines(host(both(all) + last)), [all]);
  assert.deepEqual(lines({ [main]: `${all}\n${both('Include new.conf')}`, '/etc/apache2/new.conf': last }), []);
});

test('a macro may give a default to all of its users, but not to itself', () => {
  const macro = (text: string) => `<Macro Tls>\n${text}\n</Macro>\n`;
  const used = host('Use Tls\nSSLProtocol TLSv1.3');
  assert.deepEqual(lines(macro('SSLProtocol all') + host('Use Tls') + used), []);
  assert.deepEqual(lines(`${macro('SSLProtocol all\nSSLProtocol TLSv1.2')}${host('Use Tls')}`), ['SSLProtocol all']);
});

test('an included file may give a default, but not take away what was said before', () => {
  const common = '/etc/apache2/common.conf';
  const inHost = (text: string) => ({ [main]: host(text), [common]: 'SSLProtocol all\n' });
  assert.deepEqual(lines(inHost('Include common.conf\nSSLProtocol TLSv1.3')), []);
  assert.deepEqual(lines(inHost('SSLProtocol TLSv1.3\nInclude common.conf')), ['SSLProtocol TLSv1.3']);
  const mods = {
    [main]: 'Include mods.conf\nInclude common.conf\n',
    '/etc/apache2/mods.conf': 'SSLProtocol TLSv1.3\n',
  };
  const local = {
    [main]: 'SSLProtocol TLSv1.3\nInclude conf.d/*.conf\n',
    '/etc/apache2/conf.d/own.conf': 'SSLProtocol all\n',
  };
  assert.deepEqual(lines(local), []);
  assert.deepEqual(lines({ ...mods, [common]: 'SSLProtocol all\n' }), []);
});
