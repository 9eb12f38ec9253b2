import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PathAnswer } from '../../../../src/tls/model/server-model.ts';
import { knownValue } from '../../../../src/tls/model/setting.ts';
import { modelOf, only } from './model.ts';

function challenge(server: string): PathAnswer {
  return only(modelOf(`server {\nserver_name example.com;\n${server}\n}`).sites).challengeAnswer;
}

test('among hundreds of locations the exact one comes first, then the longest prefix', () => {
  const others = Array.from({ length: 300 }, (_, index) => `location /other${index} { return 404; }`).join('\n');
  const folder = '/.well-known/acme-challenge/';
  const answers = [
    `location / { return 401; }\nlocation /.well-known { return 402; }\nlocation ${folder} { return 403; }`,
    `location = ${folder}TOKEN { return 405; }\nlocation ${folder}TOKEN { return 406; }`,
    `location ${folder} { return 407; }\nlocation ~ acme { return 408; }`,
    'location /nowhere { return 409; }',
  ].map((text) => challenge(`root /srv;\n${text}\n${others}`));
  assert.deepEqual(
    answers.map((answer) => (answer.kind === 'status' ? answer.status : answer.kind)),
    [403, 405, 408, 'files'],
  );
});

test('challenges are answered in the order of nginx', () => {
  const kind = (server: string) => challenge(server).kind;
  const files = challenge(
    'location /.well-known/acme-challenge/ { alias /srv/acme/; } location / { return 301 https://$host$request_uri; }',
  );
  assert.equal(files.kind === 'files' && files.directory, '/srv/acme/');
  assert.equal(
    kind('location /.well-known/acme-challenge/ { alias /srv/acme/; } return 301 https://$host$request_uri;'),
    'redirect',
  );
  assert.equal(kind('location /.well-known/ { root /srv; } location ~ /\\. { deny all; }'), 'denied');
  assert.equal(kind('location ^~ /.well-known/ { root /srv; } location ~ /\\. { deny all; }'), 'files');
  const nested = challenge(
    'location ~ ^/\\.well-known/ { root /a; location ~ /acme { root /b; } location ~ T$ { root /c; } }',
  );
  assert.equal(nested.kind === 'files' && nested.directory, '/b/.well-known/acme-challenge/');
  assert.equal(kind('auth_basic x; auth_basic_user_file u; location /.well-known/ { root /srv; }'), 'denied');
  assert.equal(kind('auth_basic x; location /.well-known/ { root /srv; }'), 'files');
  assert.equal(kind('auth_basic x; location /.well-known/ { auth_basic off; root /srv; }'), 'files');
  assert.equal(kind('location / { proxy_pass http://127.0.0.1:8080; }'), 'proxy');
  assert.equal(kind('if ($scheme = http) { return 301 https://$host$request_uri; }'), 'redirect');
  assert.equal(kind('if ($http_user_agent ~ bot) { return 403; } root /srv;'), 'unknown');
  assert.equal(kind('root /srv; location / { try_files $uri /index.php; }'), 'files');
  const root = challenge('root /srv/www;');
  assert.equal(root.kind === 'files' && root.directory, '/srv/www/.well-known/acme-challenge/');
});

test('a break in a condition that holds ends the phase, and what stands behind it answers nothing', () => {
  const said = (server: string) => {
    const answer = challenge(`root /srv; ${server}`);
    return answer.kind === 'files' ? answer.directory : answer.kind === 'status' ? answer.status : answer.kind;
  };
  const own = '/srv/.well-known/acme-challenge/';
  const redirect = 'return 301 https://$host$request_uri;';
  const well = 'if ($request_uri ~ ^/\\.well-known/)';
  assert.equal(said(`${well} { break; } ${redirect}`), own);
  assert.equal(said(`location / { ${well} { break; } ${redirect} }`), own);
  assert.equal(said(`location / { ${well} { rewrite ^ /x/y break; } ${redirect} }`), '/srv/x/');
  // Without a flag nginx goes on behind the condition.
  assert.equal(said(`location / { ${well} { rewrite ^ /x/y; } return 404; }`), 404);
  assert.equal(said(`location / { rewrite ^ /x/y; ${well} { break; } return 404; }`), '/srv/x/');
  assert.equal(said(`if ($http_accept ~ x) { break; } ${redirect}`), 'unknown');
  assert.equal(said('if ($http_accept ~ x) { break; }'), own);
});

test('words of a list are read in whatever letters they are written', () => {
  const users = 'auth_basic x; auth_basic_user_file u; root /srv;';
  assert.equal(challenge(`satisfy Any; allow all; ${users}`).kind, 'files');
  assert.equal(challenge(`satisfy ALL; allow all; ${users}`).kind, 'denied');
});

test('who answers is unknown where a condition that nobody can decide may have somebody else answer', () => {
  const kind = (location: string) => challenge(`root /srv; location / { ${location} }`).kind;
  const proxy = 'proxy_pass http://127.0.0.1:8080;';
  assert.equal(kind(`if ($http_accept ~ x) { ${proxy} }`), 'unknown');
  assert.equal(kind(`if ($http_accept ~ x) { ${proxy} } ${proxy}`), 'proxy');
  assert.equal(kind('if ($http_accept ~ x) { add_header A b; }'), 'files');
  assert.equal(kind('if ($http_accept ~ x) { root /other; }'), 'files');
  // The last one that holds has its settings.
  assert.equal(kind(`if ($http_accept ~ x) { ${proxy} } if ($scheme = http) { set $a b; }`), 'files');
  const again = `if ($http_accept ~ x) { ${proxy} } error_page 404 = /;`.repeat(20);
  assert.equal(kind(`${again} alias /srv; try_files $uri/ =404;`), 'unknown');
});

test('nginx finds no file by an alias where the path was rewritten in place', () => {
  const status = (server: string) => {
    const answer = challenge(`root /srv; ${server}`);
    return answer.kind === 'status' ? answer.status : answer.kind;
  };
  assert.equal(status('location / { alias /srv/; rewrite ^ /x break; }'), 500);
  assert.equal(status('location / { alias /srv/; rewrite ^ /x; break; }'), 500);
  assert.equal(status('rewrite ^ /x break; location / { alias /srv/; }'), 500);
  assert.equal(status('location / { alias /srv/; rewrite ^ /x break; try_files $uri =404; }'), 500);
  assert.equal(status('location / { alias /srv/; location ~ acme { rewrite ^ /x break; } }'), 500);
  assert.equal(status('rewrite ^ /x last; location / { alias /srv/; }'), 'files');
  assert.equal(status('location / { alias /srv/; rewrite ^/other /x break; }'), 'files');
  assert.equal(status('location / { alias /srv/; rewrite ^ /x break; proxy_pass http://127.0.0.1:8080; }'), 'proxy');
});

test('error pages, try_files and aliases say what a challenge gets', () => {
  const said = (server: string) => {
    const answer = challenge(`root /srv; ${server}`);
    return answer.kind === 'files' ? answer.directory : answer.kind === 'status' ? answer.status : answer.kind;
  };
  const named = 'location @app { proxy_pass http://127.0.0.1:8080; }';
  assert.equal(said(`error_page 404 = @app; location / { return 404; } ${named}`), 'proxy');
  assert.equal(said(`error_page 404 @app; location / { return 404; } ${named}`), 404);
  assert.equal(said(`error_page 404 = @app; location / { return 404 text; } ${named}`), 404);
  assert.equal(said('error_page 403 =301 https://a.test/; deny all;'), 'redirect');
  assert.equal(said('error_page 404 /404.html; location / { error_page 403 /x; return 404; }'), 404);
  // An error page sees what the path was rewritten to till then.
  const page = 'location @page { allow all; if ($uri = /page) { return 418; } }';
  assert.equal(said(`error_page 403 = @page; rewrite ^ /page; location / { deny all; } ${page}`), 418);
  assert.equal(said(`error_page 403 = @page; rewrite ^ /page; return 403; ${page}`), 418);
  assert.equal(said(`location / { try_files $uri/ @app; } ${named}`), 'proxy');
  assert.equal(said('location / { try_files /cache$uri =404; }'), '/srv/cache/.well-known/acme-challenge/');
  assert.equal(said('location / { try_files $uri.html =404; }'), 404);
  assert.equal(
    said(`location / { try_files $uri/ @app; if ($scheme = http) { root /other; } } ${named}`),
    '/other/.well-known/acme-challenge/',
  );
  // The slash that is missing at the end of an alias is missing in the path.
  assert.equal(said('location /.well-known/acme-challenge/ { alias /srv/acme; }'), 404);
  assert.equal(said('location ~ ^/.well-known/acme-challenge/ { alias /srv/acme/; }'), 404);
  assert.equal(said('location ~ acme-challenge/(.*)$ { alias /srv/acme/$1; try_files $uri =404; }'), 404);
  assert.equal(
    said('location ~ acme-challenge { alias /srv/; try_files $uri =404; }'),
    '/srv/.well-known/acme-challenge/',
  );
  // Beside an alias the path of the location is cut off where a variable stands in the word.
  assert.equal(said('location / { alias /srv/; try_files $uri/ /index.php?$args; }'), 404);
  const php = 'location ~ ^index.php$ { return 410; }';
  assert.equal(said(`location / { alias /srv/; try_files $uri/ /index.php?$args; } ${php}`), 410);
  assert.equal(said('location / { internal; location /.well-known/ { root /srv; } }'), 404);
});

test('a condition compares with the value of a variable, not with its name', () => {
  const kind = (server: string) => challenge(`root /srv; ${server}`).kind;
  assert.equal(kind('if ($host != $server_name) { return 301 https://$server_name/; }'), 'files');
  assert.equal(kind('if ($host = $server_name) { return 403; }'), 'status');
  assert.equal(kind('if ($host = "$http_x_host") { return 403; }'), 'unknown');
});

test('a host is asked for in small letters', () => {
  const server = 'server_name Example.com; if ($host != example.com) { return 301 https://example.com/; } root /srv;';
  const site = only(modelOf(`server { ${server} }`).sites);
  assert.equal(site.rootAnswer.kind, 'files');
  assert.equal(site.answerUnder?.('EXAMPLE.com', 'http').kind, 'files');
});

test('a limit for methods with that of the request stands in the place of the location', () => {
  const said = (inside: string) => {
    const answer = challenge(`root /srv; location / { ${inside} }`);
    return answer.kind === 'files' ? answer.directory : answer.kind;
  };
  const own = '/srv/.well-known/acme-challenge/';
  assert.equal(said('limit_except POST { deny all; }'), 'denied');
  assert.equal(said('limit_except POST { deny all; } return 404;'), 'denied');
  assert.equal(said('limit_except GET POST { deny all; }'), own);
  assert.equal(said('limit_except get { deny all; }'), own);
  assert.equal(said('limit_except HEAD { deny all; }'), 'denied');
  assert.equal(said('limit_except PUT { allow all; } return 404;'), own);
  assert.equal(said('limit_except PUT { allow all; } proxy_pass http://127.0.0.1:8080;'), 'proxy');
  assert.equal(said('limit_except PUT { proxy_pass http://127.0.0.1:8080; }'), 'proxy');
});

test('redirects have error pages too, and what a variable leads to is a place or an address', () => {
  const said = (server: string, http = '') => {
    const { sites } = modelOf(`${http}\nserver { server_name example.com; root /srv; ${server} }`);
    const answer = only(sites).challengeAnswer;
    if (answer.kind === 'redirect') return answer.to;
    return answer.kind === 'files' ? answer.directory : answer.kind === 'status' ? answer.status : answer.kind;
  };
  assert.equal(said('error_page 301 =410 /x; location / { return 301 https://a.test/; } location = /x { }'), 410);
  assert.equal(said('error_page 302 =404 /x; location / { return https://a.test/; } location = /x { }'), 404);
  assert.equal(
    said('error_page 302 =301 /x; location / { return https://a.test/; } location = /x { }'),
    'https://a.test/',
  );
  assert.equal(
    said('error_page 404 = $to; location / { return 404; } location = /x { }', 'map $host $to { default /x; }'),
    '/srv/',
  );
  assert.equal(
    said(
      'error_page 404 $to; location / { return 404; } location = /x { }',
      'map $host $to { default https://b.test/; }',
    ),
    'https://b.test/',
  );
  assert.equal(said('error_page 404 $http_x_to; location / { return 404; } location = /x { }'), 'unknown');
  assert.equal(said('error_page 404 /x/$http_x_to; location / { return 404; } location = /x { }'), 'unknown');
  assert.equal(said('error_page 404 = /x?from=$http_referer; location / { return 404; } location = /x { }'), '/srv/');
  assert.equal(
    said('error_page 404 $http_x_scheme://b.test/; location / { return 404; } location = /x { }'),
    '$http_x_scheme://b.test/',
  );
});

test('what a condition that holds sets counts for what it answers', () => {
  const answer =
    challenge(`location / { error_page 403 =503 /x; if ($scheme = http) { error_page 403 =410 /x; return 403; } }
    location = /x { root /srv; }`);
  assert.equal(answer.kind === 'status' && answer.status, 410);
  const sent = (location: string) => {
    const site = only(modelOf(`server { location / { add_header A 1; ${location} } }`).sites);
    return knownValue(site.rootHeaders ?? site.headers)?.map(({ name }) => name);
  };
  assert.deepEqual(sent('if ($scheme = http) { add_header B 2; } return 204;'), ['B']);
  assert.deepEqual(sent('if ($scheme = http) { add_header B 2; return 204; }'), ['B']);
  assert.deepEqual(sent('if ($scheme = http) { set $a b; } return 204;'), ['A']);
  assert.deepEqual(sent('if ($scheme = https) { add_header B 2; } return 204;'), ['A']);
});

test('of several that answer in a location the last one does, and a path of no length is an error', () => {
  const said = (server: string, http = '') => {
    const { sites } = modelOf(`${http}\nserver { server_name example.com; root /srv; ${server} }`);
    const answer = only(sites).challengeAnswer;
    return answer.kind === 'status' ? answer.status : answer.kind;
  };
  assert.equal(said('location / { proxy_pass http://127.0.0.1:8080; stub_status; }'), 200);
  assert.equal(said('location / { stub_status; proxy_pass http://127.0.0.1:8080; }'), 'proxy');
  assert.equal(said('location / { empty_gif; echo hello; }'), 'unknown');
  assert.equal(said('rewrite ^ $to;', 'map $uri $to { /a /b; }'), 500);
});

test('redirects name the place, and 444 refuses all', () => {
  const site = only(modelOf('server { listen 80; server_name a.test; return 301 https://$host$request_uri; }').sites);
  assert.deepEqual(
    { ...site.rootAnswer, location: undefined },
    { kind: 'redirect', status: 301, to: 'https://a.test/', first: true, location: undefined },
  );
  assert.equal(only(modelOf('server { return 444; }').sites).refusesAll, true);
  assert.equal(only(modelOf('server { listen 443 ssl; ssl_reject_handshake on; }').sites).refusesAll, true);
});

test('the ACME module answers challenges itself', () => {
  const model = modelOf(`acme_issuer le { uri https://acme.test/directory; }
    server { listen 443 ssl; server_name a.test; acme_certificate le; ssl_certificate $acme_certificate; ssl_certificate_key $acme_certificate_key; }
    server { listen 80; server_name a.test; return 404; }`);
  assert.deepEqual(
    model.sites.map(({ challengeAnswer }) => challengeAnswer.kind),
    ['managed', 'managed'],
  );
  const managed = knownValue(
    model.sites[0]?.tls.managed ?? { value: { kind: 'known', value: [] }, origin: { kind: 'default', because: '' } },
  );
  assert.deepEqual(
    managed?.map(({ issuer, names, challenge: how }) => [issuer, names, how]),
    [['le', ['a.test'], 'http-01']],
  );
});

test('a folder is found by its own name with a slash, or by its index', () => {
  const root = (words: string) => {
    const answer = only(modelOf(`server { root /srv; location / { try_files ${words}; } }`).sites).rootAnswer;
    return answer.kind === 'status' ? answer.status : answer.kind;
  };
  assert.equal(root('$uri =404'), 404);
  assert.equal(root('$uri.html =404'), 404);
  const brace = '$' + '{uri}';
  for (const words of ['$uri $uri/ =404', '$uri $uri/index.html =404', `$uri ${brace}index.html =404`])
    assert.equal(root(words), 'files', words);
});
