import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import { sessionNoEffect } from '../../src/rules/session-no-effect.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { analyseText } from '../support/analyse.ts';

const pair = 'ssl_certificate /a.crt; ssl_certificate_key /a.key;';
const server = (name: string, says: string, listen = '443 ssl') =>
  `server { listen ${listen}; server_name ${name}; ${pair} ${says} }`;

function found(servers: string, options: { readonly file?: string; readonly target?: string } = {}) {
  const file = options.file ?? '/etc/nginx/nginx.conf';
  const text = file.endsWith('nginx.conf') ? `events {}\nhttp { ${servers} }\n` : servers;
  const { findings } = analyseText(text, { language: 'nginx', file, ...options });
  return findings.filter(({ rule }) => rule.endsWith('-no-effect'));
}

const rulesOf = (servers: string, options?: Parameters<typeof found>[1]) =>
  found(servers, options).map(({ rule }) => rule);
const off = 'ssl_session_tickets off;';
const shared = 'ssl_session_cache shared:A:1m;';
const day = 'ssl_session_timeout 1d;';

test('what the default site decides is told where another says otherwise', () => {
  for (const [first, second, severity, message] of [
    ['ssl_early_data on;', 'ssl_early_data off;', 'information', /of its clients is taken.*Switch it off there\.$/],
    ['', 'ssl_early_data on;', 'information', /cannot send any.*Switch it on there\.$/],
    [off, 'ssl_session_tickets on;', 'hint', /none of them resumes a session/],
    ['', shared, 'hint', /no session is kept there/],
    [`${shared} ${off}`, `ssl_session_cache none; ${off}`, 'hint', /its clients resume sessions/],
    ['', 'ssl_session_timeout 1d;', 'hint', /last for 1 day, but those of its clients last for 5 minutes/],
    ['', 'ssl_session_ticket_key /a.ticket;', 'hint', /encrypted with others/],
    ['', 'ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;', 'information', /lists suites of TLS 1\.3/],
    ['', 'ssl_protocols TLSv1.3;', 'information', /asks for TLS 1\.3, but its clients get TLS 1\.2 and TLS 1\.3/],
    ['', 'ssl_ecdh_curve prime256v1;', 'information', /lists groups/],
  ] as const) {
    const told = found(`${server('a.test', first)} ${server('b.test', second)}`);
    assert.equal(told.length, 1, second);
    assert.equal(told[0]?.severity, severity, second);
    assert.match(told[0]?.message ?? '', message);
    assert.match(told[0]?.message ?? '', /^Server b\.test .*the default site of 0\.0\.0\.0:443/, second);
  }
});

test('nothing is told where clients notice nothing', () => {
  for (const [first, second] of [
    ['ssl_session_timeout 1d;', 'ssl_session_timeout 24h;'],
    [shared, 'ssl_session_cache shared:B:5m;'],
    ['', 'ssl_session_cache none;'],
    ['', off],
    // No session is resumed, and whoever has tickets off hears of the cache by another rule.
    [off, `${off} ssl_session_timeout 1d; ${shared}`],
    // Handshakes that start over end where the second choice is another.
    ['ssl_ecdh_curve secp384r1;', 'ssl_ecdh_curve secp384r1; ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;'],
    // Where one of them has tickets and the other has none, no session is resumed either.
    [shared, `${off} ssl_session_cache none;`],
    [`${shared} ${off}`, 'ssl_session_cache none;'],
    [shared, `${off} ${day}`],
    [`${shared} ${off}`, day],
    [`${shared} ssl_early_data on;`, `${off} ssl_early_data off;`],
    ['ssl_protocols TLSv1.2; ssl_early_data on;', 'ssl_early_data off;'],
    ['ssl_protocols TLSv1.2;', 'ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;'],
    [`ssl_protocols TLSv1.2; ${shared} ${off}`, `ssl_session_cache off; ${off}`],
    ['ssl_early_data {{ early }};', 'ssl_early_data on;'],
    // Each site has its own of these.
    ['', 'ssl_ciphers ECDHE+AESGCM; ssl_prefer_server_ciphers on; ssl_buffer_size 4k;'],
    ['', 'ssl_reject_handshake on; ssl_early_data on;'],
  ])
    assert.deepEqual(rulesOf(`${server('a.test', first ?? '')} ${server('b.test', second ?? '')}`), [], second);
});

/** Where the lifetime of sessions is told of, what beside it, and how many lines the fix removes. */
function lifetimes(lines: string, snippet = '') {
  const text = `events {}\nhttp { ${server('a.test', '')} ${lines} }\n`;
  const model = nginx.lower(projectOf({ '/etc/nginx/nginx.conf': text, '/etc/nginx/snippet': snippet }));
  return [...sessionNoEffect.check({ model } as never)].map(({ location, related = [], fixes = [] }) => {
    const changes = (typeof fixes === 'function' ? fixes() : fixes).map((fix) => fix.changes.length);
    return [location.file, related.map(({ message }) => message), changes];
  });
}

test('sites that say the same are told of together', () => {
  const main = '/etc/nginx/nginx.conf';
  assert.deepEqual(lifetimes(`${server('b.test', day)} ${server('c.test', day)}`), [
    [main, ['The same for server c.test'], [2]],
  ]);
  assert.deepEqual(lifetimes(`${server('b.test', day)} ${server('c.test', 'ssl_session_timeout 1h;')}`), [
    [main, [], [1]],
    [main, [], [1]],
  ]);
});

test('a line stays where a site has it in force, and one of another file is told of where none has', () => {
  assert.deepEqual(lifetimes(server('b.test', `listen 8443 ssl; ${day}`)), [['/etc/nginx/nginx.conf', [], []]]);
  const [one, other] = [server('b.test', 'include snippet;'), server('c.test', 'include snippet;')];
  assert.deepEqual(lifetimes(`${one} ${other}`, day), [['/etc/nginx/snippet', ['The same for server c.test'], [1]]]);
  assert.deepEqual(lifetimes(`${one} ${server('c.test', 'include snippet;', '8443 ssl')}`, day), []);
  assert.deepEqual(rulesOf(`${day} ${server('a.test', 'ssl_session_timeout 5m;')} ${server('b.test', '')}`), []);
});

test('around a snippet the default site may be another, or have its setting from outside', () => {
  const file = '/etc/nginx/sites-available/b';
  const said = 'ssl_protocols TLSv1.3;';
  const first = 'ssl_protocols TLSv1.2 TLSv1.3;';
  assert.deepEqual(rulesOf(`${server('a.test', first)} ${server('b.test', said)}`, { file }), []);
  const isDefault = '443 ssl default_server';
  assert.deepEqual(rulesOf(`${server('a.test', '', isDefault)} ${server('b.test', said)}`, { file }), []);
  assert.deepEqual(rulesOf(`${server('a.test', first, isDefault)} ${server('b.test', said)}`, { file }), [
    'protocol-no-effect',
  ]);
});

test('from nginx 1.29.2 on the site chooses protocols and suites, and sessions stay with the default site', () => {
  const says =
    'ssl_protocols TLSv1.3; ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384; ssl_early_data on; ssl_ecdh_curve prime256v1;';
  const servers = `${server('a.test', '')} ${server('b.test', says)}`;
  assert.equal(rulesOf(servers).length, 4);
  assert.deepEqual(rulesOf(servers, { target: 'nginx=1.29.2' }), ['session-no-effect', 'group-no-effect']);
});
