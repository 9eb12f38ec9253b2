import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText } from './project.ts';

const found = (location: string, http = '') =>
  checkText(`events {}\nhttp { ${http} server { listen 80; location / { ${location} } } }\n`)
    .filter(({ rule }) => rule === 'resolver-missing')
    .map(({ message }) => / looks up (\S+) /.exec(message)?.[1]);

test('a host is looked up for each request where a variable stands in its address', () => {
  for (const location of [
    'set $u http://app.example; proxy_pass $u;',
    'set $u App.example; proxy_pass https://$u:8443/a;',
    'proxy_pass http://app.example$request_uri;',
    'proxy_pass http://app.example/$arg_a;',
    'proxy_pass http://app.example:$server_port;',
    'grpc_pass grpcs://app.example:$server_port;',
    'set $u app.example:9000; fastcgi_pass $u;',
    'proxy_pass $scheme://app.example;',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own
    'proxy_pass ${scheme}://app.example:8443/a;',
  ])
    assert.deepEqual(found(location), ['app.example'], location);
  assert.deepEqual(found('proxy_pass http://localhost$request_uri;'), ['localhost']);
});

test('addresses, groups, hosts that are known from the start, and what the request decides need no resolver', () => {
  for (const location of [
    'proxy_pass http://app.example;',
    'resolver 127.0.0.1; proxy_pass http://app.example$request_uri;',
    'proxy_pass http://192.0.2.1$request_uri;',
    'proxy_pass http://[::1]:80$request_uri;',
    'set $u unix:/run/a; fastcgi_pass $u;',
    'proxy_pass http://app$arg_a;',
    'proxy_pass http://$host;',
    'proxy_pass $scheme://192.0.2.1;',
    'proxy_pass $arg_a://app.example;',
    'set $u http://app.example; if ($arg_a) { set $u http://192.0.2.1; } proxy_pass $u;',
    'set $u http://app.example; access_by_lua_file a.lua; proxy_pass $u;',
    'set $u http://app.example; auth_request /a; auth_request_set $u $upstream_http_a; proxy_pass $u;',
    'include a.conf; proxy_pass http://app.example$request_uri;',
    'return 204; proxy_pass http://app.example$request_uri;',
    // What stands in the location around it is not run for it.
    'set $u http://app.example; location /a { proxy_pass $u; }',
  ])
    assert.deepEqual(found(location), [], location);
  const location = 'proxy_pass http://app.example:80$request_uri;';
  for (const http of [
    'resolver 127.0.0.1;',
    'server { listen 81; location / { proxy_pass http://app.example; } }',
    'include resolver.conf;',
    'keyval_zone zone=a:32k;',
    'rewrite_by_lua_file a.lua;',
  ])
    assert.deepEqual(found(location, http), [], http);
});

test('a group has no port, and a host is known by its own alone', () => {
  const group = 'upstream APP { server 192.0.2.1; }';
  const other = 'server { listen 81; location / { proxy_pass http://app:8080; } }';
  for (const [location, http, expected] of [
    ['proxy_pass $scheme://app;', group, []],
    ['proxy_pass $scheme://app:8080;', group, ['app']],
    ['set $u http://app:8080; proxy_pass $u;', group, ['app']],
    ['set $u app:9000; fastcgi_pass $u;', group, ['app']],
    ['proxy_pass http://app:$server_port;', group, []],
    ['proxy_pass $scheme://app:8080;', other, []],
    ['proxy_pass $scheme://app:8081;', other, ['app']],
    ['proxy_pass http://app:$server_port;', other, []],
    ['proxy_pass http://app:80$request_uri;', other.replace(':8080', ''), []],
    ['proxy_pass http://app:8080$request_uri;', other.replace(':8080', ''), ['app']],
  ] as const)
    assert.deepEqual(found(location, http), expected, `${http} ${location}`);
  const [report] = checkText(
    `events {} http { ${group} server { listen 80; location / { proxy_pass $scheme://app:80; } } }`,
  );
  assert.match(report?.message ?? '', /behind app the port 80, which no group has.* Leave the port out/);
});

test('a request that comes from another location keeps what was set there', () => {
  const inServer = (lines: string) => found(`proxy_pass $u; } set $u http://app.example; ${lines} location /z {`);
  assert.deepEqual(inServer(''), ['app.example']);
  const other = 'location /a { set $u http://192.0.2.1; rewrite ^ / last; }';
  assert.deepEqual(inServer(other), []);
  assert.deepEqual(inServer(other.replace('$u', '$v')), ['app.example']);
  assert.deepEqual(found(`set $u http://app.example; proxy_pass $u; } ${other} location /z {`), ['app.example']);
});

test('a host that a map gives is looked up too, in a stream as well', () => {
  const map = (values: string) => `map $host $to { ${values} }`;
  const both = map('a.example http://app; b.example http://Other:81; default http://192.0.2.1;');
  assert.deepEqual(found('proxy_pass $to;', both), ['app,']);
  assert.deepEqual(
    found(
      'proxy_pass http://$to;',
      `${map('a.example app; default web;')} upstream app { server 192.0.2.1; } upstream web { server 192.0.2.1; }`,
    ),
    [],
  );
  assert.deepEqual(found('proxy_pass $to;', map('a.example http://$arg_a; default http://app;')), []);
  assert.deepEqual(found('resolver 127.0.0.1; proxy_pass $to;', both), []);
  const inStream = (values: string, more = '') =>
    checkText(
      `events {} stream { map $ssl_preread_server_name $to { ${values} } upstream web { server 192.0.2.1:443; } ${more} server { listen 443; ssl_preread on; proxy_pass $to; } }`,
    ).filter(({ rule }) => rule === 'resolver-missing');
  const [report] = inStream('a.example app:443; default web;');
  assert.match(report?.message ?? '', /looks up app for each connection, .* those end at once .* as its values/);
  assert.match(inStream('default web:443;')[0]?.message ?? '', /behind web the port 443, which no group has/);
  assert.deepEqual(inStream('a.example unix:/run/a; b.example 192.0.2.1:443; default web;'), []);
  assert.deepEqual(inStream('default app:443;', 'resolver 127.0.0.1;'), []);
  assert.deepEqual(inStream('default app:443;', 'server { listen 444; proxy_pass app:443; }'), []);
  // What HTTP knows is not known there.
  const two =
    'events {} http { server { listen 80; location / { proxy_pass http://app:443; } } } stream { server { listen 443; set $to app:443; proxy_pass $to; } }';
  assert.equal(checkText(two).filter(({ rule }) => rule === 'resolver-missing').length, 1);
});

test('a host without a port is not even looked up, but by HTTP', () => {
  const said = (location: string, http = '') =>
    checkText(`events {} http { ${http} server { listen 80; location / { ${location} } } }`)
      .filter(({ rule }) => rule === 'resolver-missing')
      .map(({ message }) => message);
  const fastcgi = 'set $u php; fastcgi_pass $u;';
  const [message, ...others] = said(fastcgi);
  assert.match(message ?? '', /no port behind php.* status 500 \(error log: no port in upstream "php"\)/);
  assert.deepEqual(others, []);
  assert.equal(said('set $u app; grpc_pass grpc://$u;').length, 1);
  assert.equal(said(fastcgi, 'server { listen 81; location / { fastcgi_pass php:9000; } }').length, 1);
  assert.deepEqual(said(fastcgi, 'upstream php { server 192.0.2.1:9000; }'), []);
  assert.match(said('set $u app; proxy_pass http://$u;')[0] ?? '', /looks up app .* status 502/);
  const [inStream] = checkText('events {} stream { server { listen 443; set $to app; proxy_pass $to; } }');
  assert.match(inStream?.message ?? '', /connections end at once \(error log: no port in upstream "app"\)/);
});

test('a long address is read once', () => {
  const started = process.cpuUsage().user;
  assert.deepEqual(found(`proxy_pass http://${'a'.repeat(30_000)}$arg_a;`), []);
  assert.ok(process.cpuUsage().user - started < 1e6);
});

test('many values of one variable are not judged for each address', () => {
  const networks = Array.from({ length: 6000 }, (_, at) => `10.${at >> 8}.${at & 255}.0/24 host${at};`).join(' ');
  const places = Array.from({ length: 1500 }, (_, at) => `} location /${at} { proxy_pass http://$to;`).join(' ');
  const started = process.cpuUsage().user;
  assert.deepEqual(found(places, `geo $to { ${networks} }`), []);
  assert.ok(process.cpuUsage().user - started < 2e6);
});

test('so is one that split_clients or geo gives, whatever the client', () => {
  const split = 'split_clients $request_id $to { 5% canary; * app; }';
  const geo = (values: string) => `geo $to { ${values} }`;
  for (const [http, expected] of [
    [split, ['canary,']],
    [`${split} upstream canary { server 192.0.2.1; }`, ['app']],
    ['split_clients a$arg_a $to { * app; }', ['app']],
    [geo('default app; 10.0.0.0/8 192.0.2.1;'), ['app']],
    [geo('ranges; default 192.0.2.1; 10.0.0.0-10.0.0.9 near;'), ['near']],
    ['geo $arg_a $to { delete 127.0.0.0/8; default app; proxy 10.0.0.0/8; }', ['app']],
    [geo('default 192.0.2.1; 10.0.0.0/8 192.0.2.2;'), []],
    ['split_clients $request_id $to { 5% {{ canary }}; * app; }', []],
    [`${split} map $host $to { default other; }`, []],
  ] as const)
    assert.deepEqual(found('proxy_pass http://$to;', http), expected, http);
});
