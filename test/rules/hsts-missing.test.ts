import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { memoryFiles } from '../support/memory-files.ts';

/** What is said of a site that leads to `to`, beside a site example.com with these headers. */
function saidOfRedirect(to: string, headers: string): readonly string[] {
  const { findings } = analyseText(
    `events {}
http {
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  map $sent_http_content_type $frame { default ""; text/html DENY; }
  server { listen 443 ssl; server_name www.example.com; return 301 https://${to}$request_uri; }
  server { listen 443 ssl; server_name example.com; root /srv/www; ${headers} }
}
`,
    { language: 'nginx', file: '/work/nginx.conf' },
  );
  return findings.flatMap(({ rule, message, location }) =>
    rule === 'hsts-missing' && location.range.start < 320 ? [message] : [],
  );
}

const hsts = 'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;';

test('a redirect to a site that binds the hosts below its name needs no HSTS, whatever its other headers hang on', () => {
  assert.deepEqual(saidOfRedirect('example.com', hsts), []);
  assert.deepEqual(saidOfRedirect('example.com', `${hsts} add_header X-Frame-Options $frame;`), []);
  assert.equal(saidOfRedirect('example.com', hsts.replace('; includeSubDomains', '')).length, 1);
});

test('of what a site elsewhere sends nothing is said', () => {
  assert.deepEqual(saidOfRedirect('com', hsts), []);
  assert.equal(saidOfRedirect('example.org', hsts).length, 1);
  assert.deepEqual(saidOfRedirect('$arg_to', hsts), []);
});

test('of a host that a part of the request names nothing is said, in Apache either', () => {
  const text = (to: string) => `Listen 443
<VirtualHost *:443>
    ServerName www.example.com
    SSLEngine on
    SSLCertificateFile /etc/ssl/example.com.crt
    SSLCertificateKeyFile /etc/ssl/example.com.key
    RewriteEngine on
    RewriteCond %{HTTP_HOST} ^www\\.(.+)$
    RewriteRule ^ https://${to}%{REQUEST_URI} [R=301,L]
</VirtualHost>
`;
  const said = (to: string) =>
    analyseText(text(to), { language: 'apache', file: '/work/site.conf' }).findings.some(
      ({ rule }) => rule === 'hsts-missing',
    );
  assert.equal(said('%1'), false);
  assert.equal(said('example.org'), true);
});

/** Rules about HSTS that find something in a virtual host behind lines of the main server. */
function ofApache(main: string, host: string): readonly string[] {
  const text = `LoadModule headers_module m/mod_headers.so
LoadModule ssl_module m/mod_ssl.so
Listen 443
${main}
<VirtualHost *:443>
ServerName example.com
DocumentRoot /srv/www
SSLEngine on
SSLCertificateFile a.crt
SSLCertificateKeyFile a.key
${host}
</VirtualHost>
`;
  const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
  return findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('hsts-'));
}

const [always, other] = ['Header always set Strict-Transport-Security', 'Header always set X-Other b'];

test('a header of Apache that a variable or a template brings may be HSTS, whatever headers follow', () => {
  assert.deepEqual(ofApache('', other), ['hsts-missing']);
  for (const line of [`${always} "max-age=\${AGE}"`, `${always} {{ hsts }}`, `Header always set \${NAME} b`]) {
    assert.deepEqual(ofApache('', `${line}\n${other}`), [], line);
    assert.deepEqual(ofApache(line, other), [], `${line} in the main server`);
  }
});

test('sections of the main server of Apache have a say in the answers of its virtual hosts', () => {
  const section = (line: string) => `<Directory />\n${line}\n</Directory>`;
  assert.deepEqual(ofApache(section(`${always} "max-age=63072000"`), ''), []);
  const unset = 'Header always unset Strict-Transport-Security';
  assert.deepEqual(ofApache(section(unset), `${always} "max-age=63072000"`), ['hsts-lost']);
});

/** A site over HTTP and HTTPS, from one folder. */
function withFolder(section: string): string {
  return `Listen 80
Listen 443
<VirtualHost *:80>
  ServerName example.com
  DocumentRoot /srv/www
</VirtualHost>
<VirtualHost *:443>
  ServerName example.com
  DocumentRoot /srv/www
  SSLEngine on
  SSLCertificateFile a.crt
  SSLCertificateKeyFile a.key
</VirtualHost>
${section}
`;
}

test('a .htaccess that may set headers and redirect leaves open whether that is missing', () => {
  const said = (section: string) => {
    const text = withFolder(section);
    const { findings } = analyseText(text, { language: 'apache', file: '/work/apache2.conf' });
    return findings.flatMap(({ rule, severity, message }) =>
      rule === 'hsts-missing' || rule === 'redirect-missing' ? [`${severity} ${rule}: ${message.split(':')[0]}`] : [],
    );
  };
  const open = ['information hsts-missing: HSTS is not set here, and may only come from /srv/www/.htaccess'];
  const sure = ['information redirect-missing', 'warning hsts-missing'];
  const rulesOf = (section: string) => said(section).map((line) => line.split(':')[0]);
  const directory = (path: string, lines: string) => `<Directory ${path}>\n${lines}\n</Directory>`;
  assert.deepEqual(rulesOf(''), sure);
  assert.deepEqual(rulesOf(directory('/srv/www', 'AllowOverride None')), sure);
  assert.deepEqual(rulesOf(directory('/srv/www', 'AllowOverride AuthConfig Limit')), sure);
  assert.deepEqual(rulesOf(directory('/srv/other', 'AllowOverride All')), sure);
  assert.deepEqual(
    rulesOf(`${directory('/srv', 'AllowOverride All')}\n${directory('/srv/www', 'AllowOverride None')}`),
    sure,
  );
  assert.deepEqual(said(directory('/srv/www', 'AllowOverride All')), open);
  assert.deepEqual(said(directory('/srv', 'AllowOverride FileInfo')), open);
  assert.deepEqual(said(directory('/srv/*', 'AllowOverrideList Header')), open);
  assert.deepEqual(said(directory('/srv', '<IfDefine X>\nAllowOverride All\n</IfDefine>')), open);
});

test('a .htaccess that is at hand says whether HSTS and the redirect are missing', async () => {
  const main = withFolder(
    'LoadModule rewrite_module modules/mod_rewrite.so\n<Directory /srv>\nAllowOverride All\n</Directory>',
  );
  const said = async (files: Readonly<Record<string, string>>) => {
    const host = { ...nodeHost, files: memoryFiles({ '/etc/apache2/apache2.conf': main, ...files }) };
    const options = { host, settings: defaultSettings, rules, now: new Date() };
    const { findings, project } = await analyseFile('/etc/apache2/apache2.conf', main, apache, options);
    assert.deepEqual([...project.files.keys()], ['/etc/apache2/apache2.conf']);
    return findings.flatMap(({ rule, severity }) => (/^(?:hsts|redirect)-/.test(rule) ? [`${severity} ${rule}`] : []));
  };
  const missing = ['information redirect-missing', 'warning hsts-missing'];
  const redirect =
    'RewriteEngine on\nRewriteCond %{HTTPS} off\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]\n';
  const hsts = 'Header always set Strict-Transport-Security "max-age=300"\n';
  assert.deepEqual(await said({}), missing);
  assert.deepEqual(await said({ '/srv/www/.htaccess': 'Options -Indexes\n' }), missing);
  assert.deepEqual(await said({ '/srv/www/.htaccess': redirect }), ['warning hsts-missing']);
  // What it says too briefly is told where it stands.
  assert.deepEqual(await said({ '/srv/www/.htaccess': hsts }), ['information redirect-missing']);
  assert.deepEqual(await said({ '/srv/.htaccess': redirect, '/srv/www/.htaccess': hsts }), []);
  // That it waits for a slash in vain is told there too.
  const lost = redirect.replace('RewriteRule ^', 'RewriteRule ^/(.*)$');
  assert.deepEqual(await said({ '/srv/www/.htaccess': lost }), ['warning hsts-missing']);
  assert.deepEqual(await said({ '/srv/.htaccess': lost }), ['warning hsts-missing']);
  const sub = 'RewriteEngine on\nRewriteRule ^(?!public/)(.*)$ public/$1 [L]\n';
  assert.deepEqual(await said({ '/srv/www/.htaccess': sub, '/srv/www/public/.htaccess': redirect + hsts }), []);
  assert.deepEqual(await said({ '/srv/www/.htaccess': sub, '/srv/www/public/.htaccess': redirect }), [
    'warning hsts-missing',
  ]);
});

test('a virtual host that lets nobody in needs none, wherever its files would lie', () => {
  const said = (access: string) =>
    analyseText(
      `Listen 443\n<VirtualHost *:443>\nServerName any.example.com\nSSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n<Location />\n${access}\n</Location>\n</VirtualHost>\n`,
      { language: 'apache', file: '/etc/apache2/apache2.conf' },
    ).findings.filter(({ rule }) => rule === 'hsts-missing').length;
  assert.equal(said('Require all denied'), 0);
  assert.equal(said('Require all granted'), 1);
});

test('what Apache sends with success alone is not sent with a redirect to another host', () => {
  const said = (header: string, redirect: string) => {
    const text = `<VirtualHost *:443>
ServerName example.com
SSLEngine on
SSLCertificateFile a.crt
SSLCertificateKeyFile a.key
${header} Strict-Transport-Security "max-age=63072000"
${redirect}
</VirtualHost>
`;
    const { findings } = analyseText(text, { language: 'apache' });
    return findings.flatMap((finding) => (finding.rule === 'hsts-missing' ? [{ text, finding }] : []));
  };
  const elsewhere = 'Redirect permanent / https://www.example.com/';
  assert.deepEqual(said('Header always set', elsewhere), []);
  assert.deepEqual(said('Header set', 'DocumentRoot /srv'), []);
  assert.deepEqual(said('Header set', 'RedirectMatch ^/$ https://example.com/start'), []);
  for (const header of ['Header set', 'Header onsuccess set']) {
    const [{ text, finding } = assert.fail('nothing is said')] = said(header, elsewhere);
    assert.match(finding.message, /not sent with the redirect to www\.example\.com/);
    assert.match(applyEdits(text, finding.fixes[0]?.edits ?? []), /^Header always set Strict-Transport-Security/m);
  }
});

test('the host that a site without a name is asked for has no name in what is said', () => {
  const said = (to: string) => {
    const text = `events {}\nhttp { server { listen 443 ssl default_server; server_name _; ssl_certificate a.crt; ssl_certificate_key a.key; return 301 ${to}; } }\n`;
    const { findings } = analyseText(text, { language: 'nginx' });
    return findings.flatMap(({ rule, message }) => (rule === 'hsts-missing' ? [message] : []));
  };
  assert.deepEqual(said('https://www.$host/'), []);
  assert.match(said('https://$host/start').join(''), /^HSTS is not set: /);
  assert.match(said('https://example.com/').join(''), /the redirect to example\.com/);
});

test('a wildcard is asked by a name for which no condition was made', () => {
  const server = (lines: string) =>
    `events {}\nhttp { server { listen 443 ssl; server_name *.example.com; ssl_certificate a.crt; ssl_certificate_key a.key; ${lines} } }\n`;
  const said = (lines: string) => {
    const { findings } = analyseText(server(lines), { language: 'nginx', file: '/work/nginx.conf' });
    return findings
      .filter(({ rule }) => rule === 'hsts-missing')
      .map(({ severity, message }) => `${severity} ${message}`);
  };
  const [found] = said('root /srv; if ($host = www.example.com) { return 301 http://example.com/; }');
  assert.match(found ?? '', /^warning HSTS is not set:/);
  const [redirected] = said('return 301 https://www.$host$request_uri;');
  assert.match(redirected ?? '', /with the redirect to www\.sub\.example\.com,/);
});

test('a site for gRPC needs none: no browser speaks it', () => {
  const said = (pass: string) =>
    analyseText(
      `events {}\nhttp { server { listen 443 ssl; server_name api.example.com; ssl_certificate a.crt; ssl_certificate_key a.key; location / { ${pass} } } }\n`,
      { language: 'nginx', file: '/work/nginx.conf' },
    ).findings.some(({ rule }) => rule === 'hsts-missing');
  for (const to of ['grpc://127.0.0.1:50051', 'grpcs://backend:50051', '127.0.0.1:50051', 'backend'])
    assert.equal(said(`grpc_pass ${to};`), false, to);
  assert.equal(said('proxy_pass http://127.0.0.1:8080;'), true);
});
