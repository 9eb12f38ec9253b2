import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../../src/languages/nginx/index.ts';
import type { ServerModel, Site } from '../../../../src/tls/model/server-model.ts';
import { knownValue } from '../../../../src/tls/model/setting.ts';
import { projectOf } from '../project.ts';
import { modelOf, only } from './model.ts';

const main = '/etc/nginx/nginx.conf';

/** What a server holds, and whether its locations send the server's headers alone, as far as that is told without looking at each. */
const servers: readonly (readonly [text: string, shared: boolean])[] = [
  ['', true],
  ['add_header A 1; location / { return 200; }', true],
  ['location / { add_header A 1; }', false],
  ['location / { location /a { add_header A 1; } }', false],
  ['location / { if ($http_a) { add_header A 1; } }', false],
  ['location / { more_set_headers "A: 1"; }', false],
  ['location / { header_filter_by_lua_block { ngx.header.A = 1 } }', false],
  ['include unread.conf; location / { return 200; }', true],
  ['location / { include unread.conf; }', false],
];

test('servers whose locations have headers of their own are found without their locations', () => {
  const text = servers.map(([inside], index) => `server { server_name s${index}; ${inside} }`).join('\n');
  const { sites } = nginx.lower(projectOf({ [main]: `events {} http { add_header B 1; ${text} }` }));
  for (const [index, [inside, shared]] of servers.entries()) {
    const site = sites[index];
    assert.equal(site?.routesShareHeaders, shared, inside);
    const own = site.routes.filter(({ headers }) => headers.value !== site.headers.value);
    assert.equal(own.length === 0, shared, inside);
  }
});

test('of directives without a server around them nothing is promised', () => {
  const snippet = 'location / { add_header A 1; }';
  const { sites } = nginx.lower(projectOf({ '/work/snippet.conf': snippet }, { context: 'server' }));
  assert.deepEqual(
    sites.map(({ routesShareHeaders }) => routesShareHeaders),
    [false],
  );
});

test('where a program or a module has a say in headers, around too, none is missed', () => {
  const tls = 'listen 443 ssl; server_name a.example; ssl_certificate a.crt; ssl_certificate_key a.key;';
  const kind = (http: string, server: string) => {
    const text = `events {} http { ${http} server { ${tls} ${server} } }`;
    return nginx.lower(projectOf({ [main]: text })).sites[0]?.headers.value.kind;
  };
  for (const program of ['security_headers on;', 'js_header_filter a.b;', 'header_filter_by_lua_file a.lua;']) {
    assert.equal(kind(program, ''), 'partial', program);
    assert.equal(kind(program, 'add_header A b;'), 'partial', program);
    assert.equal(kind('', `add_header A b; ${program}`), 'partial', program);
  }
  assert.equal(kind('security_headers on;', 'security_headers off; add_header A b;'), 'known');
});

test('the answer to / has the headers of the location that makes it, of an error page or an index too', () => {
  const from = (inside: string) => {
    const text = `events {} http { server { root /srv; add_header A server; ${inside} } }`;
    const [site] = nginx.lower(projectOf({ [main]: text })).sites;
    const value = (site?.rootHeaders ?? site?.headers)?.value;
    return value?.kind === 'known' ? value.value.map((header) => header.value).join() : value?.kind;
  };
  const page = 'location = /page.html { add_header A page; }';
  assert.equal(from(`location / { deny all; } error_page 403 =200 /page.html; ${page}`), 'page');
  assert.equal(from(`location / { deny all; } error_page 403 /page.html; ${page}`), 'page');
  assert.equal(from(`return 403; error_page 403 @page; location @page { add_header A named; }`), 'named');
  assert.equal(from(`rewrite ^/$ /page.html last; ${page}`), 'page');
  assert.equal(from(`index page.html; ${page}`), 'page');
  assert.equal(from(`location = /index.html { deny all; error_page 403 /page.html; } ${page}`), 'page');
  assert.equal(
    from(`location / { add_header A root; try_files $uri =404; } location ~ html { add_header A html; }`),
    'root',
  );
  assert.equal(from(`location / { add_header A root; return 403; } ${page}`), 'root');
});

test('headers of the headers-more module replace and clear one another, and none of add_header', () => {
  const cases: readonly (readonly [location: string, sent: readonly string[]])[] = [
    ["more_set_headers 'X-A: 2';", ['X-H: h', 'X-A: 2']],
    ["more_set_headers 'x-a: 2' 'X-A: 3';", ['X-H: h', 'X-A: 3']],
    ["more_set_headers 'X-A 2';", ['X-H: h', 'X-A: 2']],
    ["more_set_headers 'X-A : 2';", ['X-H: h', 'X-A: 2']],
    ["more_set_headers -a 'X-A: 2';", ['X-A: 1', 'X-H: h', 'X-A: 2']],
    ['more_clear_headers X-A;', ['X-H: h']],
    ["more_clear_headers 'X-*' Server;", []],
    ["more_set_headers 'X-A:';", ['X-H: h']],
    ['more_set_headers X-A;', ['X-H: h']],
    ['add_header X-A 2; more_clear_headers X-A;', ['X-H: h', 'X-A: 2']],
    ["more_set_headers -s '200 404' 'X-B: 2';", ['X-A: 1', 'X-H: h', 'X-B: 2']],
    ["more_set_headers -s 404 'X-B: 2';", ['X-A: 1', 'X-H: h']],
    ["more_set_headers -t 'text/html text/plain' 'X-B: 2';", ['X-A: 1', 'X-H: h', 'X-B: 2']],
    ["more_set_headers -t text/css 'X-B: 2';", ['X-A: 1', 'X-H: h']],
  ];
  for (const [inside, sent] of cases) {
    const text = `events {} http { more_set_headers 'X-A: 1' 'X-H: h'; server { location / { ${inside} } } }`;
    const [site] = nginx.lower(projectOf({ [main]: text })).sites;
    const headers = site && knownValue(site.routes[0]?.headers ?? site.headers);
    assert.deepEqual(
      headers?.map(({ name, value }) => `${name}: ${value}`),
      sent,
      inside,
    );
  }
});

test('what headers-more sets is sent with errors too, unless it is bound to statuses', () => {
  const text = `events {} http { server { more_set_headers 'X-A: 1'; more_set_headers -s 200 'X-B: 1'; } }`;
  const [site] = nginx.lower(projectOf({ [main]: text })).sites;
  assert.deepEqual(site && knownValue(site.headers)?.map(({ always }) => always), [true, false]);
});

test('headers of a location replace those of the server; merging comes with 1.29.3', () => {
  const text =
    'server { add_header A 1; location /x { add_header B 2; add_header_inherit merge; } location /y { root /y; } }';
  const names = (model: ServerModel) =>
    only(model.sites).routes.map((route) => knownValue(route.headers)?.map(({ name }) => name));
  assert.deepEqual(names(modelOf(text)), [['B'], ['A']]);
  assert.deepEqual(names(modelOf(text, { target: { nginx: '1.29.3' } })), [['A', 'B'], ['A']]);
});

test('how headers are inherited is inherited itself', () => {
  const namesOf = (http: string) => {
    const [site] = modelOf(http, { target: { nginx: '1.29.3' } }).sites;
    const names = (headers: Site['headers']) => knownValue(headers)?.map(({ name }) => name);
    assert.ok(site);
    return [site.headers, ...site.routes.map(({ headers }) => headers)].map(names);
  };
  const site = 'add_header A 1; location /x { add_header B 2; location /x/y { } }';
  assert.deepEqual(namesOf(`add_header_inherit merge; add_header C 3; server { ${site} }`), [
    ['C', 'A'],
    ['C', 'A', 'B'],
    ['C', 'A', 'B'],
  ]);
  assert.deepEqual(namesOf(`server { add_header_inherit off; ${site} location /z { more_set_headers "D: 4"; } }`), [
    ['A'],
    ['B'],
    [],
    ['D'],
  ]);
  const standard = `add_header_inherit merge; server { add_header_inherit on; ${site} }`;
  assert.deepEqual(namesOf(standard), [['A'], ['B'], ['B']]);
});
