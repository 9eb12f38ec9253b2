import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const found = (text: string, file = '/work/httpd.conf') => analyseText(text, { language: 'apache', file }).findings;
const graver = (text: string, file?: string) =>
  found(text, file)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ rule }) => rule);

const load = (name: string, file = `mod_${name}.so`) => `LoadModule ${name}_module modules/${file}\n`;
const head = `ServerRoot /opt/httpd\n${load('mpm_event')}${load('proxy')}${load('proxy_http')}Listen 443\n`;
const host = (lines: string) => `<VirtualHost *:443>\nServerName example.com\n${lines}\n</VirtualHost>\n`;
const backend = 'ProxyPass / https://backend.example.com/';

const servers: Readonly<Record<string, string>> = {
  'of GnuTLS': `${load('gnutls')}${host(`GnuTLSEnable on\nGnuTLSCertificateFile a.crt\nGnuTLSKeyFile a.key\nGnuTLSProxyEngine on\n${backend}`)}`,
  'of NSS': `${load('nss', 'libmodnss.so')}NSSPassPhraseDialog builtin\n${host(`NSSEngine on\nNSSNickname Server-Cert\nNSSProtocol TLSv1.2\nNSSProxyEngine on\n${backend}`)}`,
  'of Rustls': `${load('tls')}TLSEngine 443\n${host('TLSCertificate a.crt a.key')}`,
  'of IBM': `${load('ibm_ssl')}KeyFile conf/key.kdb\n${host(`SSLEnable\nSSLServerCert www\nSSLProtocolDisable SSLv3\nSSLProxyEngine on\n${backend}`)}`,
  'of Oracle': `${load('ossl')}${host('SSLEngine on\nSSLProtocol nzos_Version_1_2\nSSLCipherSuite SSL_RSA_WITH_RC4_128_MD5,TLS_RSA_WITH_AES_128_CBC_SHA\nSSLWallet keystores/default')}`,
};

describe('TLS that another module than mod_ssl speaks', () => {
  for (const [whose, lines] of Object.entries(servers)) {
    test(`nothing is said of what nobody knows: ${whose}`, () => {
      assert.deepEqual(graver(head + lines), []);
    });
  }

  test('a file that is part of another shows it by its directives', () => {
    const wallet = `<IfModule ossl_module>\n${host('SSLEngine on\nSSLProtocol nzos_Version_1_0\nSSLWallet keystores/default')}</IfModule>\n`;
    assert.deepEqual(graver(wallet, '/work/ssl.conf'), []);
    assert.deepEqual(graver(host(`GnuTLSEnable on\nGnuTLSProxyEngine on\n${backend}`), '/work/site.conf'), []);
  });

  test('beside mod_ssl they count where a virtual host asks for them', () => {
    const both = `${head}${load('ssl')}${load('gnutls')}`;
    assert.ok(graver(both + host('SSLEngine on')).includes('certificate-missing'));
    assert.ok(graver(both + host('ServerAdmin a@example.com')).includes('port-of-other-scheme'));
    assert.deepEqual(graver(both + host('GnuTLSEnable on\nGnuTLSCertificateFile a.crt')), []);
  });

  test('without any of them mod_ssl is missing', () => {
    const [missing] = found(head + host('SSLEngine on')).filter(({ rule }) => rule === 'unknown-directive');
    assert.match(missing?.message ?? '', /belongs to mod_ssl, which no LoadModule loads here/);
  });
});
