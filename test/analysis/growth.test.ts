import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSafeFixes } from '../../src/analysis/fix.ts';
import { analyseText } from '../support/analyse.ts';

const each = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('');
const nginx = (text: string) => `events {\n}\nhttp {\n${text}}\n`;
const inServer = (text: string) => nginx(`server {\nlisten 443 ssl;\nserver_name a.example;\n${text}}\n`);
const tlsHost =
  'Listen 443\n<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nSSLCertificateFile /c.pem\nSSLCertificateKeyFile /k.pem\n';

/** An Apache server with virtual hosts, and what stands outside of them. */
const withHosts = (outside: string, count: number, port: number, inside: (index: number) => string) =>
  `LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nListen 80\nListen 443\n${outside}${each(count, (i) => `<VirtualHost *:${port}>\nServerName h${i}.example\n${inside(i)}</VirtualHost>\n`)}`;
const tlsLines = 'SSLEngine on\nSSLCertificateFile /c.pem\nSSLCertificateKeyFile /k.pem\n';

const mainFiles = { nginx: '/etc/nginx/nginx.conf', apache: '/etc/apache2/apache2.conf' } as const;

/**
 * Texts with thousands of findings, or of things that are compared with each other, and of how many: enough that comparing
 * each with each takes longer than the test allows.
 */
const hostile: Readonly<Record<string, readonly ['nginx' | 'apache', count: number, (count: number) => string]>> = {
  'servers without HSTS, with their redirects': [
    'nginx',
    4_000,
    (count) =>
      nginx(
        each(
          count,
          (i) =>
            `server {\nlisten 80;\nserver_name h${i}.example;\nreturn 301 https://$host$request_uri;\n}\nserver {\nlisten 443 ssl;\nserver_name h${i}.example;\n}\n`,
        ),
      ),
  ],
  'aliases with a slash that their locations lack, among expressions': [
    'nginx',
    4_000,
    (count) =>
      inServer(each(count, (i) => `location /a${i} { alias /srv/a${i}/; }\nlocation ~ ^/r${i}x$ { root /srv; }\n`)),
  ],
  'redirects one behind the other': [
    'nginx',
    4_000,
    (count) =>
      nginx(
        each(
          count,
          (i) => `server {\nlisten 443 ssl;\nserver_name h${i}.example;\nreturn 301 https://h${i + 1}.example/;\n}\n`,
        ),
      ),
  ],
  'plain servers before those with TLS, under one certificate': [
    'nginx',
    4_000,
    (count) =>
      nginx(
        `ssl_certificate /c.pem;\nssl_certificate_key /c.key;\n${each(count, (i) => `server {\nlisten 80;\nserver_name h${i}.example;\n}\n`)}${each(count, (i) => `server {\nlisten 443 ssl;\nserver_name h${i}.example;\n}\n`)}`,
      ),
  ],
  'addresses of two servers each': [
    'nginx',
    6_000,
    (count) => {
      const address = (i: number) => `listen 10.0.${i >> 8}.${i & 255}:443 ssl;\n`;
      return nginx(
        each(count, (i) => `server {\n${address(i)}server_name a${i}.example;\n}\nserver {\n${address(i)}}\n`),
      );
    },
  ],
  'redirects past names with wildcards': [
    'nginx',
    14_000,
    (count) =>
      nginx(
        each(
          count,
          (i) =>
            `server {\nlisten 80;\nserver_name t${i}.example;\nreturn 301 https://$host;\n}\nserver {\nlisten 443 ssl;\nserver_name *.u${i}.example;\n}\n`,
        ),
      ),
  ],
  'lists of ciphers that differ': [
    'nginx',
    3_000,
    (count) =>
      nginx(each(count, (i) => `server {\nlisten 443 ssl;\nserver_name h${i}.example;\nssl_ciphers HIGH:!x${i};\n}\n`)),
  ],
  'variables that nobody defines': [
    'nginx',
    4_000,
    (count) => nginx(each(count, (i) => `map $a${i} $b${i} {\ndefault x;\n}\n`)),
  ],
  'directives that nobody knows': ['nginx', 4_000, (count) => inServer(each(count, (i) => `ssl_protocolls${i} x;\n`))],
  'conditions with answers': [
    'nginx',
    20_000,
    (count) => inServer(each(count, (i) => `if ($host = h${i}) {\nreturn 301 https://h${i}.example$request_uri;\n}\n`)),
  ],
  'locations behind conditions': [
    'nginx',
    12_000,
    (count) =>
      inServer(
        each(
          count,
          (i) => `if ($host = h${i}) {\nreturn 301 https://h${i}.example/;\n}\nlocation /l${i} { return 404; }\n`,
        ),
      ),
  ],
  'variables that conditions set': [
    'nginx',
    12_000,
    (count) => inServer(each(count, (i) => `if ($http_x${i}) {\nset $v${i} 1;\n}\n`)),
  ],
  'locations of a server with many addresses': [
    'nginx',
    6_000,
    (count) =>
      inServer(each(count, (i) => `listen 127.1.${i >> 8}.${i & 255}:443 ssl;\nlocation = /l${i} { return 301 /; }\n`)),
  ],
  'headers of locations': [
    'nginx',
    10_000,
    (count) => inServer(each(count, (i) => `location /l${i} { add_header Strict-Transport-Security max-age=${i}; }\n`)),
  ],
  'headers that locations lose': [
    'nginx',
    40_000,
    (count) =>
      inServer(
        each(count, (i) => `add_header X-H${i} v;\nlocation /l${i} { add_header X-Content-Type-Options nosniff; }\n`),
      ),
  ],
  'names on many addresses': [
    'nginx',
    7_000,
    (count) => inServer(each(count, (i) => `listen 127.1.${i >> 8}.${i & 255}:443 ssl;\nserver_name h${i}.example;\n`)),
  ],
  'suppressions of values': [
    'nginx',
    60_000,
    (count) => inServer(each(count, () => '# tls-workbench-disable cipher-weak -- old\nssl_ciphers RC4;\n')),
  ],
  'backends that are not verified': [
    'apache',
    8_000,
    (count) =>
      `${tlsHost}SSLProxyEngine on\n${each(count, (i) => `ProxyPass /p${i} https://b${i}.example/\n`)}</VirtualHost>\n`,
  ],
  'folders of virtual hosts': [
    'apache',
    2_000,
    (count) =>
      `Listen 443\n${each(count, (i) => `<VirtualHost *:443>\nServerName h${i}.example\nDocumentRoot /srv/${i}\nSSLEngine on\nSSLCertificateFile /c.pem\nSSLCertificateKeyFile /k.pem\n</VirtualHost>\n<Directory /srv/${i}>\nAllowOverride All\n</Directory>\n`)}`,
  ],
  'virtual hosts of as many conditions': [
    'apache',
    4_000,
    (count) =>
      `Listen 443\n${each(count, (i) => `<IfDefine S${i}>\nSSLProtocol TLSv1.2\nHeader always set X-A${i} b\n<VirtualHost *:443>\nServerName h${i}.example\nSSLEngine on\nSSLCertificateFile /c.pem\nSSLCertificateKeyFile /k.pem\n</VirtualHost>\n</IfDefine>\n`)}`,
  ],
  'commands for OpenSSL': [
    'apache',
    40_000,
    (count) => `${tlsHost}${each(count, () => 'SSLOpenSSLConfCmd Groups X25519\n')}</VirtualHost>\n`,
  ],
  'folders of the main server that virtual hosts serve': [
    'apache',
    4_000,
    (count) =>
      withHosts(
        each(count, (i) => `<Directory /srv/h${i}>\nAllowOverride None\nRequire all granted\n</Directory>\n`),
        count,
        443,
        (i) => `${tlsLines}DocumentRoot /srv/h${i}\n`,
      ),
  ],
  'headers of the main server and of virtual hosts': [
    'apache',
    4_000,
    (count) =>
      withHosts(
        each(count, (i) => `Header always set X-H${i} v\n`),
        count,
        443,
        (i) => `${tlsLines}Header always set Strict-Transport-Security max-age=${i}\n`,
      ),
  ],
  'commands for OpenSSL in the main server and in virtual hosts': [
    'apache',
    3_000,
    (count) =>
      withHosts(
        each(count, () => 'SSLOpenSSLConfCmd Groups X25519\n'),
        count,
        443,
        () => `${tlsLines}SSLOpenSSLConfCmd Options -SessionTicket\n`,
      ),
  ],
  'headers of a virtual host and of its sections': [
    'apache',
    6_000,
    (count) =>
      `${tlsHost}${each(count, (i) => `Header always set X-C${i} d\n`)}${each(count, (i) => `<Location /l${i}>\nHeader always set X-B${i} c\n</Location>\n`)}</VirtualHost>\n`,
  ],
  'challenges that virtual hosts redirect': [
    'apache',
    1_500,
    (count) =>
      withHosts(
        '',
        count,
        80,
        (i) => `Alias /.well-known/acme-challenge/ /srv/a${i}/\nRedirect / https://h${i}.example/\n`,
      ),
  ],
};

for (const [what, [language, count, textOf]] of Object.entries(hostile)) {
  test(`${what}: findings and fixes take no time that grows with their square`, () => {
    // Time of the processor: other work of the machine does not count.
    const started = process.cpuUsage();
    const { findings } = analyseText(textOf(count), {
      file: mainFiles[language],
      language,
      now: new Date('2026-01-01'),
    });
    assert.ok(findings.length > 0);
    chooseSafeFixes(findings);
    const { user } = process.cpuUsage(started);
    assert.ok(user < 12_000_000, `${Math.round(user / 1000)} ms`);
  });
}
