import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function reportOf(more: string) {
  const text = `server {
  listen 80;
  listen 443 ssl;
  server_name example.com;
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  ${more}
  location / { proxy_pass http://127.0.0.1:3000; }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/site.conf' });
  return findings.find(({ rule }) => rule === 'redirect-missing');
}

const isReported = (more: string): boolean => reportOf(more) !== undefined;

test('a redirect whose condition plain HTTP does not meet is pointed at', () => {
  const said = (condition: string) => {
    const report = reportOf(`if (${condition}) { return 301 https://example.com$request_uri; }`);
    const place = report?.related?.find(({ message }) => message === 'Not taken over plain HTTP');
    return [/(\$\w+ is \S+) over plain HTTP/.exec(report?.message ?? '')?.[1], place !== undefined];
  };
  for (const condition of ['$https = off', '$HTTPS = "off"', '$https'])
    assert.deepEqual(said(condition), ['$https is empty', true], condition);
  for (const condition of ['$scheme ~ ^http:', '$scheme = HTTP', ' $scheme = https'])
    assert.deepEqual(said(condition), ['$scheme is "http"', true], condition);
  for (const condition of ['$arg_a = off', '$host = b'])
    assert.deepEqual(said(condition), [undefined, false], condition);
  assert.equal(isReported('if ($https != on) { return 301 https://example.com$request_uri; }'), false);
  for (const redirect of ['return https://example.com/;', 'rewrite ^ https://example.com/ permanent;'])
    assert.equal(reportOf(`if ($https = off) { ${redirect} }`)?.related?.length, 2, redirect);
  // A redirect of one path is not the one that is missing, and one to another host may be meant for HTTPS.
  for (const other of [
    'location /a { if ($https = off) { return 301 https://$host$request_uri; } }',
    'if ($scheme = https) { return 301 https://www.example.com$request_uri; }',
  ])
    assert.match(reportOf(other)?.message ?? '', /Redirect to HTTPS\.$/, other);
  assert.match(reportOf('if ($https = off) { return 403; }')?.message ?? '', /Redirect to HTTPS\.$/);
});

test('a client certificate that plain HTTP does not ask for is what matters there', () => {
  const verified = (how: string) => reportOf(`ssl_client_certificate ca.crt; ssl_verify_client ${how};`);
  assert.equal(verified('on')?.severity, 'warning');
  assert.match(verified('on')?.message ?? '', /^example\.com demands a client certificate over HTTPS, and answers /);
  assert.equal(verified('optional')?.severity, 'information');
});

test('nobody else reaches what the machine answers itself', () => {
  const text = (address: string) =>
    `server { listen ${address}:80; listen 443 ssl; server_name example.com; ssl_certificate a; ssl_certificate_key b; root /srv; }`;
  const told = (address: string) =>
    analyseText(text(address), { language: 'nginx', file: '/work/site.conf' }).findings.filter(
      ({ rule }) => rule === 'redirect-missing',
    ).length;
  assert.deepEqual(['127.0.0.1', '[::1]', '192.0.2.1', '[::]'].map(told), [0, 0, 1, 1]);
});

test('what an include that cannot be read may redirect is not missing', () => {
  assert.equal(isReported(''), true);
  assert.equal(isReported('include conf.d/include/force-ssl.conf;'), false);
});

test('a redirect that is there and lost is told where it stands, and not missed as well', () => {
  const host = (port: number, more = '') =>
    `<VirtualHost *:${port}>\nServerName example.com\nDocumentRoot /srv/www\n${more}</VirtualHost>\n`;
  const found = (folder: string, pattern: string) => {
    const rule = `RewriteEngine on\nRewriteRule ${pattern} https://example.com/$1 [R=301,L]\n`;
    const tls = 'SSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n';
    const text = `Listen 80\nListen 443\n${host(80)}${host(443, tls)}<Directory ${folder}>\n${rule}</Directory>\n`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.map(({ rule }) => rule).filter((rule) => /^re(?:direct|write)/.test(rule));
  };
  assert.deepEqual(found('/srv/www', '^/(.*)$'), ['rewrite-slash']);
  assert.deepEqual(found('/srv/www/', '^/(.*)$'), ['rewrite-slash']);
  assert.deepEqual(found('/srv/other', '^/(.*)$'), ['redirect-missing', 'rewrite-slash']);
});

test('a redirect of the main server is the cause only where it would redirect every path over plain HTTP', () => {
  const host = (port: number, more = '') =>
    `<VirtualHost *:${port}>\nServerName example.com\nDocumentRoot /srv/www\n${more}</VirtualHost>\n`;
  const found = (main: string, own = '') => {
    const tls = 'SSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n';
    const text = `Listen 80\nListen 443\n${main}\n${host(80, own)}${host(443, tls)}`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.filter(({ rule }) => rule === 'redirect-missing').map(({ severity }) => severity);
  };
  const rule = 'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]';
  const told = (conditions: string, end = rule) => found(`RewriteEngine on\n${conditions}\n${end}`);
  for (const condition of [
    '',
    'RewriteCond %{HTTPS} off',
    'RewriteCond %{SERVER_PORT} !^443$',
    'RewriteCond %{REQUEST_URI} !^/\\.well-known/',
    'RewriteCond %{REQUEST_URI} ^/admin\nRewriteRule ^ - [F]\nRewriteCond %{HTTPS} !=on',
  ])
    assert.deepEqual(told(condition), ['warning'], condition);
  for (const condition of [
    'RewriteCond %{HTTPS} on',
    'RewriteCond %{REQUEST_URI} ^/admin',
    'RewriteCond %{REQUEST_METHOD} POST',
    'RewriteCond %{REMOTE_ADDR} ^10\\.',
    'RewriteCond %{HTTP_HOST} =www.example.com',
    'RewriteCond %{HTTP:X-Forwarded-Proto} =http',
    'RewriteCond {{ condition }}',
  ])
    assert.deepEqual(told(condition), ['information'], condition);
  assert.deepEqual(told('', 'RewriteRule ^ https://backend.example.net/ [P]'), ['information']);
  assert.deepEqual(told('', `${rule}\nRewriteEngine off`), ['information']);
  assert.deepEqual(found(`RewriteEngine on\n${rule}`, 'RewriteEngine off\n'), ['information']);
});

test('a rule for WebSockets alone leaves the pages where they are', () => {
  const upgrade =
    'RewriteEngine on\nRewriteCond %{HTTP:Upgrade} websocket [NC]\nRewriteRule ^/(.*) ws://127.0.0.1:8080/$1 [P]\n';
  const host = (port: number, more = '') =>
    `<VirtualHost *:${port}>\nServerName example.com\n${upgrade}ProxyPass / http://127.0.0.1:8080/\n${more}</VirtualHost>\n`;
  const tls = 'SSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n';
  const text = `Listen 80\nListen 443\n${host(80)}${host(443, tls)}`;
  const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
  assert.equal(findings.filter(({ rule }) => rule === 'redirect-missing').length, 1);
  const [hsts] = findings.filter(({ rule }) => rule === 'hsts-missing');
  assert.match(hsts?.message ?? '', /can only come from the backend/);
});

test('a start page that is in a folder of the same site is followed there', () => {
  const tls = 'SSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n';
  const host = (port: number, more: string) =>
    `<VirtualHost *:${port}>\nServerName example.com\nDocumentRoot /srv/www\n${more}</VirtualHost>\n`;
  const found = (start: string) => {
    const text = `Listen 80\nListen 443\n${host(80, `${start}\n`)}${host(443, tls)}`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.filter(({ rule }) => rule === 'redirect-missing').map(({ fixes }) => fixes?.length);
  };
  assert.deepEqual(found('RedirectMatch ^/$ /app/'), [0]);
  assert.deepEqual(found('RedirectMatch ^/$ http://example.com/app/'), [0]);
  assert.deepEqual(found('RewriteEngine on\nRewriteRule ^/$ /app/ [R]'), [0]);
  assert.deepEqual(found('RedirectMatch ^/$ https://example.com/app/'), []);
  assert.deepEqual(found('RedirectMatch ^/$ http://other.example/app/'), []);
  assert.deepEqual(found('RedirectMatch ^/$ //other.example/app/'), []);
  assert.deepEqual(found('RedirectMatch ^/$ /app/\nRedirect /app https://example.com/app'), []);
  assert.deepEqual(found('RedirectMatch ^/ /'), []);
  // A file that may be there, and that nobody has at hand, may redirect.
  const folder = '<Directory /srv/app>\nAllowOverride All\n</Directory>\nAlias /app /srv/app';
  assert.deepEqual(found(`RedirectMatch ^/$ /app/\n${folder}`), []);
  assert.deepEqual(found(`RedirectMatch ^/$ /app/\n${folder.replace('All', 'None')}`), [0]);
});

test('no redirect is missed to a site that leads on to plain HTTP, of whatever host', () => {
  const found = (answer: string) => {
    const text = `events {}
http {
  server { listen 80; server_name example.com www.example.com; root /srv; }
  server { listen 443 ssl; server_name example.com; ssl_certificate a.crt; ssl_certificate_key a.key; ${answer} }
}
`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    return findings.filter(({ rule }) => rule === 'redirect-missing').length;
  };
  assert.equal(found('root /srv;'), 1);
  assert.equal(found('return 301 http://example.com$request_uri;'), 0);
  assert.equal(found('return 301 http://www.example.com$request_uri;'), 0);
});

test('a section of paths that speaks of rewriting takes the rules of the folder away', () => {
  const found = (section: string) => {
    const rule = 'RewriteEngine on\nRewriteRule ^(.*)$ https://example.com/$1 [R=301,L]\n';
    const host = (port: number, more: string) =>
      `<VirtualHost *:${port}>\nServerName example.com\nDocumentRoot /srv/www\n${more}\n</VirtualHost>\n`;
    const tls = 'SSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key';
    const text = `Listen 80\nListen 443\n${host(80, section)}${host(443, tls)}<Directory /srv/www>\n${rule}</Directory>\n`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.some(({ rule }) => rule === 'redirect-missing');
  };
  assert.equal(found(''), false);
  assert.equal(found('<Location />\nRewriteBase /\n</Location>'), true);
  assert.equal(found('<Location />\nRewriteOptions Inherit\n</Location>'), false);
  assert.equal(found('<Location /other>\nRewriteEngine on\n</Location>'), false);
});

test('no redirect is missed where plain HTTP is refused, as the page that says so may lead on', () => {
  const found = (lines: string) => {
    const host = (port: number, more: string) =>
      `<VirtualHost *:${port}>\nServerName example.com\nDocumentRoot /srv/www\n${more}\n</VirtualHost>\n`;
    const tls = host(443, 'SSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key');
    const text = `Listen 80\nListen 443\n${host(80, lines)}${tls}`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.some(({ rule }) => rule === 'redirect-missing');
  };
  const proxy = 'ProxyPass / http://127.0.0.1:3000/\n';
  for (const refusal of ['SSLRequireSSL', 'Require ssl']) {
    for (const more of ['', proxy]) {
      assert.equal(found(`${more}<Location />\n${refusal}\n</Location>`), false, refusal);
      assert.equal(found(`${more}<Location /other>\n${refusal}\n</Location>`), true, refusal);
    }
    assert.equal(found(`<Directory /srv/www>\n${refusal}\n</Directory>`), false, refusal);
  }
  assert.equal(found(`${proxy}<Location />\nRequire expr true\n</Location>`), true);
  for (const inner of ['Require ssl\nRequire all granted', 'Require valid-user\nRequire ssl']) {
    assert.equal(found(`${proxy}<Location />\n<RequireAll>\n${inner}\n</RequireAll>\n</Location>`), false, inner);
  }
  // Of several one is enough, and of several sections the last one counts (a real Apache served the page).
  assert.equal(found('<Location />\nRequire ssl\nRequire all granted\n</Location>'), true);
  const overruled = '<Directory /srv/www>\nRequire ssl\n</Directory>\n<Location />\nRequire all granted\n</Location>';
  assert.equal(found(overruled), true);
  assert.equal(found(overruled.replace('Require ssl', 'SSLRequireSSL')), false);
});

// A real Apache answered 403 over plain HTTP to the first three, and by the backend to the others.
test('a <Proxy> that refuses plain HTTP needs no redirect', () => {
  const isFound = (inside: string, section = '<Proxy *>') => {
    const host = (port: number, lines: string) =>
      `Listen ${port}\n<VirtualHost *:${port}>\nServerName example.com\n${lines}\nProxyPass / http://127.0.0.1:9000/\n</VirtualHost>\n`;
    const text = host(80, `${section}\n${inside}\n</Proxy>`) + host(443, 'SSLEngine on\nSSLCertificateFile a.pem');
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.some(({ rule }) => rule === 'redirect-missing');
  };
  for (const refusal of ['SSLRequireSSL', 'Require ssl', 'Require all denied'])
    assert.equal(isFound(refusal), false, refusal);
  assert.equal(isFound('SSLRequireSSL', '<Proxy http://127.0.0.1:9000/>'), false);
  assert.equal(isFound('SSLRequireSSL', '<Proxy http://other.example/>'), true);
  assert.equal(isFound('Order deny,allow\nAllow from all'), true);
  assert.equal(
    isFound('Require all denied\n</Proxy>\n<Location />\nRequire all granted\n</Location>\n<Proxy x:>'),
    true,
  );
});
