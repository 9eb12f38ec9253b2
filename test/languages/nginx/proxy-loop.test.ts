import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText } from './project.ts';

const found = (text: string) => checkText(`events {}\n${text}\n`).filter(({ rule }) => rule === 'proxy-loop');
const pass = 'proxy_pass http://127.0.0.1:8080;';
const site = (lines: string, names = 'server_name a.example;') => `server { listen 8080; ${names} ${lines} }`;
const web = (...servers: readonly string[]) => found(`http { ${servers.join(' ')} }`).length;

test('a location that passes to its own server is told, in one finding for all of a server', () => {
  for (const line of [
    pass,
    'proxy_pass http://localhost:8080;',
    'proxy_pass http://127.0.0.1:8080/;',
    'proxy_pass http://127.0.0.1:8080/app/;',
    'proxy_pass http://127.0.0.1:8080/?a=b;',
  ])
    assert.equal(web(site(`location / { ${line} }`)), 1, line);
  const [report, ...others] = found(`http { ${site(`location /a { ${pass} } location = /b { ${pass} }`)} }`);
  assert.match(report?.message ?? '', / leads back to 0\.0\.0\.0:8080, which is this very server: /);
  assert.deepEqual(
    report?.related?.map(({ message }) => message),
    ['It is opened here', 'Here too'],
  );
  assert.deepEqual(others, []);
  assert.equal(web('upstream b { server 127.0.0.1:8080; }', site('location / { proxy_pass http://b; }')), 1);
  const secure =
    'server { listen 443 ssl; ssl_certificate a; ssl_certificate_key b; location / { proxy_pass https://[::1]; } }';
  assert.equal(web(secure), 0);
  assert.equal(web(secure.replace('443', '[::]:443')), 1);
});

test('what may end the loop with a status of its own is named instead of 500 and 502', () => {
  const limited = (lines: string) => found(`http { ${lines} ${site(`location / { ${pass} }`)} }`)[0]?.message ?? '';
  const zone = 'limit_conn_zone $binary_remote_addr zone=z:1m;';
  assert.match(limited(`${zone} limit_conn z 10;`), / again and again until "limit_conn" refuses that or no /);
  assert.match(limited('deny 10.0.0.1;'), / until "deny" refuses that /);
  assert.match(limited(''), / get status 500 or 502 /);
});

test('another backend, server or location, or a condition, ends it', () => {
  for (const lines of [
    'location / { proxy_pass http://127.0.0.1:8081; }',
    'location / { proxy_pass https://127.0.0.1:8080; }',
    'location / { proxy_pass http://192.0.2.1:8080; }',
    'location /a/ { proxy_pass http://127.0.0.1:8080/; } location / { root /srv; }',
    `location / { if ($http_x_seen) { return 204; } ${pass} }`,
    `location / { deny all; ${pass} }`,
    `location / { internal; ${pass} }`,
    `return 204; location / { ${pass} }`,
    `location ~ \\.php$ { ${pass} }`,
    `location / { proxy_method POST; if ($request_method = POST) { return 204; } ${pass} }`,
    'location / { proxy_pass http://127.0.0.1:8080/a; } location ~ ^/a. { root /srv; }',
    'location / { proxy_pass http://127.0.0.1:8080$uri; }',
  ])
    assert.equal(web(site(lines)), 0, lines);
  assert.equal(web(site(`location / { ${pass} }`).replace('8080;', '8080 proxy_protocol;')), 0);
  assert.equal(web(site(`location / { ${pass} }`).replace('8080;', '192.0.2.1:8080;')), 0);
  const mixed = 'upstream b { server 127.0.0.1:8080; server 127.0.0.1:8081; }';
  assert.equal(web(mixed, site('location / { proxy_pass http://b; }')), 0);
  assert.equal(web('include sites/*.conf.in; include a.conf;', site(`location / { ${pass} }`)), 0);
});

test('of several servers the host that is passed on tells which one answers', () => {
  const other = site('root /srv;', 'server_name b.example;');
  const host = (value: string) => site(`location / { ${pass} proxy_set_header Host ${value}; }`);
  assert.equal(web(other, site(`location / { ${pass} }`)), 0);
  assert.equal(web(site(`location / { ${pass} }`), other), 1);
  assert.equal(web(other, site(`location / { ${pass} }`).replace('8080;', '8080 default_server;')), 1);
  for (const value of ['$host', '$http_host', '$host:$server_port', 'a.example', '"A.example:8080"'])
    assert.equal(web(other, host(value)), 1, value);
  for (const value of ['b.example', 'b.example.', '$proxy_host', '$arg_host'])
    assert.equal(web(other, host(value)), 0, value);
  assert.equal(web(other, host('$host').replace('server_name a.example;', '')), 0);
  // Whoever asks for no name has come to the server that has none.
  for (const names of ['', 'server_name "";', 'server_name c.example "";'])
    assert.equal(web(host('""'), site('root /srv;', names)), 0, names);
  assert.equal(web(host('$host').replace('a.example', '_'), site('root /srv;', '')), 1);
  const pattern = site('root /srv;', 'server_name *.example;');
  assert.equal(web(pattern, host('c.example')), 0);
  assert.equal(web(pattern, host('$host')), 1);
});

test('so is a server of stream that passes to its own address', () => {
  const stream = (lines: string) => found(`stream { ${lines} }`).length;
  assert.equal(stream('server { listen 5432; proxy_pass 127.0.0.1:5432; }'), 1);
  assert.equal(stream('server { listen unix:/run/a; proxy_pass unix:/run/a; }'), 1);
  assert.equal(stream('upstream b { server 127.0.0.1:443; } server { listen 443; proxy_pass b; }'), 1);
  const chosen = (source: string) =>
    stream(
      `map ${source} $to { a 127.0.0.1:8443; default 127.0.0.1:443; } server { listen 443; ssl_preread on; proxy_pass $to; }`,
    );
  assert.equal(chosen('$ssl_preread_server_name'), 1);
  assert.equal(chosen('$remote_addr'), 0);
  for (const lines of [
    'server { listen 5432; proxy_pass 127.0.0.1:5433; }',
    'server { listen 192.0.2.1:5432; proxy_pass 127.0.0.1:5432; }',
    'server { listen 5432; server_name a; proxy_pass 127.0.0.1:5432; } server { listen 5432; server_name b; proxy_pass 127.0.0.1:1; }',
    'server { listen 5432; proxy_pass 127.0.0.1:5433; } server { listen 5433; proxy_pass 192.0.2.1:5432; }',
  ])
    assert.equal(stream(lines), 0, lines);
});
