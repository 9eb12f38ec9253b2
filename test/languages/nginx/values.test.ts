import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTarget } from '../../../src/analysis/target.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import type { Target } from '../../../src/tls/target.ts';
import { checkText, edited, projectOf } from './project.ts';

function isTaken(line: string): boolean {
  const text = `events {}\nhttp { server { ${line} } }\n`;
  return nginx.check(projectOf({ '/etc/nginx/nginx.conf': text })).length === 0;
}

test('how long a cookie of userid lasts', () => {
  for (const value of ['max', 'off', '365d', '1h 30m', '5', 's5', '1 2', ' 5', '1h 1  2', '5s  1'])
    assert.ok(isTaken(`userid_expires "${value}";`), value);
  for (const value of ['never', '1m 1h', '1 2s', '5s 1 2', '1 2 3', 'h ', `${'1'.repeat(100_000)}!`])
    assert.ok(!isTaken(`userid_expires "${value}";`), value);
});

test('a variable of nginx itself is not made again, by a directive or by a named group', () => {
  for (const line of [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template's text
    'set $host ${NAME};',
    'location ~ ^/(?<uri>x) { return 200; }',
    'location ~* "^/(?P<Request_URI>x)" { return 200; }',
    'server_name ~^(?<host>.+)$;',
    'rewrite ^/(?<scheme>x) /y;',
    'if ($arg_a ~ (?<scheme>x)) { return 200; }',
    'location / { proxy_pass http://127.0.0.1; proxy_redirect ~^/(?<host>x) /y; }',
  ])
    assert.ok(!isTaken(line), line);
  for (const line of [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template's text
    'set $name ${HOST};',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template's text
    'set ${NAME} x;',
    'location ~ ^/(?<args>x) { return 200; }',
    'server_name ~^(?<domain>.+)$;',
    'valid_referers ~(?<host>x);',
    'set $geoip_country_code x;',
    // It came with 1.29.3.
    'set $request_port x;',
  ])
    assert.ok(isTaken(line), line);
});

test('groups of the keys of a map are variables of http or of stream', () => {
  const reports = (text: string) => nginx.check(projectOf({ '/etc/nginx/nginx.conf': `events {}\n${text}\n` })).length;
  assert.equal(reports('http { map $http_x $a { ~^(?<uri>x) 1; } server { return 200; } }'), 1);
  assert.equal(reports('http { map $http_x $a { ~^(?<user>x) $user; } server { return 200; } }'), 0);
  assert.equal(reports('stream { map $ssl_server_name $a { ~^(?<uri>x) 1; } server { listen 1; return x; } }'), 0);
  assert.equal(reports('stream { map $ssl_server_name $a { ~^(?<status>x) 1; } server { listen 1; return x; } }'), 1);
});

test('braces behind \\N say how often, and name no character', () => {
  for (const expression of ['\\N{3}', '\\N{1,}', '\\N{1,2}x', '\\N']) {
    assert.ok(isTaken(`location ~ "${expression}" { return 200; }`), expression);
  }
  for (const expression of ['\\N{', 'a\\N{}', '\\N{DIGIT ONE}', '\\N{U+0031}']) {
    assert.ok(!isTaken(`location ~ "${expression}" { return 200; }`), expression);
  }
});

test('a mask of processors may be empty', () => {
  const reports = (mask: string) =>
    nginx.check(projectOf({ '/etc/nginx/nginx.conf': `worker_cpu_affinity ${mask};\nevents {}\n` })).length;
  for (const mask of ['""', 'auto ""', '01 ""', '0101']) assert.equal(reports(mask), 0, mask);
  for (const mask of ['2', '01 x']) assert.equal(reports(mask), 1, mask);
});

test('what an address lacks is said in a sentence', () => {
  const messages = (server: string) =>
    nginx.check(projectOf({ '/etc/nginx/nginx.conf': `events {}\n${server}\n` })).map(({ message }) => message);
  assert.deepEqual(messages('http { server { location / { fastcgi_pass unix:; } } }'), [
    '"unix:" has no path in the unix domain socket.',
  ]);
  assert.deepEqual(messages('stream { server { listen 1; proxy_pass unix:; } }'), [
    '"unix:" has no path in the unix domain socket.',
  ]);
  assert.deepEqual(messages('stream { server { listen 1; proxy_pass 127.0.0.1:x; } }'), [
    '"127.0.0.1:x" has an invalid port.',
  ]);
});

test('what an expression looks for behind has an end, and not the whole expression in it', () => {
  for (const pattern of ['(?<=ab)c', '(?R)?(?<=a)b', '(a)(?<=(?1))b', '(?<=(?1)b)(a{2})'])
    assert.ok(isTaken(`location ~ "${pattern}" { }`), pattern);
  for (const pattern of ['(?<=a+)b', '(?<=(?R)a)b', '(?<!(?0))b'])
    assert.ok(!isTaken(`location ~ "${pattern}" { }`), pattern);
  // Nor a group that it stands in, called or referred to (measured with PCRE2 10.46).
  for (const pattern of ['(a(?<=(?1))b)', '(?<=(a(?1)))', '(a)(b(?<=(?-1)))', '(?<n>a(?<=(?&n)))', '(a(?<=\\1)b)'])
    assert.ok(!isTaken(`location ~ "${pattern}" { }`), pattern);
  for (const pattern of ['(a)(b(?<=(?-2)))', '(a(?=(?1))b)', '(a(?<=(b)(?2))b)', '(a)(?<=\\1)', '(a(?<=(?(1)b|c)))'])
    assert.ok(isTaken(`location ~ "${pattern}" { }`), pattern);
  const text = 'http { server { location ~ "(?<=(?-1))(a)" { } } }';
  const [report] = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }));
  assert.match(report?.message ?? '', /there is no group -1\.$/);
});

test('an option of a log stands behind the name of a format', () => {
  const log = (words: string, block = 'http') =>
    nginx
      .check(projectOf({ '/etc/nginx/nginx.conf': `events {}\n${block} { access_log /var/log/a ${words}; }\n` }))
      .map(({ message }) => message);
  for (const option of ['buffer=32k', 'if=$uri', 'gzip', 'gzip=3', 'flush=1m'])
    assert.deepEqual(log(option), [
      `"${option}" is where nginx expects the name of a log format. Write one before it, such as combined.`,
    ]);
  assert.deepEqual(log('buffer=32k', 'stream'), [
    '"buffer=32k" is where nginx expects the name of a log format. Write one before it.',
  ]);
  assert.deepEqual(log('combined buffer=32k flush=1m gzip if=$uri'), []);
});

test('name servers stand apart by blanks', () => {
  const text = 'events {}\nhttp { resolver 1.1.1.1, 8.8.8.8; }\n';
  const project = projectOf({ '/etc/nginx/nginx.conf': text });
  const [report, ...others] = nginx.check(project);
  assert.equal(
    report?.message,
    '"1.1.1.1," is not the address of a name server: they are separated by spaces. Remove the comma.',
  );
  assert.equal(others.length, 0);
  const fixed = edited(project, report?.fixes?.[0]?.edits ?? []);
  assert.ok(fixed['/etc/nginx/nginx.conf']?.includes('resolver 1.1.1.1 8.8.8.8;'));
});

test('requests leave from no socket of a path', () => {
  const bind = (address: string) =>
    nginx.check(projectOf({ '/etc/nginx/nginx.conf': `events {}\nhttp { proxy_bind ${address}; }\n` })).length;
  assert.equal(bind('unix:/run/a'), 1);
  for (const address of ['127.0.0.1', '127.0.0.1:80', '::1', '[::1]:80', 'off', '$remote_addr'])
    assert.equal(bind(address), 0, address);
});

test('the path of a request behind a socket is refused where nginx knows not what it replaces', () => {
  const pass = (location: string, target: string) =>
    nginx.check(
      projectOf({
        '/etc/nginx/nginx.conf': `events {}\nhttp { server { location ${location} { proxy_pass ${target}; } } }\n`,
      }),
    ).length;
  for (const path of ['/', '/v1']) assert.equal(pass('~ x', `http://unix:/run/app:${path}`), 1, path);
  assert.equal(pass('@a', 'http://unix:/run/app:/'), 1);
  for (const rest of ['', ':']) assert.equal(pass('~ x', `http://unix:/run/app${rest}`), 0, rest);
  assert.equal(pass('/', 'http://unix:/run/app:/'), 0);
});

test('keys of a map are wildcards behind "hostnames" alone, and "default" is one only as it is', () => {
  const isMap = (entries: string) =>
    nginx.check(
      projectOf({
        '/etc/nginx/nginx.conf': `events {}\nhttp { map $uri $a { ${entries} } server { return 200 $a; } }\n`,
      }),
    ).length === 0;
  for (const entries of [
    '\\default 1; default 2;',
    '*.a.b 1; hostnames; *.a.b 2;',
    '.a.b 1; hostnames; .a.b 2;',
    'hostnames; .* 1;',
    'hostnames; default 1; \\default 2;',
    // An empty key is one as any other.
    "'' 1; a 2; *.b 3;",
  ])
    assert.ok(isMap(entries), entries);
  for (const entries of [
    '\\default 1; \\default 2;',
    'default 1; "default" 2;',
    '*.a 1; *.A 2;',
    'hostnames; \\*.a.b 1; *.a.b 2;',
    'a.b 1; hostnames; .a.b 2;',
    'hostnames; .a*b* 1;',
    "'' 1; a 2; '' 3;",
  ])
    assert.ok(!isMap(entries), entries);
});

test('names that begin with a dot are taken as they are', () => {
  const isName = (name: string) =>
    nginx.check(
      projectOf({
        '/etc/nginx/nginx.conf': `events {}\nhttp { server { listen 81; server_name ${name}; return 200; } server { listen 81; server_name b; return 200; } }\n`,
      }),
    ).length === 0;
  for (const name of ['.*', '.a*', '.*.a']) assert.ok(isName(name), name);
  for (const name of ['a*', '*.a.*', '.a..b', '.*.*']) assert.ok(!isName(name), name);
});

/** The titles of fixes for one line of a server. */
function proposals(line: string): readonly string[] {
  return checkText(`events {}\nhttp { server { ${line} } }\n`).flatMap(({ fixes = [] }) =>
    fixes.map(({ title }) => title),
  );
}

test('what other programs write comes with what nginx takes for it', () => {
  const location = (pass: string) => `location / { ${pass} }`;
  for (const [line, from, to] of [
    ['client_max_body_size 100MB;', '100MB', '100M'],
    ['proxy_read_timeout 5min;', '5min', '5m'],
    ['expires 30days;', '30days', '30d'],
    // A capital M would be months.
    ['expires 10Min;', '10Min', '10m'],
    ['send_timeout 5Hours;', '5Hours', '5h'],
    ['listen ::1:80;', '::1:80', '[::1]:80'],
    ['listen :::80;', ':::80', '[::]:80'],
    ['listen 443 h2;', 'h2', 'http2'],
    ['listen [::]:80 ipv6only=no;', 'ipv6only=no', 'ipv6only=off'],
    ['resolver 127.0.0.1 ipv6=no;', 'ipv6=no', 'ipv6=off'],
    ['allow 192.0.2.*;', '192.0.2.*', '192.0.2.0/24'],
    ['rewrite ^/a$ /b [R=301,L];', '[R=301,L]', 'permanent'],
    [location('fastcgi_pass http://127.0.0.1:9000;'), 'http://127.0.0.1:9000', '127.0.0.1:9000'],
    [location('fastcgi_pass /run/php.sock;'), '/run/php.sock', 'unix:/run/php.sock'],
    [location('grpc_pass https://127.0.0.1:50051;'), 'https://127.0.0.1:50051', 'grpcs://127.0.0.1:50051'],
  ] as const)
    assert.deepEqual(proposals(line), [`Change "${from}" to "${to}"`], line);
  // Nothing that nginx would refuse again, or that means the opposite.
  for (const line of ['client_max_body_size 1.5GB;', 'proxy_buffer_size 1GB;', 'ssl_protocols -TLSv1;'])
    assert.deepEqual(proposals(line), [], line);
});

test('directives that nginx does not have are told with what it has', () => {
  const said = (line: string) => checkText(`events {}\nhttp { server { ${line} } }\n`).map(({ message }) => message);
  for (const [line, says] of [
    ['if ($arg_a) { return 200; } else { return 404; }', /has no "else"/],
    ['// listen on all\n listen 80;', /A comment begins with "#"/],
    ['ssl_certificate_chain /a;', /ssl_certificate, whose file holds the chain/],
    ['ssl_cert /a;', /Did you mean "ssl_certificate"/],
    ['ssl_protocols TLSv1.2:TLSv1.3;', /Separate them by spaces/],
    ['listen 80 443;', /each port has a "listen" of its own/],
    ['return 301 https://a.example $uri;', /a URL has none/],
    ['location / { uwsgi_pass http://127.0.0.1:9000; }', /begins with uwsgi:\/\/, if with a scheme/],
  ] as const)
    assert.ok(says.test(said(line)[0] ?? '') && said(line).length === 1, `${line}: ${said(line)}`);
  assert.deepEqual(proposals('if($arg_a) { return 200; }'), ['Write a space']);
  assert.deepEqual(proposals('root = /srv;'), ['Remove the equals sign']);
});

test('a mark of a template has no name right behind a string', () => {
  assert.ok(!isTaken(`} log_format a '\${' 'host}'; server {`));
  assert.ok(!isTaken(`} log_format a "\${" "host}"; server {`));
});

test('Debian has no group for the user nobody, which matters where it surely runs', () => {
  const told = (user: string, release: Parameters<typeof parseTarget>[0]) =>
    nginx
      .check(projectOf({ '/etc/nginx/nginx.conf': `user ${user};\nevents {}\n` }, { target: parseTarget(release) }))
      .map(({ message, severity = 'error' }) => `${severity}: ${message}`);
  assert.deepEqual(told('nobody', { debian: 13 }), [
    'error: Debian 13 has no group "nobody", which "user" takes where no group is named, so nginx does not start (error log: getgrnam("nobody") failed). Write "user nobody nogroup;".',
  ]);
  assert.match(
    told('www-data nobody', { ubuntu: '24.04' }).join(),
    /no group "nobody", so .* "user www-data nogroup;"/,
  );
  assert.deepEqual(told('nobody nogroup', { debian: 13 }), []);
  assert.deepEqual(told('nobody', { rhel: 9 }), []);
  assert.deepEqual(told('nobody', {}), []);
});

test('FreeBSD alone lets an address choose its routing table, which matters where the system is known', () => {
  const text = 'events {}\nhttp {\nserver {\nlisten 80 setfib=1;\n}\n}\n';
  const told = (target: Partial<Target>) =>
    nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }, { target })).map(({ message }) => message);
  const isKnown = { assumed: false } as const;
  // A line that was met before is judged by the system all the same.
  for (let time = 0; time < 3; time++) {
    assert.deepEqual(told({ ...isKnown, distribution: { id: 'freebsd', hasPolicies: false } }), []);
  }
  assert.deepEqual(told({ ...isKnown, distribution: { id: 'debian', hasPolicies: false } }), [
    'Invalid parameter "setfib=1": FreeBSD alone has it. Remove it.',
  ]);
  assert.deepEqual(told({ ...isKnown, distribution: undefined }), []);
  assert.deepEqual(told({ assumed: true, distribution: { id: 'debian', hasPolicies: false } }), []);
});

test('what nginx waits with is built for its system, which matters where that is known', () => {
  const told = (method: string, target: Partial<Target>) =>
    nginx
      .check(projectOf({ '/etc/nginx/nginx.conf': `events {\nuse ${method};\n}\n` }, { target }))
      .map(({ message }) => message);
  const debian = { assumed: false, distribution: { id: 'debian', hasPolicies: false } } as const;
  const freebsd = { assumed: false, distribution: { id: 'freebsd', hasPolicies: false } } as const;
  assert.deepEqual(told('epoll', debian), []);
  assert.deepEqual(told('kqueue', freebsd), []);
  assert.match(told('poll', debian).join(), /^Invalid event type "poll": it is built in only where .* takes epoll/);
  assert.match(told('select', freebsd).join(), /^Invalid event type "select": .* takes kqueue by itself\.$/);
  assert.match(told('kqueue', debian).join(), /^Invalid event type "kqueue": another system has it/);
  for (const method of ['poll', 'kqueue']) {
    assert.deepEqual(told(method, { assumed: true, distribution: undefined }), []);
  }
  assert.deepEqual(told('polling', { assumed: true, distribution: undefined }), ['Invalid event type "polling".']);
});

test('an address for QUIC and TLS at once is no second one beside another, until one of the two words goes', () => {
  const told = (lines: string) =>
    checkText(`events {}\nhttp { server { ${lines} } }\n`).map(({ rule, message }) => `${rule}: ${message}`);
  const refused = ['invalid-value: "ssl" parameter is incompatible with "quic".'];
  assert.deepEqual(told('listen 443 ssl quic; listen 443 quic;'), refused);
  assert.deepEqual(told('listen 443 ssl; listen 443 quic; listen 443 quic ssl;'), refused);
});

test('a word that is younger than its directive is told with its release, and not proposed for itself', () => {
  const said = (line: string, version: string) =>
    checkText(`events {}\nhttp { server { ${line} } }\n`, { target: { nginx: version } }).map(
      ({ message, fixes }) => `${message.split('. ')[0]} (${fixes?.length ?? 0})`,
    );
  assert.deepEqual(said('ssl_protocols TLSv1.2 TLSv1.3;', '1.13.0'), []);
  assert.deepEqual(said('ssl_protocols TLSv1.2 TLSv1.3;', '1.10.3'), [
    'Invalid value "TLSv1.3" in "ssl_protocols" of nginx 1.10.3 (assumed: Debian 13): it came with 1.13.0 (0)',
  ]);
  assert.deepEqual(said('ssl_protocols TLSv1.2 tlsv1.3;', '1.10.3'), [
    'Invalid value "tlsv1.3" in "ssl_protocols" of nginx 1.10.3 (assumed: Debian 13): it came with 1.13.0 (0)',
  ]);
  assert.match(
    checkText('events {}\nhttp { ssl_protocols TLSv1.9; }\n', { target: { nginx: '1.10.3' } })[0]?.message ?? '',
    /it takes SSLv2, SSLv3, TLSv1, TLSv1\.1 or TLSv1\.2\./,
  );
  assert.deepEqual(said('location / { proxy_http_version 2; }', '1.26.3'), [
    'Invalid value "2" in "proxy_http_version" of nginx 1.26.3 (assumed: Debian 13): it came with 1.29.4 (0)',
  ]);
});
