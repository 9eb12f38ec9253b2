import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { reaches } from '../../src/languages/nginx/facts/versions.ts';
import { refusals } from './nginx/compare.ts';
import { Judge, targetOfNginx } from './nginx/judge.ts';

const pair = (prefix: string, file: string, key = file) =>
  `${prefix}ssl_certificate certs/${file}; ${prefix}ssl_certificate_key certs/${key};`;
const server = (lines: string) => `server { listen 21080; ${lines} }`;
const location = (lines: string) => server(`location / { ${lines} }`);
const verify = 'proxy_ssl_verify on; proxy_ssl_verify_depth 2; proxy_ssl_trusted_certificate certs/rsa.crt;';

const own = pair('', 'rsa.crt', 'rsa.key');

const behind = (command: string) => location(`proxy_pass https://127.0.0.1:9; proxy_ssl_conf_command ${command};`);

const missing = ['certificate-file-missing', 'certificate-file-missing'];
const invalid = ['certificate-file-invalid', 'certificate-file-invalid'];

/** What stops nginx, with the rules that say so. */
const stopping: readonly (readonly [rules: readonly string[], http: string])[] = [
  [missing, location(`proxy_pass https://127.0.0.1:9; ${pair('proxy_', 'none')}`)],
  [missing, location(`proxy_pass http://$host:9; ${pair('proxy_', 'none')}`)],
  [missing, location(`grpc_pass grpcs://127.0.0.1:9; ${pair('grpc_', 'none')}`)],
  [missing, location(`grpc_pass $host:9; ${pair('grpc_', 'none')}`)],
  [missing, location(`uwsgi_pass suwsgi://127.0.0.1:9; ${pair('uwsgi_', 'none')}`)],
  [missing, location(`uwsgi_pass $host:9; ${pair('uwsgi_', 'none')}`)],
  [missing, `${pair('proxy_', 'none')} ${location('proxy_pass https://127.0.0.1:9;')}`],
  [missing, location(`${pair('proxy_', 'none')} if ($arg_x) { proxy_pass https://127.0.0.1:9; }`)],
  [invalid, location(`proxy_pass https://127.0.0.1:9; ${pair('proxy_', 'short')}`)],
  [
    ['certificate-file-missing'],
    location('proxy_pass https://127.0.0.1:9; proxy_ssl_conf_command VerifyCAFile certs/none;'),
  ],
  [
    ['certificate-file-missing'],
    `grpc_ssl_conf_command RequestCAFile certs/none; ${location('grpc_pass grpcs://127.0.0.1:9;')}`,
  ],
  ...['Certificate', 'PrivateKey', 'ChainCAFile', 'DHParameters', 'ServerInfoFile', 'RequestCAFile'].map(
    (command) => [['certificate-file-missing'], behind(`${command} certs/none`)] as const,
  ),
  ...['PrivateKey certs', 'DHParameters certs', 'ChainCAFile certs', 'RequestCAPath certs/rsa.crt'].map(
    (command) => [['certificate-file-missing'], behind(command)] as const,
  ),
  ...[
    ...['Certificate certs/rsa.key', 'Certificate certs/empty', 'PrivateKey certs/rsa.crt'],
    ...['ChainCAFile certs/short', 'VerifyCAFile certs/empty', 'DHParameters certs/rsa.crt'],
  ].flatMap((command) => [
    [['certificate-file-invalid'], behind(command)] as const,
    [['certificate-file-invalid'], server(`${own} ssl_conf_command ${command};`)] as const,
    [['certificate-file-invalid'], `ssl_conf_command ${command}; ${server(own)}`] as const,
  ]),
  [['certificate-file-missing'], location(`proxy_pass https://127.0.0.1:9; ${verify} proxy_ssl_crl certs/none;`)],
  [['certificate-file-missing'], location('proxy_pass http://127.0.0.1:9; proxy_ssl_password_file certs/none;')],
  [['certificate-file-missing'], location(`proxy_pass https://127.0.0.1:9; ${verify.replace('rsa.crt', 'none')}`)],
  [['certificate-file-invalid'], location(`proxy_pass https://127.0.0.1:9; ${verify.replace('rsa.crt', 'short')}`)],
  [['invalid-value', 'invalid-value'], server('ssl_certificate data:short; ssl_certificate_key data:;')],
  [['invalid-value'], server('ssl_certificate certs/rsa.crt; ssl_certificate_key data:short;')],
  [['invalid-value'], server('ssl_certificate certs/rsa.crt; ssl_certificate_key engine:one;')],
  [
    ['invalid-value'],
    location(`proxy_pass https://127.0.0.1:9; ${pair('proxy_', 'rsa.crt', 'x').replace('certs/x', 'data:short')}`),
  ],
  [
    ['invalid-value'],
    location(`grpc_pass grpcs://127.0.0.1:9; ${pair('grpc_', 'rsa.crt', 'x').replace('certs/x', 'engine:one')}`),
  ],
  [
    ['invalid-value', 'invalid-value'],
    `${pair('uwsgi_', 'x').replaceAll('certs/x', 'data:')} ${location('uwsgi_pass suwsgi://127.0.0.1:9;')}`,
  ],
  [missing, `${pair('', 'none')} ${server(own)} ${server('')}`],
  [['certificate-file-missing'], `ssl_crl certs/none; ${server(`${own} ssl_crl certs/rsa.crt;`)} ${server(own)}`],
  [['certificate-file-missing'], server('access_log /no-such-folder/a.log;')],
  [['certificate-file-missing'], location('if ($arg_x) { access_log /no-such-folder/a.log combined if=$arg_y; }')],
  [['certificate-file-missing'], `access_log /no-such-folder/a.log; ${server('access_log off;')}`],
  [['certificate-file-missing'], server('error_log /no-such-folder/e.log debug;')],
  [['certificate-file-missing'], `proxy_cache_path /no-such-folder/cache/ keys_zone=a:1m; ${server('')}`],
  [missing, server(pair('', '../certs'))],
  [['certificate-file-missing'], server(`${own} ssl_dhparam certs;`)],
  [['certificate-file-missing'], server(`${own} ssl_verify_client on; ssl_client_certificate certs;`)],
  [['certificate-file-missing'], server(`${own} ssl_trusted_certificate certs;`)],
  [['certificate-file-missing'], server(`${own} ssl_crl certs;`)],
  [['certificate-file-missing'], server(`${own} ssl_session_ticket_key certs;`)],
  [['certificate-file-missing'], server('ssl_password_file certs;')],
  [['certificate-file-missing'], server('quic_host_key certs;')],
  [['certificate-file-missing'], location(`proxy_pass https://127.0.0.1:9; ${verify.replace('rsa.crt', '')}`)],
  [['invalid-value'], server('ssl_password_file "";')],
  [['invalid-value'], server('quic_host_key "";')],
  [['certificate-file-missing'], server('quic_host_key certs/none;')],
  [['certificate-file-invalid'], server('quic_host_key certs/empty;')],
  [['certificate-file-missing'], `quic_host_key certs/none; ${server('')}`],
  [['invalid-value'], `ssl_certificate ""; ssl_certificate_key certs/rsa.key; ${server('')}`],
  [['invalid-value'], `ssl_certificate ""; ${server('ssl_certificate_key certs/rsa.key;')} ${server(own)}`],
  [['invalid-value'], `ssl_certificate certs/rsa.crt; ssl_certificate_key ""; ${server('')}`],
  [['invalid-value'], `ssl_certificate_key data:short; ${server('ssl_certificate certs/rsa.crt;')}`],
  [['certificate-file-invalid'], server(`${own} ssl_verify_client on; ssl_client_certificate certs/trusted;`)],
  [['certificate-file-invalid'], server(`${own} ssl_verify_client on; ssl_client_certificate certs/list;`)],
  [['certificate-file-invalid'], server(`${own} ssl_trusted_certificate certs/short;`)],
  [['unexpected-token'], `map $uri $a { include entries; } ${server('')}`],
  [['unexpected-token'], server('types { include entries; }')],
];

/** What nginx never looks at, or takes. */
const starting: readonly string[] = [
  server('access_log /no-such-folder/$host.log; error_log stderr;'),
  server('access_log off;'),
  server(`${own} ssl_client_certificate certs;`),
  location('proxy_pass https://127.0.0.1:9; proxy_ssl_trusted_certificate certs; proxy_ssl_crl certs;'),
  location('proxy_pass http://127.0.0.1:9; proxy_ssl_conf_command Certificate certs/none;'),
  ...[
    'VerifyCAPath certs/none',
    'VerifyCAFile certs/list',
    'ChainCAFile certs/trusted',
    'Certificate certs/trusted',
  ].map((command) => behind(command)),
  ...['short', 'empty', 'rsa.key', ''].flatMap((file) => [
    behind(`RequestCAFile certs/${file}`),
    server(`${own} ssl_conf_command ClientCAFile certs/${file};`),
  ]),
  server('ssl_conf_command Certificate certs/short;'),
  `ssl_conf_command VerifyCAFile certs/short; ${server(`${own} ssl_conf_command NumTickets 1;`)}`,
  `grpc_ssl_conf_command PrivateKey certs/none; ${location('proxy_pass https://127.0.0.1:9;')}`,
  location(`proxy_pass http://127.0.0.1:9; ${pair('proxy_', 'none')}`),
  location(`proxy_pass http://127.0.0.1:9; ${pair('proxy_', 'short')}`),
  location(`grpc_pass 127.0.0.1:9; ${pair('grpc_', 'none')}`),
  location(`uwsgi_pass 127.0.0.1:9; ${pair('uwsgi_', 'none')}`),
  location(`uwsgi_pass suwsgi://127.0.0.1:9; ${pair('proxy_', 'none')}`),
  `${pair('proxy_', 'none')} ${server('')}`,
  location(`proxy_pass http://127.0.0.1:9; ${pair('proxy_', 'rsa.crt', 'x').replace('certs/x', 'data:short')}`),
  location(`proxy_pass https://127.0.0.1:9; ${pair('proxy_', 'data:$host').replaceAll('certs/', '')}`),
  `${pair('proxy_', 'none')} ${location('proxy_pass https://127.0.0.1:9; proxy_ssl_certificate ""; proxy_ssl_certificate_key "";')}`,
  `${pair('proxy_', 'none')} ${location(`proxy_pass https://127.0.0.1:9; ${pair('proxy_', 'rsa.crt', 'rsa.key')}`)}`,
  location(`proxy_pass https://127.0.0.1:9; location /x { ${pair('proxy_', 'none')} }`),
  location(`proxy_pass https://127.0.0.1:9; ${pair('proxy_', '$host', 'none')}`),
  location(`proxy_pass https://127.0.0.1:9; ${pair('proxy_', 'none', '$host')}`),
  location('proxy_pass https://127.0.0.1:9; proxy_ssl_trusted_certificate certs/none; proxy_ssl_crl certs/none;'),
  location('proxy_pass https://127.0.0.1:9; proxy_ssl_trusted_certificate certs/short; proxy_ssl_crl certs/short;'),
  location(`proxy_pass http://127.0.0.1:9; ${verify.replace('rsa.crt', 'none')} proxy_ssl_crl certs/none;`),
  location(`proxy_pass https://127.0.0.1:9; ${verify} proxy_ssl_crl certs/rsa.crt;`),
  server('ssl_certificate data:$host; ssl_certificate_key data:$host;'),
  server('ssl_certificate data:short; ssl_certificate_key data:$host;'),
  server('ssl_certificate certs/rsa.crt; ssl_certificate_key data:$host;'),
  server('ssl_certificate_key data:short;'),
  server('ssl_certificate_key engine:one;'),
  `ssl_certificate ""; ssl_certificate_key ""; ${server(own)}`,
  `ssl_certificate ""; ${server(`ssl_certificate certs/rsa.crt; ssl_certificate_key certs/rsa.key;`)}`,
  `ssl_certificate ""; ${server('ssl_certificate_key $host;')}`,
  `ssl_certificate_key ""; ${server('')}`,
  'ssl_certificate "";',
  `${pair('', 'none')} ${server(own)}`,
  `${pair('', 'short')} ${server(own)}`,
  `ssl_dhparam certs/none; ${server(`${own} ssl_dhparam "";`)}`,
  `ssl_crl certs/none; ${server(`${own} ssl_crl certs/rsa.crt;`)}`,
  server(`${own} ssl_verify_client on; ssl_client_certificate certs/trusted-and-plain;`),
  server(`${own} ssl_trusted_certificate certs/trusted;`),
  server(`${own} ssl_trusted_certificate certs/list;`),
  location(`proxy_pass https://127.0.0.1:9; ${verify.replace('rsa.crt', 'list')}`),
  `ssl_trusted_certificate certs/short; ${server(`${own} ssl_trusted_certificate certs/rsa.crt;`)}`,
];

let judge: Judge;

before(() => {
  judge = new Judge();
  writeFileSync(join(judge.folder, 'certs', 'short'), 'short');
  writeFileSync(join(judge.folder, 'certs', 'empty'), '');
  const plain = readFileSync(join(judge.folder, 'certs', 'rsa.crt'), 'utf8');
  const trusted = plain.replaceAll(' CERTIFICATE-', ' TRUSTED CERTIFICATE-');
  writeFileSync(join(judge.folder, 'certs', 'trusted'), trusted);
  writeFileSync(join(judge.folder, 'certs', 'trusted-and-plain'), trusted + plain);
  writeFileSync(join(judge.folder, 'certs', 'list'), readFileSync('test/fixtures/certificates/revocation-list.pem'));
  writeFileSync(join(judge.folder, 'entries'), 'a b;\nc {\n  d e;\n}\n');
});
after(() => judge.remove());

const configuration = (block: string) => `error_log stderr;\npid run/read.pid;\nevents { }\n${block}\n`;
const inHttp = (http: string) => configuration(`http { access_log off;\n${http}\n}`);
const modules = ['stream', 'mail']
  .map((name) => `load_module /usr/lib/nginx/modules/ngx_${name}_module.so;\n`)
  .join('');
const inStream = (lines: string) =>
  `load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n${configuration(`stream { server { listen 21090; proxy_pass 127.0.0.1:9; ${lines} } }`)}`;

async function judged(text: string) {
  const { accepted, message } = judge.test(text);
  const found = await refusals(judge, text);
  return { accepted, message, rules: found.map(({ rule }) => rule) };
}

describe('files that nginx reads at start', () => {
  for (const [rules, http] of stopping) {
    test(`stops: ${http}`, async () => {
      const { accepted, rules: found } = await judged(inHttp(http));
      assert.equal(accepted, false);
      assert.deepEqual(found, rules);
    });
  }

  for (const http of starting) {
    test(`starts: ${http}`, async () => {
      const { accepted, message, rules } = await judged(inHttp(http));
      assert.ok(accepted, message);
      assert.deepEqual(rules, []);
    });
  }

  test('of stream and mail where a client certificate is asked for', async () => {
    const read = `${pair('', 'rsa.crt', 'rsa.key')} ssl_trusted_certificate certs/none; ssl_crl certs/none;`;
    const asks = 'ssl_verify_client on; ssl_client_certificate certs/rsa.crt;';
    const stream = (lines: string) =>
      `${modules}${configuration(`stream { server { listen 21090 ssl; return x; ${lines} } }`)}`;
    const mail = (lines: string) =>
      `${modules}${configuration(`mail { server { listen 21110 ssl; protocol pop3; auth_http 127.0.0.1:9; server_name a; ${lines} } }`)}`;
    // Stream staples since 1.27.2, and reads CAs for that.
    for (const inBlock of reaches(targetOfNginx().nginx, '1.27.2') ? [mail] : [stream, mail]) {
      const asked = await judged(inBlock(`${read} ${asks}`));
      assert.equal(asked.accepted, false);
      assert.deepEqual(asked.rules, missing);
      for (const lines of [read, `${read} ssl_verify_client off;`]) {
        const { accepted, message, rules } = await judged(inBlock(lines));
        assert.ok(accepted, message);
        assert.deepEqual(rules, []);
      }
    }
  });

  test('what is behind the server has its lists judged where they are used', async () => {
    const values = [
      'proxy_ssl_ciphers FOO;',
      ...['CipherString FOO', 'Ciphersuites FOO', 'Groups foo'].map((value) => `proxy_ssl_conf_command ${value};`),
    ];
    for (const line of values) {
      for (const text of [
        inHttp(location(`proxy_pass https://127.0.0.1:9; ${line}`)),
        inHttp(location(`proxy_pass http://$host; ${line}`)),
        inStream(`proxy_ssl on; ${line}`),
      ]) {
        const { accepted, rules } = await judged(text);
        assert.equal(accepted, false, text);
        assert.deepEqual(rules, ['invalid-value'], text);
      }
      for (const text of [inHttp(location(`proxy_pass http://127.0.0.1:9; ${line}`)), inStream(line)]) {
        const { accepted, rules } = await judged(text);
        assert.ok(accepted, text);
        assert.deepEqual(rules, [], text);
      }
    }
  });

  test('of stream where the connection is to be TLS', async () => {
    const files = pair('proxy_', 'none');
    const { accepted, rules } = await judged(inStream(`proxy_ssl on; ${files}`));
    assert.equal(accepted, false);
    assert.deepEqual(rules, missing);
    for (const lines of [files, `proxy_ssl off; ${files}`]) {
      const idle = await judged(inStream(lines));
      assert.ok(idle.accepted, idle.message);
      assert.deepEqual(idle.rules, []);
    }
  });
});
