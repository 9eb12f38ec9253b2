import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { refusals } from './nginx/compare.ts';
import { Judge } from './nginx/judge.ts';

const certificate = 'ssl_certificate certs/rsa.crt;';
const key = 'ssl_certificate_key certs/rsa.key;';
const pair = `${certificate} ${key}`;
const server = (lines: string) => `server { listen 21080; ${lines} }`;
const refusing = (lines: string) => server(`ssl_reject_handshake on; ${lines}`);

/** What stops nginx though no address speaks TLS, with the rule that says so. */
const stopping: readonly (readonly [rule: string, http: string])[] = [
  ['cipher-none', server(`${pair} ssl_ciphers FOO;`)],
  ['cipher-none', server(`${pair} ssl_ciphers FOO; ssl_protocols TLSv1.3;`)],
  ['cipher-none', `${pair} ssl_ciphers FOO; ${server('')}`],
  ['cipher-none', refusing('ssl_ciphers FOO;')],
  ['cipher-none', `ssl_reject_handshake on; ${server('ssl_ciphers FOO;')}`],
  ['cipher-none', server('ssl_certificate data:$host; ssl_certificate_key data:$host; ssl_ciphers FOO;')],
  ['group-unknown', server(`${pair} ssl_ecdh_curve foo;`)],
  ['group-unknown', refusing('ssl_ecdh_curve foo;')],
  ['tls13-cipher-unknown', server(`${pair} ssl_conf_command Ciphersuites FOO;`)],
  ['certificate-key-missing', `${certificate} ${server('')}`],
  ['certificate-key-missing', `${certificate} ${refusing('')}`],
  ['certificate-key-missing', refusing(certificate)],
  ['certificate-key-mismatch', server('ssl_certificate certs/rsa.crt; ssl_certificate_key certs/other.key;')],
  ['certificate-key-mismatch', `${pair} ${server('ssl_certificate_key certs/other.key;')}`],
  ['certificate-key-mismatch', `${pair} server { listen 21443 ssl; ssl_certificate_key certs/other.key; }`],
  ['certificate-weak-key', server('ssl_certificate certs/weak.crt; ssl_certificate_key certs/weak.key;')],
  ['certificate-file-missing', server('ssl_certificate certs/none; ssl_certificate_key certs/rsa.key;')],
  ['certificate-file-missing', server('ssl_certificate certs/rsa.crt; ssl_certificate_key certs/none;')],
  ['certificate-file-missing', server(`${pair} ssl_dhparam certs/none;`)],
  ['certificate-file-missing', server(`${pair} ssl_trusted_certificate certs/none;`)],
  ['certificate-file-missing', refusing('ssl_crl certs/none;')],
  ['certificate-file-missing', server('ssl_password_file certs/none;')],
  ['certificate-file-invalid', server('ssl_certificate certs/short; ssl_certificate_key certs/rsa.key;')],
  ['certificate-file-invalid', server('ssl_certificate certs/rsa.crt; ssl_certificate_key certs/short;')],
  ['certificate-file-invalid', server(`${pair} ssl_dhparam certs/short;`)],
  ['certificate-file-invalid', server(`${pair} ssl_crl certs/short;`)],
  ['certificate-file-invalid', server(`${pair} ssl_trusted_certificate certs/short;`)],
  ['certificate-file-invalid', server(`${pair} ssl_client_certificate certs/short; ssl_verify_client on;`)],
  ['certificate-file-invalid', server(`${pair} ssl_session_ticket_key certs/short;`)],
  ['certificate-file-invalid', server(`${pair} ssl_stapling on; ssl_stapling_file certs/short;`)],
  ['certificate-file-invalid', refusing('ssl_crl certs/short;')],
  ['group-unknown', server(`${pair} ssl_ecdh_curve foo; ssl_conf_command Groups X25519;`)],
  ['cipher-none', server(`${pair} ssl_ciphers FOO; ssl_conf_command CipherString HIGH;`)],
  ['certificate-file-missing', server(`${pair} ssl_dhparam certs/none; ssl_conf_command DHParameters certs/dh.pem;`)],
  ['client-ca-missing', server(`${pair} ssl_verify_client on;`)],
  ['client-ca-missing', refusing('ssl_verify_client on;')],
  [
    'client-ca-missing',
    `ssl_verify_client on; server { listen 21443 ssl; ssl_client_certificate certs/rsa.crt; ${pair} } ${server(pair)}`,
  ],
  [
    'certificate-file-invalid',
    `${pair} server { listen 21443 ssl; } server { listen 21443 ssl; server_name b; ssl_certificate_key certs/short; }`,
  ],
  ['certificate-missing', 'server { listen 21443 ssl; } server { listen 21443 ssl; server_name b; }'],
  [
    'certificate-missing',
    'server { listen 21443 ssl; ssl_reject_handshake on; } server { listen 21443 ssl; server_name b; ssl_verify_client on; }',
  ],
  [
    'group-unknown',
    `${pair} server { listen 21443 ssl; ssl_ecdh_curve X25519; } server { listen 21443 ssl; server_name b; ssl_ecdh_curve foo; }`,
  ],
];

/** What nginx never looks at, or takes. */
const starting: readonly string[] = [
  server(`${pair} ssl_ciphers HIGH; ssl_ecdh_curve X25519;`),
  server('ssl_ciphers FOO; ssl_ecdh_curve foo; ssl_verify_client on;'),
  server('ssl_conf_command Ciphersuites FOO;'),
  server('ssl_crl certs/short; ssl_dhparam certs/short; ssl_trusted_certificate certs/short;'),
  server('ssl_session_ticket_key certs/short;'),
  server('ssl_certificate_key certs/short;'),
  `server { listen 21443 ssl; ${pair} } server { listen 21443 ssl; server_name b; ssl_certificate_key certs/short; }`,
  `server { listen 21443 ssl; ${pair} } server { listen 21443 ssl; server_name b; ssl_crl certs/short; ssl_dhparam certs/short; }`,
  `server { listen 21443 ssl; ${pair} } server { listen 21443 ssl; server_name b; ssl_crl certs/none; ssl_certificate_key certs/none; }`,
  server('ssl_reject_handshake off; ssl_ciphers FOO;'),
  server('ssl_certificate_key certs/none; ssl_crl certs/none; ssl_dhparam certs/none;'),
  server('ssl_trusted_certificate certs/none; ssl_session_ticket_key certs/none; ssl_stapling_file certs/none;'),
  `ssl_dhparam certs/none; ${server('')}`,
  server(`${pair} ssl_client_certificate certs/short;`),
  server(`${pair} ssl_client_certificate certs/none;`),
  server(`${pair} ssl_stapling_file certs/none;`),
  server(`${pair} ssl_stapling_file certs/short;`),
  `${pair} ssl_ciphers FOO;`,
  refusing(''),
  `${certificate} ${server(key)}`,
  `${key} ${server(certificate)}`,
  `${certificate} server { listen 21443 ssl; ${key} }`,
  `server { listen 21443 ssl; ${pair} } server { listen 21443 ssl; server_name b; ssl_ciphers FOO; ssl_ecdh_curve foo; }`,
  `server { listen 21443 ssl; ssl_reject_handshake on; ${pair} } server { listen 21443 ssl; server_name b; }`,
  'server { listen 21443 ssl; ssl_reject_handshake on; } server { listen 21443 ssl; server_name b; ssl_reject_handshake on; }',
];

let judge: Judge;

before(() => {
  judge = new Judge();
  const out = (name: string) => join(judge.folder, 'certs', name);
  const request = ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-subj', '/CN=example.com', '-days', '9'];
  execFileSync('openssl', [...request, '-keyout', out('weak.key'), '-out', out('weak.crt')], { stdio: 'ignore' });
  const parameters = ['genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048'];
  execFileSync('openssl', [...parameters, '-out', out('dh.pem')], { stdio: 'ignore' });
});
after(() => judge.remove());

const modules = ['stream', 'mail']
  .map((name) => `load_module /usr/lib/nginx/modules/ngx_${name}_module.so;\n`)
  .join('');
const around = (block: string) => `${modules}error_log stderr;\npid run/idle.pid;\nevents { }\n${block}\n`;
const configuration = (http: string) => around(`http { access_log off;\n${http}\n}`);
const inStream = (lines: string) => around(`stream { server { listen 21090; return a; ${lines} } }`);
const inMail = (lines: string) =>
  around(`mail { server { listen 21110; protocol pop3; auth_http 127.0.0.1:9; server_name a; ${lines} } }`);

describe('settings of TLS that nginx reads at start, whether TLS is spoken or not', () => {
  for (const [rule, http] of stopping) {
    test(`${rule}: ${http}`, async () => {
      const text = configuration(http);
      assert.equal(judge.test(text).accepted, false);
      const found = await refusals(judge, text);
      assert.deepEqual(
        found.map((finding) => finding.rule),
        [rule],
      );
    });
  }

  for (const http of starting) {
    test(`starts: ${http}`, async () => {
      const text = configuration(http);
      const verdict = judge.test(text);
      assert.ok(verdict.accepted, verdict.message);
      assert.deepEqual(await refusals(judge, text), []);
    });
  }

  test('stream looks as http does', async () => {
    for (const lines of [`${pair} ssl_ciphers FOO;`, 'ssl_reject_handshake on; ssl_ecdh_curve foo;', certificate]) {
      assert.equal(judge.test(inStream(lines)).accepted, false, lines);
      assert.equal((await refusals(judge, inStream(lines))).length, 1, lines);
    }
    assert.ok(judge.test(inStream('ssl_ciphers FOO;')).accepted);
    assert.deepEqual(await refusals(judge, inStream('ssl_ciphers FOO;')), []);
  });

  test('mail looks only where it is to speak TLS', async () => {
    for (const lines of [
      `${pair} ssl_ciphers FOO;`,
      `${pair} ssl_verify_client on;`,
      certificate,
      'ssl_certificate certs/short; ssl_certificate_key certs/short;',
      'ssl_certificate certs/none; ssl_certificate_key certs/none;',
    ]) {
      assert.ok(judge.test(inMail(lines)).accepted, lines);
      assert.deepEqual(await refusals(judge, inMail(lines)), [], lines);
    }
    for (const lines of [
      certificate,
      ...['on', 'only'].flatMap((word) =>
        [
          '',
          certificate,
          `${pair} ssl_ciphers FOO;`,
          `${pair} ssl_ecdh_curve foo;`,
          `${pair} ssl_verify_client on;`,
          `${pair} ssl_dhparam certs/none;`,
        ].map((said) => `starttls ${word}; ${said}`),
      ),
    ]) {
      const text = lines === certificate ? inMail(lines).replace('21110', '21110 ssl') : inMail(lines);
      assert.equal(judge.test(text).accepted, false, lines);
      assert.equal((await refusals(judge, text)).length, 1, lines);
    }
  });
});
