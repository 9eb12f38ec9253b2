import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const around = (lines: string) => `events {}\nhttp { ${lines} }\n`;
const found = (lines: string) => checkText(around(lines)).filter(({ rule }) => rule === 'error-page-loop');
const server = (listen: string, lines: string, name = 'example.com') =>
  `server { listen ${listen}; server_name ${name}; ${lines} }`;
const verify = 'ssl_client_certificate ca.crt; ssl_verify_client on;';

function mended(lines: string): string {
  return applyEdits(around(lines), found(lines)[0]?.fixes?.[0]?.edits ?? []);
}

test('a page for plain HTTP that is plain HTTP to the same port leads back, and https:// mends it', () => {
  for (const [listen, line] of [
    ['8443 ssl', 'error_page 497 http://$host:$server_port$request_uri;'],
    ['8443 ssl', 'error_page 497 =301 "http://$http_host$request_uri";'],
    ['[::]:8443 ssl', 'error_page 400 497 http://example.com:8443;'],
    ['80 ssl', 'error_page 497 http://$host/;'],
  ] as const) {
    const site = server(listen, line);
    assert.match(found(site)[0]?.message ?? '', /^Whoever speaks plain HTTP to port \d+, /, line);
    assert.equal(mended(site), around(site).replace('http://', 'https://'), line);
    assert.deepEqual(found(site.replace('http://', 'https://')), [], line);
  }
});

test('so it does for servers of any name, by a location, and where it stands around them', () => {
  const line = 'error_page 497 http://$host:$server_port$request_uri;';
  assert.match(found(server('8443 ssl', line, '_'))[0]?.message ?? '', / is sent to http:\/\/\$host:8443\/: /);
  const named = 'error_page 497 = @plain; location @plain { return 302 http://$http_host$request_uri; }';
  assert.equal(found(server('8443 ssl', named))[0]?.related?.length, 1);
  assert.equal(found(`${line} ${server('8443 ssl', '')} ${server('9443 ssl', '', 'b.example')}`).length, 1);
});

test('one that leads to another port or name does not', () => {
  for (const [listen, line] of [
    ['443 ssl', 'error_page 497 http://$host$request_uri;'],
    ['8443 ssl', 'error_page 497 http://$host:8080$request_uri;'],
    ['8443 ssl', 'error_page 497 http://other.example:8443/;'],
    ['8443', 'error_page 497 http://$host:$server_port$request_uri;'],
    ['8443 ssl', 'error_page 497 http://$where;'],
    ['8443 ssl', 'error_page 497 /plain.html; location / { error_page 497 http://$http_host/; }'],
  ] as const) {
    assert.deepEqual(found(server(listen, line)), [], line);
  }
});

test('a page for clients without a certificate leads back to the server that demands one', () => {
  const pages = [
    'error_page 495 496 https://example.com/help;',
    'error_page 496 https://$host$request_uri;',
    'error_page 496 /help; location /help { return 302 https://$host/help; }',
  ];
  for (const line of pages) {
    assert.match(
      found(server('443 ssl', `${verify} ${line}`))[0]?.message ?? '',
      /^Whoever brings no client certificate is sent to https:/,
      line,
    );
    assert.equal(found(`${verify} ${server('443 ssl', line)}`).length, 1, line);
    assert.deepEqual(found(`${verify} ${server('443 ssl', `ssl_verify_client off; ${line}`)}`), [], line);
  }
  const refused = server('443 ssl', 'ssl_verify_client optional; error_page 495 496 https://$host/;');
  assert.match(found(refused)[0]?.message ?? '', /^Whoever brings a client certificate that is refused /);
  for (const line of [
    'error_page 495 496 /help.html;',
    'error_page 495 496 = @help; location @help { return 403; }',
    'error_page 495 496 https://help.example.com/;',
    'error_page 495 496 https://example.com:8443/;',
  ]) {
    assert.deepEqual(found(server('443 ssl', `${verify} ${line}`)), [], line);
  }
});

test('a page for redirects replaces those that the server makes itself', () => {
  const page = 'error_page 497 301 =307 https://$host:$server_port$request_uri;';
  const own = ['location /app/ { proxy_pass http://127.0.0.1:3000; }', 'location = /old { return 301 /new; }'];
  for (const line of own) {
    const site = server('8443 ssl', `${page} ${line}`);
    const [report] = found(site);
    assert.equal(report?.severity, undefined, line);
    assert.equal(report?.related?.length, 1, line);
    assert.equal(mended(site), around(site).replace('497 301', '497'), line);
    const spread = site
      .replace('497 301 =307 https://$host', '497\n301 # moved\n=307 "https://$host')
      .replace('_uri;', '_uri";');
    assert.equal(mended(spread), around(spread).replace('301 #', '#'), line);
  }
  const files = found(server('8443 ssl', `${page} root /srv/www;`));
  assert.deepEqual(
    files.map(({ severity }) => severity),
    ['information'],
  );
  for (const line of [
    'location / { proxy_pass http://127.0.0.1:3000; }',
    'location /app/ { proxy_pass http://127.0.0.1:3000; } location = /app { return 204; } location / { return 204; }',
    'location = /old { return 302 /new; } location / { return 204; }',
    'location /app/ { proxy_pass http://127.0.0.1:3000; } rewrite ^/app$ /app/ last;',
    'location /app/ { proxy_pass http://127.0.0.1:3000; } return 204;',
    'location = /old { return 301 /new; error_page 404 /404; } location / { return 204; }',
  ]) {
    assert.deepEqual(found(server('8443 ssl', `${page} ${line}`)), [], line);
  }
  assert.deepEqual(found(server('8443 ssl', `error_page 301 =307 https://$host/moved; ${own[0]}`)), []);
});

test("what a server inherits may be replaced by an include that is not read, and a name may be another server's", () => {
  const plain = 'error_page 497 http://$host:$server_port$request_uri;';
  assert.deepEqual(found(`${plain} ${server('8443 ssl', 'include tls.conf;')}`), []);
  assert.equal(found(server('8443 ssl', `${plain} include tls.conf;`)).length, 1);
  const page = 'error_page 496 https://help.example.com/;';
  assert.deepEqual(found(`${verify} ${server('443 ssl', `${page} include tls.conf;`, 'help.example.com')}`), []);
  const both = server('443 ssl', `${verify} ${page}`, 'example.com help.example.com');
  assert.equal(found(both).length, 1);
  assert.equal(found(`${both} ${server('80', 'return 204;', 'help.example.com')}`).length, 1);
  assert.deepEqual(found(`${server('443 ssl', '', 'HELP.example.com')} ${both}`), []);
});
