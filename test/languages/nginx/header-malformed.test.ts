import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const textOf = (line: string) =>
  `events {}\nhttp { server { listen 80; location / { ${line} proxy_pass http://127.0.0.1:1; } } }\n`;
const found = (line: string) => checkText(textOf(line)).filter(({ rule }) => rule === 'header-malformed');

// nginx 1.26.3 and Node.js 20 as backends answer 400 to a client that has a certificate; FastCGI takes line breaks.
test('a certificate in several lines is no value of a header', () => {
  for (const value of [
    '$ssl_client_cert',
    '$ssl_client_raw_cert',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of nginx
    '"${ssl_client_cert}"',
    '"a $ssl_client_raw_cert"',
  ]) {
    const [report] = found(`proxy_set_header X-Cert ${value};`);
    assert.match(report?.message ?? '', /^The certificate in "X-Cert" goes over several lines/, value);
    const after = applyEdits(textOf(`proxy_set_header X-Cert ${value};`), report?.fixes?.[0]?.edits ?? []);
    assert.match(after, /\$\{?ssl_client_escaped_cert\b/, value);
  }
  assert.equal(found('proxy_set_header X-Cert $ssl_client_raw_cert;')[0]?.effect, 'connect');
  assert.equal(found('proxy_set_header X-Cert $ssl_client_cert;')[0]?.severity, 'information');
  assert.equal(found('grpc_set_header X-Cert $ssl_client_cert;').length, 1);
  for (const line of [
    'proxy_set_header X-Cert $ssl_client_escaped_cert;',
    'proxy_set_header X-Cert $ssl_client_certificate;',
    'fastcgi_param SSL_CLIENT_CERT $ssl_client_raw_cert;',
    'add_header X-Cert $ssl_client_s_dn;',
  ])
    assert.deepEqual(found(line), [], line);
});

// Seen with nginx 1.26.3: the header of the client passes, and no header with an empty value is sent.
test('a colon after the name of a header without a value keeps that of clients', () => {
  const [report] = found('proxy_set_header Remote-User: "";');
  assert.match(report?.message ?? '', /in "Remote-User:", Remote-User of clients still reaches the backend\./);
  assert.deepEqual(found('add_header X-Frame-Options: "";'), []);
  // Of these that of the client passes in no case.
  assert.match(
    found('proxy_set_header Connection: "";')[0]?.message ?? '',
    /nginx still sends "Connection: close" and/,
  );
  for (const line of ['proxy_set_header Upgrade: "";', 'grpc_set_header Connection: "";'])
    assert.deepEqual(found(line), [], line);
});

// Seen with nginx 1.26.3 and headers-more 0.38: neither word is a header with a value, and a blank in one does for the colon.
test('a header of headers-more and its value are one word', () => {
  for (const [wrong, right] of [
    ['X-Frame-Options: DENY', '"X-Frame-Options: DENY"'],
    ['Strict-Transport-Security "max-age=300"', '"Strict-Transport-Security: max-age=300"'],
    ['X-Content-Type-Options "nosniff" always', '"X-Content-Type-Options: nosniff"'],
    ['X-Frame-Options "ALLOW-FROM *.example.com"', '"X-Frame-Options: ALLOW-FROM *.example.com"'],
    [
      "-s 200 Content-Security-Policy: default-src 'self' 'X-A: b'",
      `-s 200 "Content-Security-Policy: default-src 'self'" 'X-A: b'`,
    ],
    // Of its single quotes nothing is sent, and a policy has words that look like headers.
    ["X-Frame-Options 'DENY' X-Powered-By", '"X-Frame-Options: DENY" X-Powered-By'],
    ['Content-Security-Policy: default-src https: ws://a', '"Content-Security-Policy: default-src https: ws://a"'],
  ] as const) {
    const text = textOf(`more_set_headers ${wrong};`);
    const [report] = found(`more_set_headers ${wrong};`);
    assert.equal(applyEdits(text, report?.fixes?.[0]?.edits ?? []), textOf(`more_set_headers ${right};`));
    assert.deepEqual(found(`more_set_headers ${right};`), []);
  }
  for (const words of [
    '"X-Frame-Options DENY"',
    '"X-A:" "X-B: c"',
    'X-A X-B',
    'X-A: Server',
    'X-Powered-By:',
    '-t text/html "X-A: b"',
    'X-A: $x{{ y }}',
    'Server: ""',
    'Server: ETag',
    'Server: P3P x-powered-by X-UA-Compatible WWW-Authenticate',
    'X-Powered-By: "X-*"',
    'X-Frame-Options strict-transport-security',
  ])
    assert.deepEqual(found(`more_set_headers ${words};`), [], words);
});

// nginx 1.26.3 with headers-more 0.38: wildcard key too short.
test('a lone * as the value of a header of headers-more keeps nginx from starting', () => {
  for (const words of ['Access-Control-Allow-Origin: *', 'Access-Control-Allow-Origin *']) {
    const [report] = found(`more_set_headers ${words};`);
    assert.match(report?.message ?? '', /nginx does not start.* Write "Access-Control-Allow-Origin: \*"\.$/);
    assert.equal(report?.severity, 'error');
  }
});
