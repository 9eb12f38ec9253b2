import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { analyseText } from '../support/analyse.ts';

const tls = 'server { listen 8443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key; }';
const whole = (text: string) => `events {}\nhttp { ${text} }\n`;
const asking = (...addresses: readonly string[]) =>
  `server { listen 8080; ${addresses.map((to, index) => `location /${index} { proxy_pass ${to}; }`).join(' ')} }`;

function found(text: string) {
  const { findings } = analyseText(text, { language: 'nginx' });
  return findings.filter(({ rule }) => rule === 'upstream-other-scheme');
}

test('an own port of TLS that is asked over plain HTTP, and the other way round, is found and asked by the right scheme', () => {
  for (const [wrong, right] of [
    ['http://127.0.0.1:8443', 'https://127.0.0.1:8443'],
    ['HTTP://localhost:8443/a', 'https://localhost:8443/a'],
    ['https://127.0.0.1:8080/$uri', 'http://127.0.0.1:8080/$uri'],
  ] as const) {
    const text = whole(`${tls} server { listen 80; location / { proxy_pass ${wrong}; } } ${asking()}`);
    const [finding, ...others] = found(text);
    assert.equal(finding?.severity, 'warning', wrong);
    assert.deepEqual(others, []);
    const mended = applyEdits(text, finding.fixes[0]?.edits ?? []);
    assert.equal(mended, text.replace(wrong, right));
    assert.deepEqual(found(mended), []);
  }
});

test('so is what gRPC asks, which has no scheme of its own', () => {
  for (const [wrong, right] of [
    ['grpc://127.0.0.1:8443', 'grpcs://127.0.0.1:8443'],
    ['127.0.0.1:8443', 'grpcs://127.0.0.1:8443'],
    ['"grpcs://127.0.0.1:8080"', '"grpc://127.0.0.1:8080"'],
  ] as const) {
    const text = whole(`${tls} server { listen 80; location / { grpc_pass ${wrong}; } } ${asking()}`);
    const [finding] = found(text);
    assert.match(finding?.message ?? '', /, so requests get status 502 \(error log: .*\)\. Write grpcs?:\/\//, wrong);
    const mended = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    assert.equal(mended, text.replace(wrong, right));
    assert.deepEqual(found(mended), []);
  }
  assert.deepEqual(found(whole(`${tls} server { listen 80; location / { grpc_pass unix:/run/a; } }`)), []);
});

test('where no port is written the one that was asked stays', () => {
  const own = 'ssl_certificate a.crt; ssl_certificate_key a.key; server { listen 80 ssl; } server { listen 443; }';
  for (const [wrong, right] of [
    ['proxy_pass "https://127.0.0.1/x";', 'proxy_pass "http://127.0.0.1:443/x";'],
    ['proxy_pass http://localhost?a=1;', 'proxy_pass https://localhost:80?a=1;'],
    ['grpc_pass localhost;', 'grpc_pass grpcs://localhost:80;'],
  ] as const) {
    const text = whole(`${own} server { listen 8080; location / { ${wrong} } }`);
    const [finding] = found(text);
    assert.match(finding?.message ?? '', /^(?:127\.0\.0\.1:443|localhost:80) .* Write \w+:\/\/[\w.]+:\d+, or/, wrong);
    const mended = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    assert.equal(mended, text.replace(wrong, right));
    assert.deepEqual(found(mended), []);
  }
});

test('so are servers of a group, and a group that is asked for TLS at port 80 for want of a port', () => {
  const group = (server: string, to: string) => whole(`upstream app { server ${server}; } ${tls} ${asking(to)}`);
  assert.match(found(group('127.0.0.1:8443', 'http://app'))[0]?.message ?? '', /^127\.0\.0\.1:8443 speaks TLS/);
  assert.match(found(group('127.0.0.1:8080', 'https://app/'))[0]?.message ?? '', /speaks plain HTTP/);
  assert.match(found(group('10.0.0.1', 'https://app'))[0]?.message ?? '', /^The servers of "app" have no port/);
  assert.match(
    found(group('127.0.0.1:8443; server 127.0.0.1:8080', 'https://app/'))[0]?.message ?? '',
    /^127\.0\.0\.1:8080 .* so it answers none of its requests \(/,
  );
  const both = found(
    whole(`upstream app { server 127.0.0.1:8443; } ${tls} ${asking('http://app', 'http://127.0.0.1:8443')}`),
  );
  assert.deepEqual([both.length, both[0]?.fixes[0]?.edits.length], [1, 1]);
  for (const [server, to] of [
    ['10.0.0.1', 'http://app'],
    ['10.0.0.1:443', 'https://app'],
    ['unix:/run/app.sock', 'https://app'],
    ['10.0.0.1', 'https://other'],
  ] as const)
    assert.deepEqual(found(group(server, to)), [], `${server} ${to}`);
});

test('several places that ask one backend are one finding, whose fix mends all', () => {
  const text = whole(`${tls} ${asking('http://127.0.0.1:8443', 'http://127.0.0.1:8443')}`);
  const [finding, ...others] = found(text);
  assert.deepEqual([others.length, finding?.related.length], [0, 2]);
  assert.deepEqual(found(applyEdits(text, finding?.fixes[0]?.edits ?? [])), []);
});

test('a file that two servers include is mended once', () => {
  const project = projectOf({
    '/etc/nginx/nginx.conf': whole(`${tls} server { listen 80; include p; } server { listen 81; include p; }`),
    '/etc/nginx/p': 'location / { proxy_pass http://127.0.0.1:8443; }',
  });
  const [report] = [...nginx.check(project)].filter(({ rule }) => rule === 'upstream-other-scheme');
  assert.deepEqual([report?.related?.length, report?.fixes?.[0]?.edits.length], [1, 1]);
});

test('a server that asks itself means another port', () => {
  const text = tls.replace('}', 'location / { proxy_pass http://127.0.0.1:8443; } }');
  const [alone] = found(text);
  assert.equal(alone?.severity, 'information');
  assert.match(alone.message, /this is the server itself/);
  assert.deepEqual(found(whole(text))[0]?.fixes, []);
});

test('other machines, other addresses, and what is answered on purpose or not certain, are left alone', () => {
  for (const text of [
    `${tls} ${asking('http://10.0.0.1:8443', 'http://backend:8443', 'http://127.0.0.1:9443', 'https://127.0.0.1:8443', 'http://[::1]:8443')}`,
    `${tls} server { listen 127.0.0.1:8443; } ${asking('http://$host:8443')}`,
    `error_page 497 =301 https://$host$request_uri; ${tls} ${asking('http://127.0.0.1:8443')}`,
    `${tls.replace('}', 'error_page 497 /own; }')} ${asking('http://127.0.0.1:8443')}`,
    // It answers no request of either scheme, none is sent there, and the name service knows the port.
    `${tls.replace('ssl;', 'ssl proxy_protocol;')} ${asking('http://127.0.0.1:8443')}`,
    `upstream app { server 127.0.0.1:8443 down; server 10.0.0.1; } ${tls} ${asking('http://app')}`,
    `upstream app { zone a 64k; server app.test service=https resolve; } ${asking('https://app')}`,
    `server { listen {{ port }} ssl; listen 9000{% if tls %} ssl{% endif %}; } ${asking('http://127.0.0.1:9000')}`,
    `server { listen 9000; include more.d/missing.conf; } ${asking('https://127.0.0.1:9000')}`,
  ])
    assert.deepEqual(found(whole(text)), [], text);
  assert.deepEqual(found(asking('https://127.0.0.1:8080')), []);
  // Such a page of another address is none of its own.
  const other = 'server { listen 9443 ssl; error_page 497 /own; }';
  // Nor is it one that gRPC, HTTP/2 without TLS, ever gets.
  const grpc = 'server { listen 8080; location / { grpc_pass 127.0.0.1:8443; } }';
  assert.equal(found(whole(`${tls.replace('}', 'error_page 497 /own; }')} ${grpc}`)).length, 1);
  assert.equal(found(whole(`${tls} ${other} ${asking('http://127.0.0.1:8443')}`)).length, 1);
});
