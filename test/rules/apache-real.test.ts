import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const found = (text: string) => analyseText(text, { language: 'apache', file: '/work/site.conf' }).findings;
const rules = (text: string) => found(text).map(({ rule }) => rule);

function fixed(text: string, title: string): string | undefined {
  const fix = found(text)
    .flatMap(({ fixes }) => fixes)
    .find((each) => each.title.startsWith(title));
  return fix && applyEdits(text, fix.edits);
}

const host = (lines: string) =>
  `<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n${lines}\n</VirtualHost>\n`;

describe('what configurations of others hold', () => {
  test('a list that the indent of a continued line cuts is joined', () => {
    const long = host('SSLCipherSuite ECDHE+AESGCM:\\\n    ECDHE+CHACHA20:\\\r\n\tDHE+AESGCM');
    const [cut] = found(long).filter(({ rule }) => rule === 'argument-count');
    assert.match(cut?.message ?? '', /not 3\. A space ends the list, and so does the indentation/);
    const joined = host('SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM');
    assert.equal(fixed(long, 'Join the list'), joined);
    assert.equal(fixed(host('SSLCipherSuite ECDHE+AESGCM:\\\n  ECDHE+CHACHA20:DHE+AESGCM'), 'Change to'), joined);
    const groups = host('SSLOpenSSLConfCmd Curves X25519:\\\n  P-256');
    assert.equal(fixed(groups, 'Join the list'), host('SSLOpenSSLConfCmd Curves X25519:P-256'));
    assert.ok(!rules(groups).includes('group-unknown'));
    const suites = host('SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:\\\n  TLS_AES_128_GCM_SHA256');
    assert.equal(
      fixed(suites, 'Join the list'),
      host('SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256'),
    );
    const words = host('SSLCipherSuite HIGH MEDIUM LOW');
    assert.equal(fixed(words, 'Join the list'), host('SSLCipherSuite HIGH:MEDIUM:LOW'));
  });

  test('a virtual host is not put around half a section', () => {
    const title = 'Wrap in <VirtualHost';
    const nested = '<IfDefine A>\n<IfDefine B>\nSSLEngine on\n</IfDefine>\n</IfDefine>\nRewriteEngine on\n';
    assert.ok(rules(nested).includes('tls-on-main-server'));
    assert.equal(fixed(nested, title), undefined);
    assert.equal(fixed('RewriteEngine on\n<IfDefine A>\nSSLEngine on\n</IfDefine>\n', title), undefined);
    assert.equal(
      fixed('<IfModule mod_ssl.c>\nSSLEngine on\nSSLCompression off\n</IfModule>\n', title),
      '<IfModule mod_ssl.c>\n<VirtualHost *:443>\n    SSLEngine on\n    SSLCompression off\n</VirtualHost>\n</IfModule>\n',
    );
  });

  test('groups that OpenSSL refuses have an effect, whatever is said further down', () => {
    const text = host('SSLOpenSSLConfCmd Groups x25519_mlkem768:X25519\nSSLOpenSSLConfCmd Groups X25519');
    assert.ok(!rules(text).includes('directive-replaced'));
    const [refused] = found(text).filter(({ rule }) => rule === 'invalid-value');
    assert.match(refused?.message ?? '', /unknown group "x25519_mlkem768". Did you mean X25519MLKEM768:X25519\?/);
    assert.ok(
      rules(host('SSLOpenSSLConfCmd Groups P-256\nSSLOpenSSLConfCmd Groups X25519')).includes('directive-replaced'),
    );
  });

  test('directives of modules in Perl are not known, those alike to ones of httpd are', () => {
    const perl = 'LoadModule perl_module modules/mod_perl.so\nPerlLoadModule Apache::Authn::Redmine\n';
    assert.deepEqual(rules(`${perl}RedmineDSN "DBI:mysql"\nRedmineDbUser "redmine"\n`), []);
    assert.deepEqual(rules(`${perl}SSLEngin on\n`), ['unknown-directive']);
  });

  test('a module whose plural is one of httpd', () => {
    const text = '<IfModule mod_header.c>\nHeader set X-A b\n</IfModule>\n';
    assert.ok(rules(text).includes('module-misnamed'));
    assert.equal(fixed(text, 'Change to mod_headers.c'), text.replace('mod_header.c', 'mod_headers.c'));
    assert.ok(!rules('<IfModule mod_security.c>\nSecRuleEngine on\n</IfModule>\n').includes('module-misnamed'));
  });
});
