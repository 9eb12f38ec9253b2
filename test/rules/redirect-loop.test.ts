import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const file = '/etc/nginx/nginx.conf';

function messages(lines: string): readonly string[] {
  const text = `events {}\nhttp { server { listen 443 ssl; ${lines} } }\n`;
  const { findings } = analyseText(text, { language: 'nginx', file });
  return findings.filter(({ rule }) => rule === 'redirect-loop').map(({ message }) => message);
}

test('a site that sends all its names to one of them sends that one to itself', () => {
  const [message] = messages(
    'server_name example.com www.example.com; return 301 https://www.example.com$request_uri;',
  );
  assert.match(message ?? '', /answers https:\/\/www\.example\.com\/ with a redirect to https:\/\/www\.example\.com\//);
});

test('one that sends only the other names there does not', () => {
  const names = 'server_name example.com www.example.com;';
  const redirect = 'return 301 https://www.example.com$request_uri;';
  assert.deepEqual(messages(`${names} if ($host = example.com) { ${redirect} } root /srv;`), []);
  assert.deepEqual(messages(`${names} if ($host != www.example.com) { ${redirect} } root /srv;`), []);
  assert.deepEqual(messages('server_name example.com; return 301 https://www.example.com$request_uri;'), []);
});

test('one that sends all but its first name there does, under that name alone', () => {
  const names = 'server_name example.com www.example.com;';
  const redirect = 'return 301 https://www.example.com$request_uri;';
  const [message, ...others] = messages(`${names} if ($host != example.com) { ${redirect} } root /srv;`);
  assert.match(
    message ?? '',
    /answers https:\/\/www\.example\.com\/ .* Leave www\.example\.com out of the redirect\.$/,
  );
  assert.deepEqual(others, []);
  // Whichever name is the first, and whatever the others get.
  for (const lines of [
    `server_name www.example.com example.com; if ($host = www.example.com) { ${redirect} } root /srv;`,
    `listen 80; ${names} if ($host = www.example.com) { ${redirect} } return 301 https://example.net/;`,
  ])
    assert.match(messages(lines)[0] ?? '', /Leave www\.example\.com out of the redirect\.$/, lines);
  const rewrite = (name: string) => {
    const rules = `RewriteEngine on\nRewriteCond %{HTTP_HOST} !^${name}$\nRewriteRule ^ https://www.example.com%{REQUEST_URI} [R=301,L]`;
    const text = `Listen 443\n<VirtualHost *:443>\nServerName example.com\nServerAlias www.example.com\nSSLEngine on\n${rules}\n</VirtualHost>\n`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.filter(({ rule }) => rule === 'redirect-loop').length;
  };
  assert.equal(rewrite('example\\.com'), 1);
  assert.equal(rewrite('www\\.example\\.com'), 0);
});

test('a site on a port of its own leads to itself by that port alone', () => {
  const found = (lines: string) => {
    const text = `Listen 8443 https\nListen 443\n<VirtualHost *:8443>\nServerName example.com\nSSLEngine on\n${lines}\n</VirtualHost>\n`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.filter(({ rule }) => rule === 'redirect-loop').map(({ message }) => message);
  };
  const [message, ...others] = found('Redirect / https://example.com:8443/');
  assert.match(
    message ?? '',
    /answers https:\/\/example\.com:8443\/ with a redirect to https:\/\/example\.com:8443\/,/,
  );
  assert.equal(others.length, 0);
  assert.deepEqual(found('Redirect / https://example.com/'), []);
  assert.deepEqual(found('Redirect / https://example.com:9443/'), []);
});

// A real Apache sent curl round for ever.
test('a site goes round over plain HTTP as well', () => {
  const found = (lines: string, more = '') => {
    const text = `Listen 80\nListen 443\n<VirtualHost *:80>\nServerName example.com\n${lines}\n</VirtualHost>\n${more}`;
    const { findings } = analyseText(text, { language: 'apache', file: '/etc/apache2/apache2.conf' });
    return findings.filter(({ rule }) => rule === 'redirect-loop').map(({ message }) => message);
  };
  const [message, ...others] = found('Redirect / http://example.com/');
  assert.match(message ?? '', /answers http:\/\/example\.com\/ with a redirect to http:\/\/example\.com\/,/);
  assert.equal(others.length, 0);
  assert.deepEqual(found('Redirect / https://example.com/'), []);
  assert.deepEqual(found('ServerAlias www.example.com\nRedirect / http://other.example/'), []);
  const own = 'RewriteEngine on\nRewriteCond %{HTTP_HOST} !=example.com\nRewriteRule ^ http://example.com/ [R,L]';
  assert.deepEqual(found(`ServerAlias www.example.com\n${own}`), []);
  const www = '<VirtualHost *:80>\nServerName www.example.com\nRedirect / http://example.com/\n</VirtualHost>\n';
  assert.equal(found('Redirect / http://www.example.com/', www).length, 1);
});

test('so does one of nginx, and one that leads on to HTTPS does not', () => {
  const found = (lines: string) => {
    const text = `events {}\nhttp { server { listen 80; ${lines} } }\n`;
    const { findings } = analyseText(text, { language: 'nginx', file });
    return findings.filter(({ rule }) => rule === 'redirect-loop').length;
  };
  assert.equal(found('server_name example.com; return 301 http://example.com$request_uri;'), 1);
  assert.equal(found('server_name example.com; return 301 http://$host$request_uri;'), 1);
  assert.equal(found('server_name example.com; return 301 https://$host$request_uri;'), 0);
  assert.equal(
    found('server_name a.example b.example; if ($host = b.example) { return 301 http://a.example/; } root /srv;'),
    0,
  );
});

// Clients send the port along in Host where it is not the one of the scheme: `$http_host` and `%{HTTP_HOST}` have it, `$host` and `%{SERVER_NAME}` do not.
test('a condition on another port sees the name with the port', () => {
  const apache = (lines: string, more = '') => {
    const host = `<VirtualHost *:8443>\nServerName example.com\nSSLEngine on\nRewriteEngine on\n${lines}\n</VirtualHost>\n`;
    const { findings } = analyseText(`Listen 443\nListen 8443\n${host}${more}`, {
      language: 'apache',
      file: '/etc/apache2/apache2.conf',
    });
    return findings.filter(({ rule }) => rule === 'redirect-loop').map(({ message }) => message);
  };
  const rule = 'RewriteRule ^ https://example.com:8443%{REQUEST_URI} [R,L]';
  for (const condition of ['%{HTTP_HOST} ^example\\.com$', '%{HTTP_HOST} !:8443$', '%{SERVER_NAME} !=example.com'])
    assert.deepEqual(apache(`RewriteCond ${condition}\n${rule}`), [], condition);
  for (const condition of ['%{HTTP_HOST} !^example\\.com$', '%{HTTP_HOST} :8443$', '%{SERVER_NAME} =example.com'])
    assert.equal(apache(`RewriteCond ${condition}\n${rule}`).length, 1, condition);
  const [left] = apache(`RewriteCond %{HTTP_HOST} !=example.com\n${rule}`);
  assert.match(left ?? '', / Leave example\.com:8443 out of the redirect\.$/);
  const there =
    '<VirtualHost *:443>\nServerName example.com\nSSLEngine on\nRedirect / https://example.com:8443/\n</VirtualHost>\n';
  const [alone] = apache('RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R,L]', there);
  assert.match(
    alone ?? '',
    /\(\*:8443\) answers https:\/\/example\.com:8443\/ with a redirect to https:\/\/example\.com:8443\//,
  );
  const nginx = (condition: string) =>
    analyseText(
      `events {}\nhttp { server { listen 8443 ssl; server_name example.com; if (${condition}) { return 301 https://$host:8443$request_uri; } root /srv; } }\n`,
      { language: 'nginx', file },
    ).findings.filter((each) => each.rule === 'redirect-loop').length;
  assert.deepEqual(['$http_host = example.com', '$host != example.com'].map(nginx), [0, 0]);
  assert.deepEqual(['$http_host != example.com', '$host = example.com'].map(nginx), [1, 1]);
});

test('a redirect that adds something to every path, or leads to its own path, has no end', () => {
  const said = (lines: string) => messages(`server_name a.test; ${lines}`);
  for (const lines of [
    'rewrite ^/(.*)$ https://a.test/app/$1 permanent;',
    'return 301 https://$host/app$request_uri;',
    'rewrite ^/(.*)$ /app/$1 redirect;',
  ]) {
    assert.equal(said(lines).length, 1, lines);
    assert.match(
      said(lines)[0] ?? '',
      /to https:\/\/a\.test\/app\/, which leads to https:\/\/a\.test\/app\/app\/, .* does not begin with \/app\/ yet\.$/,
    );
  }
  assert.equal(messages('server_name a.test b.test; return 301 https://$host/app$request_uri;').length, 1);
  assert.match(
    said('location = / { return 301 /app/; } location /app { return 301 /app/; }')[0] ?? '',
    /Serve the content at \/app\/\.$/,
  );
  for (const lines of [
    'location / { return 302 /app$uri; } location /app { root /srv; }',
    'if ($request_uri !~ ^/app) { rewrite ^(.*)$ https://a.test/app$1 redirect; } root /srv;',
    'rewrite ^/((?!app).*)$ /app/$1 redirect; root /srv;',
    'return 302 https://b.test/app$request_uri;',
    'return 302 http://a.test/app$request_uri;',
    'return 302 /app$uri?$args;',
    'location / { return 301 /x/../app/; } location /app/ { root /srv; }',
    'location / { return 301 /app//in; } location = /app/in { root /srv; }',
    "if ($arg_seen = '') { return 302 $uri?seen=1; } root /srv;",
    'if ($cookie_seen) { rewrite ^/(.*)$ /app/$1 redirect; } root /srv;',
    'rewrite "^/(.{0,40})$" /app/$1 redirect; root /srv;',
  ])
    assert.deepEqual(said(lines), [], lines);
});
