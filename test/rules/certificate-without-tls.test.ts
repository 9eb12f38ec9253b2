import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const mainWith = (servers: string) => `events {}\nhttp {\n${servers}\n}\n`;

function findings(servers: string, file = 'nginx.conf') {
  const text = file === 'nginx.conf' ? mainWith(servers) : servers;
  const all = analyseText(text, { language: 'nginx', file: `/work/${file}` }).findings;
  return all.filter(({ rule }) => rule === 'certificate-without-tls');
}

const certificate = 'ssl_certificate a.crt; ssl_certificate_key a.key;';
const half = `server {\nlisten 443 ssl;\nlisten [::]:443;\nlisten 80;\nserver_name example.com;\n${certificate}\n}`;

test('TLS for one family and plain HTTP for the other, on one port', () => {
  const [finding, ...others] = findings(half);
  assert.deepEqual(others, []);
  assert.equal(
    finding?.message,
    'Server example.com speaks TLS at 0.0.0.0:443 and plain HTTP at [::]:443: clients with IPv6 cannot connect there. Switch TLS on for both.',
  );
  assert.equal(finding.severity, 'error');
  assert.deepEqual(
    finding.fixes.map(({ edits }) => applyEdits(mainWith(half), edits)),
    [mainWith(half).replace('[::]:443', '[::]:443 ssl')],
  );
  const other = `server {\nlisten 443;\nlisten [::]:443 ssl;\nserver_name example.com;\n${certificate}\n}`;
  assert.match(findings(other)[0]?.message ?? '', /clients with IPv4 cannot/);
});

test('in a part of a configuration it is information', () => {
  assert.deepEqual(
    findings(half, 'site.conf').map(({ severity }) => severity),
    ['information'],
  );
});

test('nothing is said where another server switches TLS on, or where an address is one of many', () => {
  const second = `server {\nlisten [::]:443 ssl;\nserver_name www.example.com;\n${certificate}\n}`;
  assert.deepEqual(findings(`${half}\n${second}`), []);
  assert.deepEqual(findings(half.replace('[::]:443', '127.0.0.1:443')), []);
  assert.deepEqual(findings(half.replace('[::]:443', '[::]:80')), []);
});

test('nothing is said where a template may switch TLS on among the parameters of the address', () => {
  for (const parameter of [`\${OPTIONS}`, '{{ ssl }}', '<%= @ssl %>', `ssl \${OPTIONS}`])
    assert.deepEqual(findings(`server {\nlisten 443 ${parameter};\n${certificate}\n}`), [], parameter);
  assert.equal(findings(`server {\nlisten 443 backlog=\${BACKLOG};\n${certificate}\n}`).length, 1);
});

test('the fix is not offered where it would switch TLS on elsewhere too', () => {
  assert.deepEqual(
    findings(half.replace('listen 80;', 'listen 8080;')).map(({ fixes }) => fixes),
    [[]],
  );
});

test('a certificate of the level around is told of where port 443 is plain and no site uses it', () => {
  const plain = (port: string) => `server {\nlisten ${port};\nserver_name example.com;\n}\n`;
  const [finding, ...others] = findings(`${certificate}\n${plain('443')}`);
  assert.deepEqual([others.length, finding?.severity], [0, 'error']);
  assert.match(finding?.message ?? '', /answers port 443 in plain HTTP/);
  assert.deepEqual(findings(`${certificate}\n${plain('8080')}`), []);
  assert.deepEqual(findings(`include /elsewhere/sites.conf;\n${certificate}\n${plain('443')}`), []);
  assert.deepEqual(findings(`${certificate}\n${plain('443')}${plain('8443 ssl')}`), []);
});

test('what nobody sees may bring an address with TLS, but hardly on the port of HTTPS', () => {
  const around = (listen: string, include: string) =>
    findings(`server {\nlisten ${listen};\nserver_name example.com;\n${include}\n${certificate}\n}`).length;
  assert.equal(around('80', ''), 1);
  assert.equal(around('80', 'include /nowhere/listen.conf;'), 0);
  assert.equal(around('80', 'ssl_protocols TLSv1.2; include /nowhere/listen.conf;'), 0);
  assert.equal(around('443', 'include /nowhere/options.conf;'), 1);
});

test('a site whose list of suites Apache completes is judged like any other', () => {
  const site = 'Listen 8080\n<VirtualHost *:8080>\nServerName example.com\nSSLCipherSuite ALL\n%s</VirtualHost>\n';
  const pair = 'SSLCertificateFile /c/example.com.crt\nSSLCertificateKeyFile /c/example.com.key\n';
  const { findings } = analyseText(site.replace('%s', pair), { language: 'apache', file: '/work/apache2.conf' });
  assert.ok(findings.some(({ rule }) => rule === 'certificate-without-tls'));
});

test('a blank that is missing before "ssl" is one mistake, and the certificate has a use', () => {
  assert.deepEqual(findings(`server { listen 443ssl; server_name example.com; ${certificate} }`), []);
  assert.deepEqual(findings(`server { listen [::]:443ssl http2; server_name example.com; ${certificate} }`), []);
  assert.equal(findings(`server { listen 443default_server; server_name example.com; ${certificate} }`).length, 1);
});

test('mail and streams speak no HTTP, and STARTTLS on one of two addresses is not the TLS of the other', () => {
  const inBlock = (block: string, lines: string) => {
    const text = `events {}\n${block} {\nserver {\n${lines}\n${certificate}\n}\n}\n`;
    const all = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' }).findings;
    return all.filter(({ rule }) => rule === 'certificate-without-tls');
  };
  const both = 'listen 993 ssl; listen [::]:993; protocol imap; server_name a.example;';
  const [plain] = inBlock('mail', both);
  assert.match(plain?.message ?? '', /speaks TLS at 0\.0\.0\.0:993 and none at \[::\]:993/);
  assert.equal(plain?.fixes.length, 1);
  const [upgraded, ...others] = inBlock('mail', `${both} starttls on;`);
  assert.deepEqual(others, []);
  assert.match(upgraded?.message ?? '', /begins in the clear \(STARTTLS\) at \[::\]:993: clients with IPv6 cannot/);
  assert.deepEqual(upgraded?.fixes, []);
  const beside = both.replace('[::]:993', '[::]:143');
  for (const lines of [both.replaceAll('993 ssl', '143'), both.replace('[::]:993', '[::]:993 ssl'), beside])
    assert.deepEqual(inBlock('mail', `${lines} starttls on;`), [], lines);
  const [passed] = inBlock('stream', 'listen 443; proxy_pass 127.0.0.1:8443;');
  assert.deepEqual([passed?.severity, passed?.related[0]?.message], ['information', 'No TLS']);
});

test('a virtual host for both ports takes port 80 along only where it decides there', () => {
  const both =
    '<VirtualHost *:80 *:443>\nServerName b.example\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n</VirtualHost>\n';
  const fixesOf = (before: string) =>
    analyseText(`Listen 80\nListen 443\n${before}${both}`, { language: 'apache', file: '/work/apache2.conf' })
      .findings.filter(({ rule }) => rule === 'certificate-without-tls')
      .map(({ fixes }) => fixes.map(({ title }) => title));
  assert.deepEqual(fixesOf(''), [[]]);
  assert.deepEqual(fixesOf('<VirtualHost *:80>\nServerName a.example\n</VirtualHost>\n'), [['Switch TLS on']]);
});
