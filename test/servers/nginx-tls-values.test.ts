import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Context, DirectiveFact } from '../../src/languages/nginx/facts/directives.ts';
import { directiveNames, factsOf, isAllowedIn, isPresent } from '../../src/languages/nginx/facts/directives.ts';
import { randomNumbers } from '../support/random.ts';
import { refusals } from './nginx/compare.ts';
import { Judge, targetOfNginx } from './nginx/judge.ts';

const seed = Number(process.env['SEED'] ?? 20_261_126);
/** Some by default; `JUDGE=full` takes all that there are, `CASES=n` so many of them. */
const count = Number(process.env['CASES'] ?? (process.env['JUDGE'] === 'full' ? Number.POSITIVE_INFINITY : 200));

/** Directives of the TLS modules, and those of others about TLS towards backends. */
const isAboutTls = (name: string) => /(?:^|_)ssl(?:_|$)|^starttls$/.test(name);

/** What people write, right and wrong, for whichever directive. */
const values: readonly string[] = [
  ...['on', 'off', 'On', 'OFF', 'yes', 'none', 'only', 'optional', 'optional_no_ca', 'leaf', 'auto', 'builtin'],
  ...['""', '0', '1', '-1', '+1', '1.5', '007', '99999999999', '2147483647', '2147483648', 'abc'],
  ...['4k', '0k', '16384', '1m', '1M', '1g', '1 k', '10s', '5m', '1h', '1d 2h', '500ms', '1y', '1.5h', '1M2', 's'],
  ...['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3', 'SSLv2', 'SSLv3', 'tlsv1.2', 'TLSv1.4', 'TLSv1.2 TLSv1.3'],
  ...['TLSv1.2 TLSv1.2', 'TLSv1.2,TLSv1.3', 'all', '-TLSv1'],
  ...['HIGH', 'HIGH:!aNULL', 'FOO', 'HIGH:FOO', '!HIGH', 'ECDHE-RSA-AES128-GCM-SHA256', 'HIGH:@SECLEVEL=0'],
  ...['HIGH:@SECLEVEL=9', 'HIGH:@FOO', 'ALL:-ALL', 'TLS_AES_128_GCM_SHA256', 'PROFILE=SYSTEM', 'DEFAULT', 'high'],
  ...['X25519', 'prime256v1', 'P-256', 'secp256r1', 'X25519:P-256', 'X25519:foo', 'foo', '?foo:X25519', 'x25519'],
  ...['X25519MLKEM768', '*X25519/P-256', 'X25519,P-256', 'DEFAULT:-P-256', 'ffdhe2048', ':X25519', 'X25519:'],
  ...['certs/rsa.crt', 'certs/rsa.key', '$host', 'certs/$host', 'data:$host', 'data:x', 'engine:x', 'engine:x:y'],
  ...['shared:a:1m', 'shared:a:1k', 'shared:a', 'shared::1m', 'shared:a:0', 'shared:a:1x', 'builtin:1000'],
  ...['builtin:0', 'builtin:x', 'builtin shared:a:1m', 'shared:a:1m builtin:100', 'shared:a:1m x', 'Shared:a:1m'],
  ...['http://127.0.0.1/', 'https://127.0.0.1/', 'http://127.0.0.1:81', 'ftp://127.0.0.1', '127.0.0.1', 'http://'],
  ...['example.com', '$host', '$nothing', 'h2', 'h2 http/1.1', 'max=10', 'max=0', 'max=x', 'inactive=1m'],
  ...['max=10 inactive=1m valid=2m', 'max=10 inactive=0', 'max=10 x', 'off max=10', 'max=10 valid=x'],
  ...['Options PrioritizeChaCha', 'Options -SessionTicket', 'Options Foo', 'Curves X25519', 'Groups foo'],
  ...['Protocol TLSv1.2', 'Protocol foo', 'MinProtocol TLSv1.2', 'MinProtocol TLSv1.5', 'MaxProtocol None'],
  ...['Ciphersuites TLS_AES_128_GCM_SHA256', 'Ciphersuites FOO', 'CipherString HIGH', 'CipherString FOO', 'Foo bar'],
  ...['SignatureAlgorithms ECDSA+SHA256', 'SignatureAlgorithms foo', 'options ServerPreference', 'Certificate $host'],
  ...['VerifyMode Peer', 'VerifyMode Foo', 'NumTickets 2', 'NumTickets x', 'RecordPadding 16', 'RecordPadding x'],
  ...['"on"', "'off'", 'on on', 'a b c', '"a b"', 'TLSv1.2;TLSv1.3'],
];

const pair = (prefix = '') => `${prefix}ssl_certificate certs/rsa.crt; ${prefix}ssl_certificate_key certs/rsa.key;`;
/** What a block has so that the directive matters, without another of the same name. */
const others = (name: string, lines: string) =>
  lines
    .split(/(?<=;) /)
    .filter((line) => !line.startsWith(`${name} `))
    .join(' ');

const modules = ['mail', 'stream']
  .map((name) => `load_module /usr/lib/nginx/modules/ngx_${name}_module.so;\n`)
  .join('');
const head = `${modules}error_log stderr;\npid run/values.pid;\nevents { }\n`;

const http = (name: string, line: string) =>
  `http { access_log off; server { listen 21443 ssl; ${others(name, pair())}\n${line}\n} }`;
const passing = (pass: string) => (_: string, line: string) =>
  `http { access_log off; server { listen 21080; location / { ${pass};\n${line}\n} } }`;
const places: Readonly<Record<string, readonly [Context, (name: string, line: string) => string]>> = {
  http_ssl: ['server', http],
  http_proxy: ['location', passing('proxy_pass https://127.0.0.1:9')],
  http_grpc: ['location', passing('grpc_pass grpcs://127.0.0.1:9')],
  http_uwsgi: ['location', passing('uwsgi_pass suwsgi://127.0.0.1:9')],
  stream_ssl: [
    'stream-server',
    (name, line) => `stream { server { listen 21443 ssl; return x; ${others(name, pair())}\n${line}\n} }`,
  ],
  stream_ssl_preread: [
    'stream-server',
    (_, line) => `stream { server { listen 21443; return $ssl_preread_server_name;\n${line}\n} }`,
  ],
  stream_proxy: [
    'stream-server',
    (name, line) =>
      `stream { server { listen 21443; proxy_pass 127.0.0.1:9; ${others(name, 'proxy_ssl on; ')}\n${line}\n} }`,
  ],
  mail_ssl: [
    'mail-server',
    (name, line) =>
      `mail { server { listen 21993 ssl; protocol imap; auth_http 127.0.0.1:9; server_name a; ${others(name, pair())}\n${line}\n} }`,
  ],
};

interface Case {
  readonly fact: DirectiveFact;
  readonly value: string;
  readonly text: string;
}

function* allCases(): Generator<Case> {
  const { nginx: version } = targetOfNginx();
  for (const name of directiveNames().filter(isAboutTls)) {
    for (const fact of factsOf(name)) {
      const place = places[fact.module];
      if (!place || fact.source !== 'open' || !isPresent(fact, version) || !isAllowedIn(fact, place[0])) continue;
      for (const value of values) yield { fact, value, text: `${head}${place[1](name, `${name} ${value};`)}\n` };
    }
  }
}

let judge: Judge;
before(() => {
  judge = new Judge();
});
after(() => judge.remove());

test(`${Number.isFinite(count) ? count : 'all'} values of directives about TLS are taken as nginx takes them`, {
  timeout: 5_400_000,
}, async (t) => {
  const random = randomNumbers(seed);
  const order = [...allCases()].map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at);
  const differences: string[] = [];
  let [taken, elsewhere] = [0, 0];
  for (const { one } of order.slice(0, count)) {
    const { fact, value, text } = one;
    const { accepted, message, cause } = judge.test(text);
    // Where nginx takes it as it stands, a "$" may be a template's all the same.
    const mayBeFilledIn = value.includes('$') && (fact.module === 'mail_ssl' || !fact.name.includes('certificate'));
    // A path of whatever name is no mistake of the text; Red Hat's OpenSSL has policies.
    if (cause !== undefined || mayBeFilledIn || value === 'PROFILE=SYSTEM' || /ENGINE_by_id/.test(message)) {
      elsewhere++;
      continue;
    }
    if (accepted) taken++;
    const found = await refusals(judge, text);
    if (accepted !== (found.length === 0)) {
      const ours = found.map(({ rule, message: said }) => `${rule}: ${said}`).join(' | ') || 'ok';
      differences.push(`${fact.module}: ${fact.name} ${value};  nginx: ${message || 'ok'}; here: ${ours}`);
    }
  }
  t.diagnostic(`of ${order.length} cases: ${taken} taken, ${elsewhere} up to the machine`);
  assert.deepEqual(differences, []);
});
