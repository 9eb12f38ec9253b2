import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import { hstsLost } from '../../src/rules/hsts-lost.ts';
import { hstsMissing } from '../../src/rules/hsts-missing.ts';
import type { RuleContext } from '../../src/rules/rule.ts';
import { securityHeaderLost } from '../../src/rules/security-header-lost.ts';
import { profiles } from '../../src/tls/profiles.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { analyseText } from '../support/analyse.ts';

/** What is said of a server that sends HSTS and has these lines besides. */
function lost(lines: string, { port = 443, name = 'example.com', target = 'debian=13' } = {}) {
  const text = `events {}
http {
    server {
        listen ${port} ssl;
        server_name ${name};
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        add_header Strict-Transport-Security "max-age=63072000" always;
        ${lines}
    }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf', target });
  return findings.filter(({ rule }) => rule === 'hsts-lost');
}

const severities = (...said: Parameters<typeof lost>) => lost(...said).map(({ severity }) => severity);

test('a site in a container loses HSTS on its own port, too', () => {
  const lines = 'root /srv/www; location /static/ { add_header Cache-Control public; }';
  assert.deepEqual(severities(lines), ['warning']);
  assert.deepEqual(severities(lines, { port: 8443 }), ['information']);
});

test('what nginx asks by auth_request is sent to nobody, and loses nothing', () => {
  const said = (within: string) => {
    const found = lost(`
        location / { auth_request /check?for=all; proxy_pass http://127.0.0.1:8080; }
        location = /check { ${within} add_header Set-Cookie $sent; proxy_pass http://127.0.0.1:8081; }
        location = /other { internal; add_header Set-Cookie $sent; proxy_pass http://127.0.0.1:8081; }`);
    return found.map(({ message }) => message.split('"')[1]);
  };
  assert.deepEqual(said('internal;'), ['/other']);
  assert.deepEqual(said(''), ['/check', '/other']);
});

test('a server without a name that leads all hosts to one has the start page of that one', () => {
  const said = (condition: string) => {
    const lines = `${condition}
        location / { root /srv; add_header Cache-Control public; try_files $uri @app; }
        location @app { proxy_pass http://127.0.0.1:8080; }`;
    return severities(lines, { name: '_' });
  };
  assert.deepEqual(said(''), ['information']);
  assert.deepEqual(said('if ($http_host != a.example) { rewrite (.*) https://a.example$1 permanent; }'), [
    'information',
  ]);
});

test('files that pages bring along are no place where browsers learn of HSTS', () => {
  const said = (pattern: string) => severities(`root /srv; location ${pattern} { add_header Cache-Control public; }`);
  for (const pattern of [
    '~* \\.(?:css|js|woff2?|JPE?G)$',
    '~ ^/assets/.*\\.(css|map)$',
    '~ \\.css$',
    '~* \\.(?:css(\\.map)?|ttc)$',
  ])
    assert.deepEqual(said(pattern), ['information'], pattern);
  for (const pattern of ['~ \\.(css|html)$', '~ \\.php$', '~ ^/(css|js)/', '/css/', '= /a.css'])
    assert.deepEqual(said(pattern), ['warning'], pattern);
});

test('behind a return of the server no location answers but those that error pages name', () => {
  const location = (name: string) => `location ${name} { add_header X-A a; if ($arg_x) { add_header X-B b; } }`;
  const said = (lines: string) => lost(`${lines} ${location('/')}`).length;
  assert.equal(said(''), 2);
  assert.equal(said('return 301 https://b.example.com$request_uri;'), 0);
  assert.equal(said(`error_page 404 @gone; return 404; ${location('@gone')}`), 2);
  for (const before of ['if ($arg_a) { rewrite ^ /b last; }', 'rewrite ^/a /b last;', 'break;'])
    assert.equal(said(`${before} return 204;`), 2, before);
});

test('a block that includes the same headers as its site loses those that stand beside them', () => {
  const hsts = 'add_header Strict-Transport-Security max-age=63072000;';
  const said = (lines: string) => {
    const site = `server { listen 443 ssl; server_name a; ssl_certificate a; ssl_certificate_key b; ${hsts} ${lines} }`;
    const files = { '/etc/nginx/nginx.conf': `events {}\nhttp { ${site} }\n`, '/etc/nginx/own': 'add_header A b;\n' };
    const model = nginx.lower(projectOf(files));
    return [...hstsLost.check({ model } as RuleContext)].map(({ location }) => location.file);
  };
  assert.deepEqual(said('include own; location /x { include own; }'), ['/etc/nginx/own']);
  assert.deepEqual(said('include own; location /x { }'), []);
});

test('where a header is taken out by name, that line is told and not the last one', () => {
  const text = `Listen 443
<VirtualHost *:443>
  ServerName example.com
  SSLEngine on
  SSLCertificateFile /a.crt
  Header always set Strict-Transport-Security "max-age=63072000"
  <Location /files>
    Header always unset Strict-Transport-Security
    Header set Cache-Control public
  </Location>
</VirtualHost>
`;
  const { findings } = analyseText(text, { language: 'apache' });
  const found = findings.filter(({ rule }) => rule === 'hsts-lost');
  assert.deepEqual(
    found.map(({ location: { range } }) => text.slice(range.start, range.end)),
    ['Header always unset Strict-Transport-Security'],
  );
});

/** What three rules say of two servers in a block that sends headers, and how many places they name besides. */
function around(first: string, second: string, version = '1.26.3') {
  const server = (name: string, lines: string) =>
    `server { listen 443 ssl; server_name ${name}; ssl_certificate a.crt; ssl_certificate_key a.key; root /srv; ${lines} }\n`;
  const files = {
    '/etc/nginx/nginx.conf': `events {}
http {
  add_header Strict-Transport-Security "max-age=63072000" always;
  add_header X-Frame-Options DENY;
  ${server('a.example.com', first)}${server('b.example.com', second)}}
`,
    '/etc/nginx/own.conf': 'add_header X-Own 1;\n',
  };
  const model = nginx.lower(projectOf(files, { target: { nginx: version } }));
  return [hstsLost, hstsMissing, securityHeaderLost].flatMap((rule) =>
    [...rule.check({ model, profile: profiles.intermediate } as unknown as RuleContext)].map(
      ({ location, related }) => `${rule.id} ${location.file.replace(/.*\//, '')} ${related?.length}`,
    ),
  );
}

test('a server that sets headers of its own has none of those around it, which is one cause', () => {
  assert.deepEqual(around('', ''), []);
  assert.deepEqual(around('add_header X-Own 1;', ''), ['hsts-lost nginx.conf 1', 'security-header-lost nginx.conf 1']);
  assert.deepEqual(around('include own.conf;', 'include own.conf;'), [
    'hsts-lost own.conf 2',
    'security-header-lost own.conf 1',
  ]);
  assert.deepEqual(around('more_set_headers "X-Own: 1";', ''), []);
  assert.deepEqual(around('add_header_inherit merge; add_header X-Own 1;', '', '1.29.3'), []);
  assert.deepEqual(around('add_header X-Own 1; return 444;', ''), []);
  assert.deepEqual(around('add_header {{ name }} 1;', ''), []);
  assert.deepEqual(around('add_header_inherit off;', '', '1.29.3'), ['hsts-missing nginx.conf undefined']);
  // Each is told of what it loses itself, and keeps its own.
  assert.deepEqual(around('include own.conf;', 'add_header X-Frame-Options SAMEORIGIN; include own.conf;'), [
    'hsts-lost own.conf 2',
    'security-header-lost own.conf 1',
  ]);
});

test('an include out of sight beside the header does not hide that a block loses it', () => {
  const block = (inside: string) => `include /out/of/sight.conf; location / { add_header X-A b; ${inside} root /srv; }`;
  assert.deepEqual(severities(block('')), ['warning']);
  assert.deepEqual(severities(block('include /more/out/of/sight.conf;')), []);
  // It may say "add_header_inherit merge", where nginx knows that.
  assert.deepEqual(severities(block(''), { target: 'nginx=1.29.3' }), []);
  assert.deepEqual(severities(block('add_header_inherit on;'), { target: 'nginx=1.29.3' }), ['warning']);
  assert.deepEqual(severities(`header_filter_by_lua_block { change() } ${block('')}`), []);
});
