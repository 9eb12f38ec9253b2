import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { checkText, projectOf, summaries } from './project.ts';

function inServer(line: string, target = {}): readonly string[] {
  return summaries(
    projectOf({ '/etc/nginx/nginx.conf': `events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n` }, { target }),
  );
}

test('each mistake is one finding at the word that is wrong', () => {
  assert.deepEqual(inServer('ssl_protcols TLSv1.2;'), ['unknown-directive: ssl_protcols']);
  assert.deepEqual(inServer('worker_processes 2;'), ['wrong-context: worker_processes']);
  assert.deepEqual(inServer('root /a /b;'), ['argument-count: /b']);
  assert.deepEqual(inServer('gzip yes;'), ['invalid-value: yes']);
  assert.deepEqual(inServer('ssl_protocols TLSv1.2 TLSv1.4;'), ['invalid-value: TLSv1.4']);
  assert.deepEqual(inServer('client_max_body_size 1x;'), ['invalid-value: 1x']);
  assert.deepEqual(inServer('keepalive_timeout 1d 2y;'), []);
  for (const time of ['s5', 'hs5', 'ms5', '5ms5', 'd5h']) assert.deepEqual(inServer(`send_timeout ${time};`), [], time);
  for (const time of ['s', 'h', '5sm', 'sm5']) assert.equal(inServer(`send_timeout ${time};`).length, 1, time);
  assert.deepEqual(inServer('listen 80 sssl;'), ['invalid-value: sssl']);
  assert.deepEqual(inServer('listen 70000;'), ['invalid-value: 70000']);
  assert.deepEqual(inServer('location ~ ^/(a { }'), ['invalid-value: ^/(a']);
  assert.deepEqual(inServer('location ~ "a\\K*" { }'), ['invalid-value: "a\\K*"']);
  for (const text of ['\\ph', '[\\pk]']) assert.equal(inServer(`location ~ "a${text}" { }`).length, 1, text);
  for (const text of ['\\pL', '[\\PZ]', '\\p{Lu}']) assert.deepEqual(inServer(`location ~ "a${text}" { }`), [], text);
  assert.deepEqual(inServer('location ~ "(*1)" { }'), ['invalid-value: "(*1)"']);
  assert.deepEqual(inServer('location ~ "(*UTF)a" { }'), []);
  assert.deepEqual(inServer('gzip_disable msie6 *;'), ['invalid-value: *']);
  assert.deepEqual(inServer('root /a; root /b;'), ['duplicate-directive: root /b;']);
  assert.deepEqual(inServer('location /; root /a;'), ['block-form: location /']);
  assert.deepEqual(inServer('return 200 $nothing;'), ['unknown-variable: $nothing']);
  assert.deepEqual(inServer('location /a { } location /a { }'), ['duplicate-name: location /a']);
  assert.deepEqual(inServer('limit_req zone=nowhere;'), ['undefined-name: zone=nowhere']);
});

test('a fix removes no second block with what it holds', () => {
  const fixesOf = (text: string) => checkText(text).map(({ rule, fixes = [] }) => [rule, fixes.length]);
  const http = 'http { server { listen 80; } }';
  assert.deepEqual(fixesOf(`events {}\n${http}\n${http}\n`), [['duplicate-directive', 0]]);
  assert.deepEqual(fixesOf('events {}\nhttp { sendfile on; sendfile on; }\n'), [['duplicate-directive', 1]]);
});

test('a parameter that came later is not taken for one of NGINX Plus because a resolver stands there', () => {
  const lines = 'resolver 127.0.0.1; upstream a { zone a 64k; server a:80 resolve; }';
  const inHttp = (nginx: string) =>
    summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }, { target: { nginx } }));
  assert.deepEqual(inHttp('1.26.3'), ['invalid-value: resolve']);
  assert.deepEqual(inHttp('1.28.0'), []);
});

test('servers of http have what "sticky" asks for as long as it is there, and those of stream never', () => {
  const said = (kind: string, nginx: string) => {
    const text = `events {} ${kind} { upstream a { server 127.0.0.1:80 route=a; server 127.0.0.1:81 drain; } }`;
    return summaries(projectOf({ '/etc/nginx/nginx.conf': text }, { target: { nginx } }));
  };
  const refused = ['invalid-value: route=a', 'invalid-value: drain'];
  assert.deepEqual(said('http', '1.29.5'), refused);
  assert.deepEqual(said('http', '1.29.6'), []);
  assert.deepEqual(said('stream', '1.31.4'), refused);
});

test('what old advice asks for comes with what took its place', () => {
  const text = 'events {}\nhttp {\n  server {\n    listen 443 ssl spdy;\n  }\n}\n';
  const [report] = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }, {}));
  assert.match(report?.message ?? '', /HTTP\/2 in its place/);
  assert.deepEqual(
    report?.fixes?.map(({ title }) => title),
    ['Change "spdy" to "http2"'],
  );
});

test('the name that QUIC had in previews is one mistake, with the name that it has', () => {
  const listens = 'listen 443 ssl; listen 443 http3 reuseport;';
  const text = `events {}\nhttp { server { ${listens} ssl_certificate a; ssl_certificate_key b; } }\n`;
  const reports = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }));
  assert.deepEqual(
    reports.map(({ message, fixes }) => [message, fixes?.map(({ title }) => title)]),
    [['Invalid parameter "http3": only previews of HTTP/3 had it. Write "quic".', ['Change "http3" to "quic"']]],
  );
  const old = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }, { target: { nginx: '1.22.1' } }));
  assert.match(old[0]?.message ?? '', /HTTP\/3 came with 1\.25\.0\. Upgrade, or remove it/);
  assert.deepEqual(old[0]?.fixes, []);
  const together = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text.replace('http3', 'ssl http3') }));
  assert.deepEqual(together[0]?.fixes, []);
});

test('the one buffer of a stream needs no others', () => {
  const inStream = (line: string) =>
    summaries(
      projectOf({
        '/etc/nginx/nginx.conf': `events {} stream { server { listen 1; proxy_pass 127.0.0.1:2; ${line} } }`,
      }),
    );
  assert.deepEqual(inStream('proxy_buffer_size 64k;'), []);
  assert.deepEqual(inServer('proxy_buffer_size 64k;'), ['directive-conflict: proxy_buffer_size 64k;']);
});

test('branches of a template may hold one entry of a map each', () => {
  const inHttp = (lines: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }));
  const twice = ['default a;', 'default b;'];
  assert.deepEqual(inHttp(`map $uri $m { ${twice.join(' ')} }`), ['invalid-value: default']);
  assert.deepEqual(inHttp(`map $uri $m { {{ if .A }} ${twice.join(' {{ else }} ')} {{ end }} }`), []);
  assert.deepEqual(inHttp(`split_clients $uri $m { {% if a %} 60% a; {% else %} 70% b; {% endif %} }`), []);
});

test('what a template defines for another place is not out of place', () => {
  const withEnd = (lines: string) =>
    summaries(projectOf({ '/etc/nginx/nginx.conf': `events {}\nhttp {\n}\n${lines}` }));
  assert.deepEqual(withEnd('location /a { }\n'), ['wrong-context: location']);
  assert.deepEqual(withEnd('{{ define "A" }}\nlocation /a { rot /x; }\n{{ end }}\n'), ['unknown-directive: rot']);
  assert.deepEqual(withEnd('{% macro a() %}\nlocation /a { }\n{% endmacro %}\n'), []);
});

test('a class takes letters that would ask for a group elsewhere, and a lone end of a quotation is nothing', () => {
  const complaints = (expression: string) => inServer(`location ~ "${expression}" { }`).length;
  for (const expression of ['[\\k<n>]', "[\\g'n'-z]", '[\\9]', 'a\\E{2}', '\\E']) {
    assert.equal(complaints(expression), 0, expression);
  }
  for (const expression of ['[\\K]', '[\\g-1]', '\\E{2}', '(\\E*)'])
    assert.equal(complaints(expression), 1, expression);
});

test('a realm without users asks nobody, wherever the file of users might stand', () => {
  const inHttp = (lines: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }));
  const found = ['password-file-missing: auth_basic a;'];
  assert.deepEqual(inHttp('server { auth_basic a; }'), found);
  assert.deepEqual(inHttp('server { auth_basic_user_file u; } server { location / { auth_basic a; } }'), found);
  assert.deepEqual(inHttp('auth_basic_user_file u; server { location / { auth_basic a; } }'), []);
  assert.deepEqual(inHttp('auth_basic a; server { location / { auth_basic_user_file u; } }'), []);
  assert.deepEqual(inHttp('server { auth_basic off; } server { listen 81; auth_basic $realm; set $realm a; }'), []);
  assert.deepEqual(inHttp('server { auth_basic a; auth_request /ask; }'), []);
  assert.deepEqual(summaries(projectOf({ '/etc/nginx/snippet.conf': 'location / { auth_basic a; }' }, {})), []);
});

test('what stands behind the rest of a split, or between charsets without a table, is one mistake', () => {
  const inHttp = (lines: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }));
  assert.deepEqual(inHttp('split_clients $uri $v { 50% a; * b; 20% c; }'), ['invalid-value: 20%']);
  assert.deepEqual(inHttp('split_clients $uri $v { 50% a; 50% b; * c; }'), []);
  assert.deepEqual(inHttp('split_clients $uri $v { 1.% a; .5% b; 1.25% c; }'), []);
  assert.deepEqual(inHttp('split_clients $uri $v { .% a; 1.125% b; }'), ['invalid-value: .%', 'invalid-value: 1.125%']);
  assert.deepEqual(inHttp('server { charset "utf-8$"; source_charset koi8-r; }').length, 1);
  assert.deepEqual(inHttp('server { charset $http_x; source_charset koi8-r; }'), []);
});

test('a certificate that a variable names needs a key too', () => {
  const found = (lines: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }));
  const missing = ['directive-conflict: ssl_certificate $host.crt;'];
  assert.deepEqual(found('server { ssl_certificate $host.crt; }'), missing);
  assert.deepEqual(found('server { ssl_certificate $host.crt; ssl_certificate_key $host.key; }'), []);
  assert.deepEqual(found('ssl_certificate_key a.key; server { ssl_certificate $host.crt; }'), []);
  assert.deepEqual(found('ssl_certificate $host.crt; server { ssl_certificate_key a.key; }'), []);
  assert.deepEqual(found('ssl_certificate $host.crt; server { listen 80; }'), missing);
  // What cannot be read may bring the key.
  assert.deepEqual(
    found('ssl_certificate $host.crt; server { include /etc/nginx/absent.conf; }').filter((each) =>
      missing.includes(each),
    ),
    [],
  );
  assert.deepEqual(
    found('server { ssl_certificate a.crt; ssl_certificate $host.crt; ssl_certificate_key a.key; }'),
    missing,
  );
  assert.deepEqual(
    summaries(projectOf({ '/etc/nginx/site.conf': 'server { ssl_certificate $host.crt; }' }, { context: 'http' })),
    ['incomplete-block: ssl_certificate $host.crt;'],
  );
});

test('a priority may have either sign', () => {
  const ofWorkers = (value: string) => checkText(`worker_priority ${value}; events {} http {}`).length;
  assert.deepEqual(['+1', '-1', '1', '+', '+-1'].map(ofWorkers), [0, 0, 0, 1, 1]);
});

test('versions decide what is known', () => {
  assert.deepEqual(inServer('http2 on;'), []);
  assert.deepEqual(inServer('http2 on;', { nginx: '1.22.1' }), ['directive-version: http2']);
  assert.deepEqual(inServer('ssl on;'), ['directive-version: ssl']);
  // Without an address that is seen here nothing would say that the site speaks TLS.
  const [included] = nginx.check(projectOf({ '/work/site.conf': 'server { include listen.inc; ssl on; }' }));
  assert.deepEqual([included?.rule, included?.fixes], ['directive-version', []]);
  assert.deepEqual(inServer('ssl on;', { nginx: '1.18.0' }), []);
  assert.deepEqual(inServer('http2_push_preload on;'), ['obsolete-directive: http2_push_preload on']);
  const inStream = (nginx: string) =>
    summaries(projectOf({ '/etc/nginx/nginx.conf': 'events {} stream { proxy_protocol v2; }' }, { target: { nginx } }));
  assert.deepEqual([inStream('1.31.3'), inStream('1.31.4')], [['invalid-value: v2'], []]);
});

test('a directive that is gone with nothing in its place is taken out', () => {
  const [report] = checkText('events {}\nhttp { server { spdy_headers_comp 6; } }\n');
  assert.deepEqual(
    report?.fixes?.map(({ title }) => title),
    ['Remove "spdy_headers_comp"'],
  );
});

test('a substitution on a line of its own brings its own end', () => {
  const alone = 'server {\n    listen 80;\n    $X\n    location / {\n        $X\n    }\n    $X\n}\n';
  const withExtra = (text: string) => checkText(text.replaceAll('$X', '$' + '{EXTRA}'));
  assert.deepEqual(withExtra(alone), []);
  assert.notDeepEqual(withExtra('server {\n    listen 80\n    $X\n}\n'), []);
});

test('placeholders of every kind are no alarm', () => {
  for (const mark of ['<NAME>', '@@NAME@@', '@name@', '%name%', '%%NAME%%', '__NAME__', '{{ name }}', '$' + '{NAME}']) {
    const lines = [
      `listen ${mark} ssl; server_name www.${mark}; ssl_protocols ${mark}; client_max_body_size ${mark}; gzip ${mark};`,
      `ssl_certificate /${mark}.crt; ssl_certificate_key /${mark}.key; location / { proxy_pass http://${mark}:${mark}; proxy_read_timeout ${mark}; }`,
      `\n${mark}\nlocation /a { return 200 ok; }`,
    ];
    for (const line of lines) assert.deepEqual(inServer(line), [], line);
  }
});

test('a block that a template statement may fill lacks nothing', () => {
  const check = (text: string) => checkText(`events {}\nhttp {\n${text}\n}\n`).map(({ rule }) => rule);
  assert.deepEqual(check('upstream a {\n{% for x in y %}\n{{ x }}\n{% endfor %}\n}'), []);
  assert.deepEqual(check('{% if x %}\nupstream a {\n}\n{% endif %}'), ['incomplete-block']);
});

test('third-party modules, templates and data are no alarm', () => {
  assert.deepEqual(inServer('more_set_headers "A: b"; brotli on; content_by_lua_block { ngx.say("x") }'), [
    'wrong-context: content_by_lua_block',
  ]);
  assert.deepEqual(inServer('small_light on; coraza on; location /v { vod hls; vod_mode local; }'), []);
  assert.deepEqual(inServer('passenger_set_cgi_param A b; trim on; sysguard on; modsecurity_use_error_log off;'), []);
  assert.deepEqual(inServer('location /a { ajp_pass a; secure_token $b; phantom_token on; }'), []);
  assert.deepEqual(inServer('kafka_topic a; aws_sign; listen 1;'), ['wrong-context: kafka_topic']);
  assert.deepEqual(inServer('listen {{ port }}; gzip {{ gzip }}; root $' + '{ROOT};'), []);
  assert.deepEqual(inServer('types { text/html html; nothing at; }'), []);
  assert.deepEqual(inServer('ssl_protocols TLSv1.2; ssl_protocols TLSv1.3;'), []);
});

test('a snippet stays silent about where it belongs', () => {
  const check = (text: string, context?: string) =>
    summaries(projectOf({ '/work/a.conf': text }, context === undefined ? {} : { context }));
  assert.deepEqual(check('proxy_pass http://127.0.0.1;\nlisten 80;\n'), []);
  assert.deepEqual(check('proxy_pass http://127.0.0.1;\n', 'server'), ['wrong-context: proxy_pass']);
  assert.deepEqual(check('if ($a) { add_header A b; }\n'), []);
});

test('what follows from one mistake is not told', () => {
  const text = 'events {}\nhttp {\n  mapp $host $tenant { default x; }\n  server { return 200 $tenant; }\n}\n';
  assert.deepEqual(
    checkText(text).map(({ rule }) => rule),
    ['unknown-directive'],
  );
});

test('every rule of the list has a title and severity, and ids are unique', () => {
  const ids = nginx.rules.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const rule of nginx.rules) assert.match(rule.title, /^[A-Z]/);
});

test('files that include themselves, directly or by others, are told where the circle closes', () => {
  const main = 'events {}\nhttp {\n  include a.conf;\n  include c.conf;\n  include c.conf;\n}\n';
  const files = {
    '/n/nginx.conf': main,
    '/n/a.conf': 'include b.conf;',
    '/n/b.conf': 'include a.conf;',
    '/n/c.conf': '',
  };
  assert.deepEqual(
    nginx.check(projectOf(files)).map(({ rule, location }) => [rule, location.file]),
    [
      ['include-circular', '/n/a.conf'],
      ['include-circular', '/n/b.conf'],
    ],
  );
});

test('a log in memory has room for a line', () => {
  assert.deepEqual(inServer('error_log memory:1k;'), ['invalid-value: memory:1k']);
  assert.deepEqual(inServer('error_log memory:some debug;'), ['invalid-value: memory:some']);
  assert.deepEqual(inServer('error_log memory:32k debug;'), []);
});

test('passwords are read wherever their file is named', () => {
  assert.deepEqual(inServer('ssl_password_file "";'), ['invalid-value: ""']);
  assert.deepEqual(inServer('proxy_ssl_password_file "";'), ['invalid-value: ""']);
  assert.deepEqual(inServer('ssl_password_file a;'), []);
});

test('a brace behind a dollar is a letter of a word that ends at its semicolon', () => {
  assert.deepEqual(
    summaries(projectOf({ '/etc/nginx/nginx.conf': 'events {} http { server { default_type a$' + '{b.;\t} }' })),
    [],
  );
});

test('types of http become a table even where each server has types of its own', () => {
  const text = (around: string, own: string) =>
    `events {}\nhttp {\n  types { a/b ${'w'.repeat(80)}; }\n${around}  server { types { c/d e; } ${own} }\n}\n`;
  const found = (around: string, own: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': text(around, own) }));
  assert.deepEqual(found('', ''), [`hash-table-size: ${'w'.repeat(80)}`]);
  assert.deepEqual(found('types_hash_bucket_size 128;', ''), []);
  // The first server makes it, with the size that it has.
  assert.deepEqual(found('', 'types_hash_bucket_size 128;'), []);
});

test('a key of a map that is too long is underlined itself', () => {
  const key = 'k'.repeat(80);
  const text = `events {}\nhttp {\n  map $host $a {\n    default 0;\n    ${key} 1;\n  }\n}\n`;
  assert.deepEqual(summaries(projectOf({ '/etc/nginx/nginx.conf': text })), [`hash-table-size: ${key}`]);
});

test('the brace behind an escaped dollar sign begins a block, and nothing is code of a template because of a quote behind', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own
  assert.notDeepEqual(inServer('error_page 404 \\${uri}/;'), []);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own
  assert.deepEqual(inServer('error_page 404 ${uri}/;'), []);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own
  assert.deepEqual(inServer("location /a { } types { ${/ '${' _c; }"), []);
});

test('a header for a backend that hangs on a condition comes with the way to say it', () => {
  const text = 'events {}\nhttp { server { location / { if ($host) { proxy_set_header X-A b; } } } }\n';
  assert.match(checkText(text)[0]?.message ?? '', /Choose its value with a "map", or with "set" in the "if"/);
});

test('the line that nginx names is the one where a directive ends, and no comment ends one', () => {
  const text = 'events {}\nhttp {\n$ # gzip on;\n\n  gzip off;\n}\n';
  const [report] = checkText(text);
  const places = report?.related?.map(({ location }) => text.slice(0, location.range.start).split('\n').length);
  assert.deepEqual(places, [5]);
});

test('a block that was only begun is one mistake, and the line is told where nginx notices it', () => {
  const text = 'events {}\nhttp {\n  server {\n    location /a\n    add_header X-A\n      1;\n    root /a;\n  }\n}\n';
  const reports = checkText(text);
  assert.deepEqual(
    reports.map(({ rule }) => rule),
    ['block-form'],
  );
  assert.equal(text.slice(0, reports[0]?.related?.[0]?.location.range.start).split('\n').length, 6);
});

test('to verify what is stapled does nothing where nothing is', () => {
  const found = (lines: string) => inServer(lines).filter((line) => line.startsWith('obsolete-directive'));
  assert.deepEqual(found('ssl_stapling_verify on;'), ['obsolete-directive: ssl_stapling_verify on']);
  assert.deepEqual(found('ssl_stapling off; ssl_stapling_verify on;'), ['obsolete-directive: ssl_stapling_verify on']);
  for (const lines of [
    'ssl_stapling on; ssl_stapling_verify on;',
    'ssl_stapling_verify off;',
    'ssl_stapling {{ stapling }}; ssl_stapling_verify on;',
    'ssl_stapling_verify on; include other.conf;',
  ])
    assert.deepEqual(found(lines), [], lines);
  // Another block may switch it on.
  assert.deepEqual(nginx.check(projectOf({ '/work/site.conf': 'server { listen 80; ssl_stapling_verify on; }' })), []);
});
