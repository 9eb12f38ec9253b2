import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

/** The text after the first fix of a rule. */
function mended(text: string, rule: string, language: 'nginx' | 'apache', target = 'debian=13'): string {
  const { findings } = analyseText(text, { language, file: '/work/site.conf', target });
  const fix = findings.find((finding) => finding.rule === rule)?.fixes[0];
  assert.ok(fix, `${rule} has no fix in ${text}`);
  return applyEdits(text, fix.edits);
}

const nginx = (...lines: readonly string[]) =>
  `events {}
http {
  server {
    listen 80;
    proxy_pass_header Server;
    location / {
      proxy_pass https://backend.example.net;
${lines.map((line) => `      ${line}\n`).join('')}    }
  }
}
`;
const verified = ['proxy_ssl_verify on;', 'proxy_ssl_trusted_certificate ca.pem;'] as const;

test('a fix for one part of a verification leaves the other parts as they are', () => {
  const shallow = nginx('proxy_ssl_verify_depth 1;', ...verified, 'proxy_ssl_server_name off;');
  assert.equal(mended(shallow, 'upstream-depth', 'nginx'), shallow.replace('depth 1', 'depth 2'));
  assert.equal(mended(shallow, 'upstream-name-missing', 'nginx'), shallow.replace('name off', 'name on'));
  const apache = `Listen 80
<VirtualHost *:80>
    ServerName example.com
    SSLProxyEngine on
    SSLProxyVerify require
    SSLProxyVerifyDepth 1
    SSLProxyCheckPeerName off
    SSLProxyCACertificateFile /etc/ssl/certs/ca-certificates.crt
    ProxyPass / https://backend.example.net/
</VirtualHost>
`;
  assert.equal(mended(apache, 'upstream-depth', 'apache'), apache.replace('Depth 1', 'Depth 3'));
});

const apacheSite = (...lines: readonly string[]) => `Listen 80
SSLProxyCACertificateFile ca.pem
<VirtualHost *:80>
    ServerName example.com
    SSLProxyEngine on
    SSLProxyVerifyDepth 3
${lines.map((line) => `    ${line}\n`).join('')}</VirtualHost>
`;
const [apachePass, unnamed] = ['ProxyPass / https://backend.example.net/', 'SSLProxyCheckPeerName off'];

/** The rules about names and verification that find something. */
function found(text: string): readonly string[] {
  const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
  return findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('upstream-'));
}

test('the name of a backend is checked as mod_ssl checks it, which was asked all these', () => {
  const require = 'SSLProxyVerify require';
  for (const [lines, unchecked] of [
    [[], false],
    [['SSLProxyCheckPeerCN off'], true],
    [['SSLProxyCheckPeerCN on'], false],
    [['SSLProxyCheckPeerName off'], true],
    [['SSLProxyCheckPeerName On', 'SSLProxyCheckPeerCN off'], false],
    [['SSLProxyCheckPeerName off', 'SSLProxyCheckPeerCN on'], false],
    [['SSLProxyCheckPeerName off', 'SSLProxyCheckPeerCN off'], true],
    [['SSLProxyCheckPeerExpire off'], false],
    [['<Proxy *>', 'SSLProxyCheckPeerName off', '</Proxy>'], true],
    [['SSLProxyCheckPeerName off', '<Proxy *>', 'SSLProxyVerifyDepth 3', '</Proxy>'], true],
    [['<IfModule headers_module>', 'SSLProxyCheckPeerName off', '</IfModule>'], false],
  ] as const) {
    const wanted = unchecked ? ['upstream-name-unverified'] : [];
    assert.deepEqual(found(apacheSite(require, ...lines, apachePass)), wanted, lines.join(', '));
  }
  assert.deepEqual(found(apacheSite(require, unnamed, 'ProxyPass / https://192.0.2.1/')), [], 'no name to check');
});

test('Apache verifies with on and optional as with require, and without a CA to trust not with optional_no_ca', () => {
  for (const word of ['require', 'Require', 'on', 'optional']) {
    assert.deepEqual(found(apacheSite(`SSLProxyVerify ${word}`, apachePass)), [], word);
  }
  for (const word of ['none', 'off', 'optional_no_ca']) {
    assert.deepEqual(found(apacheSite(`SSLProxyVerify ${word}`, apachePass)), ['upstream-unverified'], word);
  }
});

test('one directive that takes the check from several backends is one mistake, mended at all of them', () => {
  const text = apacheSite('SSLProxyVerify require', unnamed, apachePass, 'ProxyPass /b https://b.example.net/');
  assert.deepEqual(found(text), ['upstream-name-unverified']);
  assert.equal(mended(text, 'upstream-name-unverified', 'apache'), text.replace('Name off', 'Name on'));
});

test('no fix lets Apache check a name that it would not find', () => {
  const address = apacheSite('SSLProxyVerify none', unnamed, 'ProxyPass / https://192.0.2.1/');
  assert.match(
    mended(address, 'upstream-unverified', 'apache'),
    /SSLProxyVerify require\n {4}SSLProxyCheckPeerName off/,
  );
  for (const [rule, line] of [
    ['upstream-name-unverified', 'SSLProxyVerify require'],
    ['upstream-unverified', 'SSLProxyVerify none'],
  ] as const) {
    const text = apacheSite(line, unnamed, 'ProxyPreserveHost on', apachePass);
    const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
    const fixes = findings.filter((finding) => finding.rule === rule).map((finding) => finding.fixes.length);
    assert.deepEqual(fixes, [0], rule);
  }
});

test('no fix allows fewer intermediate certificates than before', () => {
  const deep = nginx('proxy_ssl_verify_depth 5;', 'proxy_ssl_verify off;');
  assert.match(mended(deep, 'upstream-unverified', 'nginx'), /proxy_ssl_verify_depth 5;\n {6}proxy_ssl_verify on;/);
  const nameless = nginx('proxy_ssl_verify_depth 5;', ...verified, 'proxy_ssl_server_name off;');
  assert.match(mended(nameless, 'upstream-name-missing', 'nginx'), /proxy_ssl_verify_depth 5;/);
});

test('locations of a site that reach one backend unverified are one mistake with one fix', () => {
  const text = `events {}
http {
  server {
    listen 80;
    location / { proxy_pass https://backend.example.net:8443; }
    location /api/ { proxy_pass https://backend.example.net:8443/v2/; }
    location /other/ { proxy_pass https://other.example.net; }
  }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  const found = findings.filter(({ rule }) => rule === 'upstream-unverified');
  assert.deepEqual(
    found.map(({ related }) => related.length),
    [1, 0],
  );
  const after = applyEdits(text, found[0]?.fixes[0]?.edits ?? []);
  assert.equal(after.match(/proxy_ssl_verify on;/g)?.length, 2);
});

test('the CAs of the system are those of the target', () => {
  const text = nginx('proxy_ssl_verify on;');
  const trusted = (target: string) =>
    /trusted_certificate (.*);/.exec(mended(text, 'upstream-trust-missing', 'nginx', target))?.[1];
  assert.equal(trusted('debian=13'), '/etc/ssl/certs/ca-certificates.crt');
  assert.equal(trusted('alpine=3.24'), '/etc/ssl/certs/ca-certificates.crt');
  assert.equal(trusted('rhel=9'), '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem');
  assert.equal(trusted('amazon=2023'), '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem');
  assert.equal(trusted('opensuse=15.6'), '/etc/ssl/ca-bundle.pem');
  assert.equal(trusted('freebsd=15'), '/etc/ssl/cert.pem');
});

test('a backend that is verified elsewhere is verified with the same CAs', () => {
  const location = (path: string, ...lines: readonly string[]) =>
    `    location ${path} { proxy_pass https://backend.example.net${path}; ${lines.join(' ')} }\n`;
  const text = `events {}\nhttp {\n  server {\n    listen 80;\n${location('/a/', ...verified)}${location('/b/')}  }\n}\n`;
  for (const rule of ['upstream-session-unverified', 'upstream-unverified']) {
    assert.doesNotMatch(mended(text, rule, 'nginx'), /ca-certificates/);
    assert.equal(mended(text, rule, 'nginx').match(/proxy_ssl_trusted_certificate \S*ca\.pem;/g)?.length, 2);
  }
});
