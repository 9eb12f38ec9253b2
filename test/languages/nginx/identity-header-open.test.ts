import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText, edited, projectOf } from './project.ts';

const pass = 'proxy_pass http://127.0.0.1:3000;';
const user = 'proxy_set_header Remote-User $remote_user;';
const around = (...servers: readonly string[]) =>
  `events {}\nhttp {\n${servers.map((lines) => `server { listen 80; ${lines} }`).join('\n')}\n}\n`;
const found = (...servers: readonly string[]) =>
  checkText(around(...servers)).filter(({ rule }) => rule === 'identity-header-open');

test('a block that loses the header with all others is a warning', () => {
  for (const value of ['$remote_user', '$ssl_client_s_dn', '$ssl_client_verify', '$ssl_client_escaped_cert']) {
    const [report] = found(
      `proxy_set_header X-User ${value}; location / { ${pass} } location /a { proxy_set_header A b; ${pass} }`,
    );
    assert.equal(report?.severity, 'warning', value);
    assert.match(report?.message ?? '', /^127\.0\.0\.1:3000 learns from X-User who the client is, .* inherits none/);
  }
});

test('so, as an information, is one that never had it, once for a backend', () => {
  const asked = 'auth_request /auth; auth_request_set $user $upstream_http_remote_user;';
  const told = `location / { ${asked} proxy_set_header Remote-User $user; ${pass} }`;
  const [report, ...others] = found(`${told} location /a { ${pass} }`, `location / { ${pass} }`);
  assert.equal(report?.severity, undefined);
  assert.equal(report?.related?.length, 2);
  assert.deepEqual(others, []);
});

test('nothing is said where no client decides', () => {
  const told = `location / { ${user} ${pass} }`;
  for (const other of [
    'location /a { proxy_pass http://127.0.0.1:3001; }',
    `location /a { proxy_set_header remote-user ""; ${pass} }`,
    `location = /a { ${pass} }`,
    `location /a { internal; ${pass} }`,
    `location /a { proxy_pass_request_headers off; ${pass} }`,
    `location /a { include unseen.conf; ${pass} }`,
    'location /a { proxy_pass http://$host; }',
    'location /a { set $up http://127.0.0.1:3001; proxy_pass $up; }',
    'location /a { set $up http://127.0.0.1:3000; access_by_lua_file a; proxy_pass $up; }',
    'location /a { auth_request /b; auth_request_set $up $upstream_http_up; proxy_pass $up; }',
    `location /a { allow 10.0.0.1; deny all; ${pass} }`,
    `location /a { more_clear_input_headers Remote-User; ${pass} }`,
    `access_by_lua_block { check() } location /a { ${pass} }`,
    `location /a { return 503; ${pass} }`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that of a template
    'location /a { proxy_set_header ${USER_HEADER} ""; proxy_pass http://127.0.0.1:3000; }',
  ])
    assert.deepEqual(found(`${told} ${other}`), [], other);
  for (const set of [
    'Remote_User $remote_user',
    'Authorization $remote_user',
    'X-A $remote_addr',
    'X-A "a $remote_user"',
  ])
    assert.deepEqual(found(`location / { proxy_set_header ${set}; ${pass} } location /a { ${pass} }`), [], set);
  const inside = `server { listen 127.0.0.1:81; location / { ${pass} } }`;
  assert.deepEqual(found(told).length + checkText(`${around(told).slice(0, -2)}${inside} }`).length, 0);
});

test('the fix keeps the headers that are there', () => {
  const fixed = (lines: string) => applyEdits(around(lines), found(lines)[0]?.fixes?.[0]?.edits ?? []);
  const clear = 'proxy_set_header Remote-User "";';
  const server = (more: string) =>
    `proxy_set_header A b;${more} location / { proxy_set_header A b; ${user} ${pass} } location /a { ${pass} }`;
  assert.equal(fixed(server('')), around(server(`\n${clear}`)));
  const alone = (more: string) => `location / { ${user} ${pass} } location /a { ${pass}${more} }`;
  assert.equal(fixed(alone('')), around(alone(`\n${clear}`)));
  const lost = (before: string, more: string) =>
    `${before} location / { ${pass} } location /a { proxy_set_header A b;${more} ${pass} }`;
  const asking = `auth_basic a; auth_basic_user_file b; ${user}`;
  assert.equal(fixed(lost(asking, '')), around(lost(asking, `\n${user}`)));
  // Where nobody is asked, the variable is what the client writes into Authorization.
  assert.equal(fixed(lost(user, '')), around(lost(user, `\n${clear}`)));
});

test('the fix repeats what is around, not what another location says', () => {
  const server = (more: string) =>
    `proxy_set_header Remote-User ""; location / { auth_basic a; auth_basic_user_file b; ${user} ${pass} } location /a { proxy_set_header A b;${more} ${pass} }`;
  const [report] = found(server(''));
  assert.equal(report?.severity, 'warning');
  assert.equal(
    applyEdits(around(server('')), report?.fixes?.[0]?.edits ?? []),
    around(server('\nproxy_set_header Remote-User "";')),
  );
});

test('the fix stands outside of a block that may hold no header', () => {
  for (const block of ['if ($arg_a)', 'limit_except GET']) {
    const server = (more: string) => `location / { ${user} ${pass} } location /a { ${block} { ${pass} }${more} }`;
    const edits = found(server(''))[0]?.fixes?.[0]?.edits ?? [];
    assert.equal(applyEdits(around(server('')), edits), around(server('\nproxy_set_header Remote-User "";')));
  }
});

test('a server without an address has port 80', () => {
  const without = `server { server_name a.example; location / { ${pass} } }`;
  const text = `${around(`location / { ${user} ${pass} }`).slice(0, -2)}${without} }`;
  assert.equal(checkText(text).filter(({ rule }) => rule === 'identity-header-open').length, 1);
});

test('the fix stands in the block, not in a file that others include', () => {
  const main = (more: string) =>
    around(
      `location / { include /etc/nginx/a.conf; ${user} ${pass} } location /a {${more} include /etc/nginx/a.conf; include /etc/nginx/b.conf; } location /b { include /etc/nginx/a.conf; ${pass}${more} } location /c { include /etc/nginx/c.conf;${more} }`,
    );
  const others = {
    '/etc/nginx/a.conf': 'proxy_set_header A b;\n',
    '/etc/nginx/b.conf': `${pass}\n`,
    '/etc/nginx/c.conf': `${user} ${pass}\n`,
  };
  const project = projectOf({ '/etc/nginx/nginx.conf': main(''), ...others });
  const reports = nginx.check(project).filter(({ rule }) => rule === 'identity-header-open');
  const after = edited(
    project,
    reports.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []),
  );
  for (const [file, text] of Object.entries(others)) assert.equal(after[file], text);
  assert.equal(after['/etc/nginx/nginx.conf']?.match(/Remote-User "";/g)?.length, 2);
  const again = nginx.check(projectOf(after)).filter(({ rule }) => rule === 'identity-header-open');
  assert.deepEqual(again, []);
});

test('a backend behind a variable, and a header from a map, are known', () => {
  const up = 'set $up http://127.0.0.1:3000; proxy_pass $up;';
  assert.equal(found(`location / { ${user} ${up} } location /a { ${pass} }`).length, 1);
  assert.equal(found(`location / { ${user} ${pass} } location /a { ${up} }`).length, 1);
  assert.equal(
    found(
      `set $to 127.0.0.1:3000; ${user} location / { proxy_pass http://$to/a; } location /a { proxy_set_header A b; ${pass} }`,
    ).length,
    1,
  );
  // What the server for logins answers goes into another variable.
  const asked = 'auth_request /auth; auth_request_set $user $upstream_http_remote_user;';
  assert.equal(
    found(`location / { ${asked} proxy_set_header Remote-User $user; ${up} } location /a { ${pass} }`).length,
    1,
  );
  const mapped = (map: string) =>
    checkText(
      `events {} http { ${map} server { listen 80; location / { proxy_set_header X-User $name; ${pass} } location /a { ${pass} } } }`,
    ).filter(({ rule }) => rule === 'identity-header-open').length;
  assert.equal(mapped('map $ssl_client_s_dn $name { default ""; ~CN=(?<CN>[^,]+) $CN; }'), 1);
  assert.equal(mapped('map $ssl_client_verify $name { default ""; SUCCESS $ssl_client_s_dn; }'), 1);
  assert.equal(mapped('map $host $name { default ""; a.example $remote_user; }'), 1);
  assert.equal(mapped('map $http_upgrade $name { default upgrade; "" close; }'), 0);
});

test('where nobody asks for the password, the name in it is the client\u2019s', () => {
  const asking = `auth_basic a; auth_basic_user_file b; proxy_set_header A "b c"; ${user} location / { ${pass} }`;
  const fixed = (lines: string) => applyEdits(around(lines), found(lines)[0]?.fixes?.[0]?.edits ?? []);
  const inherited = (more: string) => `${asking} location /a { auth_basic off; ${pass}${more} }`;
  assert.match(found(inherited(''))[0]?.message ?? '', /nobody asks for a password.* Repeat the other headers/);
  assert.equal(
    fixed(inherited('')),
    around(inherited('\nproxy_set_header A "b c";\nproxy_set_header Remote-User "";')),
  );
  const own = (value: string) =>
    `${asking} location /a { auth_basic off; proxy_set_header Remote-User ${value}; ${pass} }`;
  assert.equal(fixed(own('$remote_user')), around(own('""')));
  for (const other of [
    `location /a { ${pass} }`,
    `location /a { auth_basic $realm; ${pass} }`,
    `location /a { auth_basic off; auth_request /b; ${pass} }`,
    `location /a { auth_basic off; limit_except GET { auth_basic a; } ${pass} }`,
    `location = /a { auth_basic off; ${pass} }`,
    `location /a { auth_basic off; return 404; }`,
    'location /a { auth_basic off; proxy_pass http://127.0.0.1:3001; }',
  ])
    assert.deepEqual(found(`${asking} ${other}`), [], other);
  // Nobody asks anywhere here: something else does.
  assert.deepEqual(found(`${user} location / { ${pass} } location /a { auth_basic off; ${pass} }`), []);
});
