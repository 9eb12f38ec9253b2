import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue, type Setting } from '../../src/tls/model/setting.ts';
import { analyseText } from '../support/analyse.ts';

/** What Red Hat's builds do otherwise than those of the same version elsewhere. */
const certificate = { nginx: 'ssl_certificate a.pem; ssl_certificate_key a.key;', apache: 'SSLCertificateFile a.pem' };

function analyse(language: 'nginx' | 'apache', lines: string, target: string) {
  const text =
    language === 'nginx'
      ? `events {}\nhttp {\nserver { listen 443 ssl; ${certificate.nginx} ${lines} }\n}\n`
      : `Listen 443\n<VirtualHost *:443>\nSSLEngine on\n${certificate.apache}\n${lines}\n</VirtualHost>\n`;
  const file = language === 'nginx' ? '/work/nginx.conf' : '/work/httpd.conf';
  return analyseText(text, { language, file, target });
}

function tlsOf(language: 'nginx' | 'apache', lines: string, target: string) {
  const tls = analyse(language, lines, target).model.endpoints[0]?.tls;
  assert.ok(tls);
  const shown = (setting: Setting<unknown> | undefined) =>
    setting?.value.kind === 'known' ? setting.value.value : 'unknown';
  return { protocols: shown(tls.protocols), groups: shown(tls.groups), ciphers: knownValue(tls.cipherString) };
}

test('mod_ssl leaves protocols and suites to the policy where no directive says anything', () => {
  const policy = ['TLSv1.2', 'TLSv1.3'];
  assert.deepEqual(tlsOf('apache', '', 'rhel=8'), { protocols: policy, groups: 'auto', ciphers: 'PROFILE=SYSTEM' });
  assert.deepEqual(tlsOf('apache', '', 'rocky=9'), { protocols: policy, groups: 'unknown', ciphers: 'PROFILE=SYSTEM' });
  assert.deepEqual(tlsOf('apache', 'SSLProtocol all -SSLv3', 'rhel=8').protocols, ['TLSv1', 'TLSv1.1', ...policy]);
  assert.deepEqual(tlsOf('apache', '', 'apache=2.4.37,openssl=1.1.1').protocols, ['TLSv1', 'TLSv1.1', ...policy]);
});

test('nginx does where it was built so, and where nobody knows its protocols are not known', () => {
  assert.deepEqual(tlsOf('nginx', '', 'rhel=9').protocols, ['TLSv1.2', 'TLSv1.3']);
  assert.equal(tlsOf('nginx', '', 'rhel=8').protocols, 'unknown');
  // Whoever decides says the same.
  assert.deepEqual(tlsOf('nginx', '', 'fedora=44').protocols, ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(tlsOf('nginx', '', 'amazon=2023').protocols, ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(tlsOf('nginx', '', 'rhel=8,nginx=1.24.0').protocols, ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(tlsOf('nginx', 'ssl_protocols TLSv1.3;', 'rhel=9').protocols, ['TLSv1.3']);
});

test('no protocol that the policy leaves out is an alarm, nor are directives that came by a patch', () => {
  const found = (language: 'nginx' | 'apache', lines: string, target: string) =>
    analyse(language, lines, target)
      .findings.filter(({ effect }) => effect === 'start')
      .map(({ rule }) => rule);
  const rules = (language: 'nginx' | 'apache', target: string) =>
    analyse(language, '', target).findings.map(({ rule }) => rule);
  for (const language of ['nginx', 'apache'] as const)
    for (const target of ['rhel=8', 'rhel=9', 'rhel=10'])
      assert.equal(rules(language, target).includes('protocol-obsolete'), false, `${language} ${target}`);
  const [limit, dialog] = ['max_headers 100;', 'ssl_pass_phrase_dialog exec:/usr/libexec/nginx-ssl-pass-dialog;'];
  assert.deepEqual(found('nginx', `${limit} ${dialog}`, 'rhel=9'), []);
  assert.deepEqual(found('nginx', `${limit} ${dialog}`, 'debian=12'), ['unknown-directive']);
  const timeout = 'ProxyWebsocketIdleTimeout 60';
  assert.deepEqual(found('apache', timeout, 'rhel=9'), []);
  assert.deepEqual(found('apache', timeout, 'debian=12'), ['directive-version']);
  assert.deepEqual(found('apache', 'SSLVHostSNIPolicy strict', 'apache=2.4.62').includes('directive-version'), true);
  assert.deepEqual(found('apache', 'SSLVHostSNIPolicy strict', 'rhel=8').includes('directive-version'), false);
});

test('on SUSE nobody knows what the servers do by themselves, and its words are no mistakes', () => {
  for (const target of ['sles=15.6', 'opensuse=15.6']) {
    assert.equal(tlsOf('nginx', '', target).protocols, 'unknown', target);
    assert.equal(tlsOf('apache', '', target).protocols, 'unknown', target);
    const { findings } = analyse('apache', 'SSLCipherSuite DEFAULT_SUSE', target);
    assert.deepEqual(
      findings.flatMap(({ effect, message }) => (effect === 'start' || effect === 'connect' ? [message] : [])),
      [],
    );
  }
});

test('a module that is a package of its own there is loaded by that', () => {
  const loads = ['mpm_event', 'authz_core', 'unixd', 'dir', 'mime'].map(
    (name) => `LoadModule ${name}_module modules/mod_${name}.so\n`,
  );
  const text = `ServerRoot /etc/httpd\nListen 443\n${loads.join('')}SSLEngine on\nExpiresActive on\n`;
  const advice = (target: string) =>
    analyseText(text, { language: 'apache', file: '/work/httpd.conf', target }).findings.flatMap(
      ({ message }) => /Load \w+_module (\(.*?\))/.exec(message)?.[1] ?? [],
    );
  const [ssl, expires] = ['(install the package mod_ssl, which does)', '(by a line in conf.modules.d)'];
  assert.deepEqual(advice('rhel=9'), [ssl, expires]);
  assert.deepEqual(advice('debian=12'), ['(a2enmod ssl on Debian)', '(a2enmod expires on Debian)']);
  assert.deepEqual(advice('sles=15.6'), ['(a2enmod ssl)', '(a2enmod expires)']);
  const line = '(by its line in httpd.conf)';
  assert.deepEqual(advice('freebsd=15'), [line, line]);
  assert.deepEqual(advice('image=httpd:2.4'), [line, line]);
});

test('a directive that came with a security fix is in packages of older versions, and doubtful where nobody says whose', () => {
  const severities = (target: string | undefined) =>
    analyseText('events {}\nhttp { max_headers 100; server { listen 80; } }\n', {
      language: 'nginx',
      file: '/work/nginx.conf',
      ...(target !== undefined && { target }),
    }).findings.flatMap(({ rule, severity }) => (rule === 'directive-version' ? [severity] : []));
  for (const target of [undefined, 'debian=13', 'ubuntu=24.04', 'rhel=9', 'alpine=3.22', 'nginx=1.29.8'])
    assert.deepEqual(severities(target), [], target);
  assert.deepEqual(severities('nginx=1.28.0'), ['warning']);
  assert.deepEqual(severities('image=nginx:1.28'), ['error']);
});
