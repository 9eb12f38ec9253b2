import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../../src/languages/nginx/index.ts';
import type { Endpoint, ServerModel, Site } from '../../../../src/tls/model/server-model.ts';
import { knownValue } from '../../../../src/tls/model/setting.ts';
import { projectOf } from '../project.ts';
import { main, modelOf, only } from './model.ts';

function endpoint(model: ServerModel, name: string): Endpoint {
  return only(model.endpoints.filter((candidate) => candidate.name === name));
}

const pair = 'ssl_certificate a.crt; ssl_certificate_key a.key;';

test('a server without listen is bound to port 80', () => {
  const site: Site = only(modelOf('server { server_name a; }').sites);
  assert.equal(only(site.bindings).listener, '0.0.0.0:80');
});

test('one address of IPv6 is one listener, however it is written', () => {
  const written = ['[::]', '[::0]', '[0:0:0:0:0:0:0:0]', '[::1]', '[0:0::1]', '[2001:DB8::0:1]', '[2001:db8:0::1]'];
  const servers = written.map((address, index) => `server { listen ${address}:443; server_name s${index}; }`);
  const { listeners, sites } = modelOf(servers.join('\n'));
  assert.deepEqual(
    listeners.map(({ id }) => id),
    ['[::]:443', '[::1]:443', '[2001:db8::1]:443'],
  );
  assert.deepEqual(
    sites.map(({ bindings }) => listeners.findIndex(({ id }) => id === bindings[0]?.listener)),
    [0, 0, 0, 1, 1, 2, 2],
  );
  const odd = modelOf(
    'server { listen [::g]:80; } server { listen [1::2::3]:80; } server { listen [::FFFF:1.2.3.4]:80; }',
  );
  assert.deepEqual(
    odd.listeners.map(({ id }) => id),
    ['[::g]:80', '[1::2::3]:80', '[::ffff:1.2.3.4]:80'],
  );
});

test('the default server is the marked one, else the first of an address', () => {
  const model = modelOf(`
    server { listen 80; server_name a; }
    server { listen *:80 default_server; server_name b; }
    server { listen [::]:80 ipv6only=off; server_name b; }`);
  const [first, second] = model.listeners;
  assert.equal(first?.id, '0.0.0.0:80');
  assert.equal(first?.defaultSite, model.sites[1]?.id);
  assert.deepEqual([second?.id, second?.family], ['[::]:80', 'both']);
});

test('a name with a dot in front is no endpoint where nginx ignores it', () => {
  const names = (lists: readonly string[]) =>
    modelOf(lists.map((list) => `server { server_name ${list}; }`).join(' ')).endpoints.map(({ name }) => name);
  assert.deepEqual(names(['a.test', '.a.test']), ['a.test']);
  assert.deepEqual(names(['a.test .a.test']), ['a.test']);
  assert.deepEqual(names(['.a.test', 'a.test']), ['.a.test']);
  assert.deepEqual(names(['.a.test a.test']), ['.a.test', 'a.test']);
});

test('a file of parameters that is not here hides no header', () => {
  const kind = (file: string) => {
    const site = only(modelOf(`server { location / { include ${file}; add_header X-A b; } }`).sites);
    return site.routes[0]?.headers.value.kind;
  };
  assert.equal(kind('fastcgi_params'), 'known');
  assert.equal(kind('/etc/nginx/mime.types'), 'known');
  assert.equal(kind('snippets/headers.conf'), 'partial');
});

test('an if with headers of its own is a block in its location, but for preflight requests', () => {
  const names = (inside: string) =>
    only(modelOf(`server { add_header X-A a; location / { ${inside} } }`).sites).routes.map(({ kind, headers }) => {
      const list = knownValue(headers)?.map(({ name }) => name);
      return `${kind} ${list?.join()}`;
    });
  assert.deepEqual(names('if ($arg_x) { add_header X-B b; }'), ['prefix X-A', 'condition X-B']);
  assert.deepEqual(names('if ($arg_x) { set $y 1; }'), ['prefix X-A']);
  assert.deepEqual(names('if ($request_method = "OPTIONS") { add_header X-B b; return 204; }'), ['prefix X-A']);
});

test('PrioritizeChaCha is an option of its own', () => {
  const first = (options: string) =>
    knownValue(only(modelOf(`server { listen 443 ssl; ${pair} ${options} }`).sites).tls.chachaFirst);
  assert.equal(first(''), false);
  assert.equal(first('ssl_conf_command Options ServerPreference,PrioritizeChaCha;'), true);
  assert.equal(first('ssl_conf_command Options PrioritizeChaCha; ssl_conf_command Options -PrioritizeChaCha;'), false);
});

test('options of OpenSSL are switched one after the other, with blanks between them or not', () => {
  const tls = (value: string) =>
    only(modelOf(`server { listen 443 ssl; ${pair} ssl_conf_command Options "${value}"; }`).sites).tls;
  const spaced = tls('ServerPreference, -sessionticket, +PrioritizeChaCha, -Compression');
  assert.equal(knownValue(spaced.serverPreference), true);
  assert.equal(knownValue(spaced.sessionTickets), false);
  assert.equal(knownValue(spaced.chachaFirst), true);
  assert.equal(spaced.compression && knownValue(spaced.compression), false);
  const legacy = tls('UnsafeLegacyRenegotiation').insecureRenegotiation;
  assert.equal(legacy && knownValue(legacy), true);
  assert.equal(knownValue(tls('SessionTicket,-SessionTicket').sessionTickets), false);
  assert.equal(knownValue(tls('-SessionTicket,SessionTicket').sessionTickets), true);
});

test('ssl of one listen holds for the whole address', () => {
  const later = modelOf(`server { listen 443; server_name b; } server { listen 443 ssl; server_name a; ${pair} }`);
  assert.equal(knownValue(endpoint(later, 'b').tls.enabled), true);
  const model = modelOf(`server { listen 443 ssl; server_name a; ${pair} } server { listen 443; server_name b; }`);
  assert.equal(knownValue(endpoint(model, 'b').tls.enabled), true);
});

test('ssl on of the default server holds for the whole address, and for every address of its own', () => {
  const old = { target: { nginx: '1.18.0' } };
  const spoken = (http: string) => modelOf(http, old).listeners.map(({ id, tls }) => [id, knownValue(tls)]);
  const others = 'server { listen 443; server_name b; } server { listen 8080; server_name b; }';
  assert.deepEqual(spoken(`server { listen 443; listen 80; ssl on; server_name a; ${pair} } ${others}`), [
    ['0.0.0.0:443', true],
    ['0.0.0.0:80', true],
    ['0.0.0.0:8080', false],
  ]);
  const around = spoken(`ssl on; ${pair} server { listen 443; server_name a; } server { listen 80; ssl off; }`);
  assert.deepEqual(around, [
    ['0.0.0.0:443', true],
    ['0.0.0.0:80', false],
  ]);
  assert.equal(
    knownValue(endpoint(modelOf(`server { listen 443; ssl on; ${pair} } ${others}`, old), '*').tls.enabled),
    true,
  );
});

test('before 1.29.2 the default server settles the protocols, from then on each server', () => {
  const servers = `
    server { listen 443 ssl; server_name a; ssl_protocols TLSv1.2; ${pair} }
    server { listen 443 ssl; server_name b; ssl_protocols TLSv1.3; ${pair} }`;
  assert.deepEqual(knownValue(endpoint(modelOf(servers), 'b').tls.protocols), ['TLSv1.2']);
  const newer = modelOf(servers, { target: { nginx: '1.29.2' } });
  assert.deepEqual(knownValue(endpoint(newer, 'b').tls.protocols), ['TLSv1.3']);
});

test('defaults follow the version', () => {
  const protocols = (nginxVersion: string, openssl = '3.5') =>
    knownValue(
      only(modelOf('server { listen 443 ssl; }', { target: { nginx: nginxVersion, openssl } }).sites).tls.protocols,
    );
  assert.deepEqual(protocols('1.26.3'), ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(protocols('1.27.3'), ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(protocols('1.18.0'), ['TLSv1', 'TLSv1.1', 'TLSv1.2']);
});

test('repeated protocols add up; an inner block replaces those of the outer one', () => {
  const model = modelOf(
    'ssl_protocols TLSv1; server { listen 443 ssl; ssl_protocols TLSv1.2; ssl_protocols TLSv1.3; }',
  );
  const { protocols } = only(model.sites).tls;
  assert.deepEqual(knownValue(protocols), ['TLSv1.2', 'TLSv1.3']);
  assert.equal(protocols.origin.kind, 'explicit');
});

test('sessions and early data are those of the default server of the address', () => {
  const { endpoints } =
    modelOf(`server { listen 443 ssl; ${pair} ssl_early_data on; ssl_session_cache shared:A:1m; ssl_session_timeout 1h; }
    server { listen 443 ssl; server_name b; ${pair} ssl_session_cache none; ssl_session_timeout 1d; ssl_session_tickets off; }
    server { listen 8443 ssl; ${pair} ssl_session_tickets off; }
    server { listen 8443 ssl; server_name d; ${pair} ssl_session_cache shared:D:1m; ssl_session_ticket_key /etc/d; ssl_early_data on; }`);
  const said = endpoints.map(({ tls }) => [
    knownValue(tls.sessionCache),
    knownValue(tls.sessionTimeout),
    knownValue(tls.sessionTickets),
    knownValue(tls.ticketKeys)?.length,
    tls.earlyData && knownValue(tls.earlyData),
  ]);
  assert.deepEqual(said, [
    ['shared:A:1m', 3600, true, 0, true],
    ['shared:A:1m', 3600, false, 0, true],
    ['none', 300, false, 0, false],
    ['none', 300, false, 0, false],
  ]);
});

test('variables and templates are unknown, not wrong', () => {
  const model = modelOf(
    'server { listen $' +
      '{PORT} ssl; server_name a; ssl_certificate $ssl_server_name.crt; ssl_certificate_key {{ key }}; ssl_ciphers {{ ciphers }}; }',
  );
  const { tls } = only(model.sites);
  assert.equal(tls.certificates.value.kind, 'unknown');
  assert.equal(tls.cipherString.value.kind, 'unknown');
  assert.equal(only(model.listeners).tls.value.kind, 'known');
});

test('a template statement makes unknown what it may set, in its own block only', () => {
  const text = `server { listen 443 ssl; ${pair} location / {\n{% if x %}\n{% include "headers" %}\n{% endif %}\nroot /srv;\n} }`;
  const site = only(modelOf(text).sites);
  assert.equal(site.tls.protocols.value.kind, 'known');
  assert.equal(only(site.routes).headers.value.kind, 'partial');
  const around = only(modelOf(`server { listen 443 ssl; ${pair}\n{{ include "tls" . }}\n}`).sites);
  assert.equal(around.tls.protocols.value.kind, 'unknown');
});

test('the statements of a template around an address are no part of it', () => {
  const listenerOf = (address: string) => only(modelOf(`server { listen ${address} ssl; ${pair} }`).listeners).id;
  assert.equal(listenerOf('{{ port }}{% if v6 %}'), '{{ port }}');
  assert.equal(listenerOf('{% if v6 %}[::]:{% endif %}{{ port }}'), '[::]:{{ port }}');
});

test('where a server may listen in an include that cannot be read, it is bound to no address', () => {
  assert.deepEqual(only(modelOf('server { server_name a; include /etc/nginx/listen.conf; }').sites).bindings, []);
});

test('an include that cannot be read makes what it may set unknown', () => {
  const { tls } = only(
    modelOf(`server { listen 443 ssl; include /etc/letsencrypt/options-ssl-nginx.conf; ${pair} }`).sites,
  );
  assert.equal(tls.protocols.value.kind, 'unknown');
  assert.equal(tls.certificates.value.kind, 'known');
});

test('what is picked over QUIC is unknown where a template says whether HTTP/3 is on', () => {
  const { tls } = only(modelOf(`server { listen 443 quic; http3 {{ h3 }}; ${pair} }`).endpoints);
  assert.equal(tls.alpn.value.kind, 'unknown');
});

test('includes are read in their place', () => {
  const model = nginx.lower(
    projectOf({
      [main]: 'events {}\nhttp { include sites/*.conf; }\n',
      '/etc/nginx/sites/a.conf': 'server { listen 443 ssl; server_name a; include tls.conf; }',
      '/etc/nginx/sites/b.conf': 'server { listen 443 ssl; server_name b; }',
      '/etc/nginx/tls.conf': 'ssl_protocols TLSv1.3;',
    }),
  );
  assert.deepEqual(
    model.sites.map(({ label }) => label),
    ['server a', 'server b'],
  );
  assert.equal(model.sites[0]?.tls.protocols.origin.kind, 'inherited');
});

test('connections to what is behind inherit their verification', () => {
  const model = modelOf(`proxy_ssl_verify on; proxy_ssl_trusted_certificate /ca.pem;
    server { location /a { proxy_pass https://a; } location /b { proxy_ssl_verify off; proxy_pass https://b; } location /c { proxy_pass http://c; } }`);
  assert.deepEqual(
    model.upstreams.map(({ to, verify }) => [to, knownValue(verify)]),
    [
      ['https://a', true],
      ['https://b', false],
    ],
  );
});

test('stream and mail servers have endpoints too', () => {
  const model = nginx.lower(
    projectOf({
      [main]: `events {}
stream { server { listen 5432 ssl; ${pair} proxy_ssl on; proxy_pass 127.0.0.1:5433; } server { listen 53 udp; proxy_pass 127.0.0.1:54; } }
mail { auth_http 127.0.0.1:80; server { listen 993 ssl; protocol imap; ${pair} } }`,
    }),
  );
  assert.deepEqual(
    model.sites.map(({ application }) => application),
    ['stream', 'stream', 'mail'],
  );
  assert.deepEqual(
    model.listeners.map(({ id }) => id),
    ['0.0.0.0:5432', '0.0.0.0:53 udp', '0.0.0.0:993'],
  );
  assert.equal(only(model.upstreams).to, '127.0.0.1:5433');
});

test('starttls of mail speaks TLS at its addresses', () => {
  const spoken = (mail: string) =>
    nginx
      .lower(projectOf({ [main]: `events {} mail { auth_http 127.0.0.1:9; ${mail} }` }))
      .endpoints.map(({ tls: { enabled } }) => [knownValue(enabled), enabled.origin.kind]);
  const server = (lines: string) => `server { listen 143; server_name a; ${lines} }`;
  assert.deepEqual(spoken(server('starttls on;')), [[true, 'explicit']]);
  assert.deepEqual(spoken(server('starttls only;')), [[true, 'explicit']]);
  assert.deepEqual(spoken(`starttls on; ${server('')}`), [[true, 'inherited']]);
  assert.deepEqual(spoken(`starttls on; ${server('starttls off;')}`), [[false, 'default']]);
  assert.deepEqual(spoken(server('')), [[false, 'default']]);
});

test('paths are resolved from the folder of the main file', () => {
  const model = modelOf(
    `server { listen 443 ssl; ssl_certificate tls/a.crt; ssl_certificate_key tls/a.key; root html; }`,
  );
  assert.deepEqual(
    model.paths.map(({ path, purpose }) => [path, purpose]),
    [
      ['/etc/nginx/tls/a.crt', 'certificate'],
      ['/etc/nginx/tls/a.key', 'key'],
      ['/usr/share/nginx/html', 'document-root'],
    ],
  );
});

test('of a folder that a location serves, what the location does not reach is left out', () => {
  const rootIn = (location: string, more = '') =>
    modelOf(`server { listen 80; location ${location} { root /srv; ${more} } }`).paths.map(({ path }) => path);
  assert.deepEqual(rootIn('/cgi-bin/'), ['/srv/cgi-bin/']);
  assert.deepEqual(rootIn('^~ /cgi-bin/'), ['/srv/cgi-bin/']);
  assert.deepEqual(rootIn('= /robots.txt'), ['/srv/robots.txt']);
  const withSlash = modelOf('server { listen 80; location /a { root /srv/; } }');
  assert.deepEqual(
    withSlash.paths.map(({ path }) => path),
    ['/srv/a'],
  );
  // Each of these may open any file of the folder.
  assert.deepEqual(rootIn('/'), ['/srv']);
  assert.deepEqual(rootIn('~ \\.php$'), ['/srv']);
  assert.deepEqual(rootIn('@named'), ['/srv']);
  assert.deepEqual(rootIn('/a/', 'rewrite ^/a(/.*) $1 break;'), ['/srv']);
  assert.deepEqual(rootIn('/a/', 'if ($arg_b) { rewrite ^/a(/.*) $1 break; }'), ['/srv']);
});

test('a server without a certificate is met with all the TLS of the default server', () => {
  const certificate = 'ssl_certificate a.crt; ssl_certificate_key a.key;';
  const common = `server { listen 443 ssl; server_name a; ${certificate} ssl_ciphers AES128-SHA; ssl_session_tickets off; }`;
  const second = (lines: string) =>
    modelOf(`${common} server { listen 443 ssl; server_name b; ${lines} }`).endpoints.find(({ name }) => name === 'b');
  const own = 'ssl_ciphers FOO; ssl_session_timeout 1h;';
  const bare = second(own);
  assert.deepEqual(bare && knownValue(bare.tls.cipherString), 'AES128-SHA');
  assert.deepEqual(bare && knownValue(bare.tls.sessionTickets), false);
  assert.deepEqual(bare && knownValue(bare.tls.certificates)?.length, 1);
  for (const lines of [`${own} ${certificate}`, `${own} ssl_reject_handshake on;`]) {
    const endpoint = second(lines);
    assert.deepEqual(endpoint && knownValue(endpoint.tls.cipherString), 'FOO', lines);
  }
});

test('a server without a certificate does not refuse as the default server does', () => {
  const refusals = (lines: string) =>
    modelOf(`server { listen 443 ssl; server_name a; ssl_reject_handshake on; ${lines} }
      server { listen 443 ssl; server_name b; ssl_ciphers FOO; }`).endpoints.map(({ tls }) => [
      tls.rejectHandshake && knownValue(tls.rejectHandshake),
      knownValue(tls.certificates)?.length,
    ]);
  const certificate = 'ssl_certificate a.crt; ssl_certificate_key a.key;';
  assert.deepEqual(refusals(certificate), [
    [true, 1],
    [false, 1],
  ]);
  assert.deepEqual(refusals(''), [
    [true, 0],
    [false, 0],
  ]);
});

test('a snippet of bare TLS settings is looked at without a claim about TLS', () => {
  const model = nginx.lower(
    projectOf({ '/etc/nginx/snippets/tls.conf': 'ssl_protocols TLSv1 TLSv1.2;\nssl_ciphers HIGH;\n' }),
  );
  assert.equal(model.complete, false);
  const { tls } = only(model.endpoints);
  assert.deepEqual(knownValue(tls.protocols), ['TLSv1', 'TLSv1.2']);
  assert.equal(tls.enabled.value.kind, 'unknown');
});

test('addresses that set puts together are known, unless a condition sets them too', () => {
  const to = (lines: string) =>
    modelOf(`server { set $back b.test; location / { ${lines} } }`).upstreams.map(({ to: address, tls }) => [
      address,
      tls.value.kind === 'known' ? tls.value.value : tls.value.kind,
    ]);
  const swag = 'set $app cloud; set $port 443; set $proto https; proxy_pass $proto://$app:$port;';
  assert.deepEqual(to(swag), [['https://cloud:443', true]]);
  assert.deepEqual(to('set $proto http; proxy_pass $proto://$back;'), []);
  assert.deepEqual(to('proxy_pass https://$back;'), [['https://b.test', true]]);
  const perhaps = 'set $proto https; if ($arg_x) { set $proto http; } proxy_pass $proto://$back;';
  assert.deepEqual(to(perhaps), [['$proto://b.test', 'unknown']]);
  assert.deepEqual(to('proxy_pass https://$arg_x;'), [['https://$arg_x', true]]);
});
