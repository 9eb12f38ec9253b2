import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointsText } from '../../src/report/endpoints-text.ts';

test('names that a terminal would act on are shown as pictures', () => {
  const row = { listen: '*:80', name: 'a\u001b[2J', default: false, file: 'x', line: 1, tls: false, unknown: {} };
  assert.equal(endpointsText([row]), '*:80 a␛[2J  x:1\n  plain, no TLS');
});

const endpoint = {
  listen: '*:443',
  name: 'a.example',
  default: true,
  file: 'nginx.conf',
  line: 3,
  tls: true,
  protocols: ['TLSv1.2', 'TLSv1.3'],
  cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'],
  tls13CipherSuites: [],
  groups: null,
  serverPreference: false,
  alpn: ['h2'],
  certificates: [{ file: 'a.crt', keyFile: 'a.key' }],
  hsts: { maxAge: 60, includeSubDomains: true, preload: false },
  grade: 'B',
  gradeReasons: ['TLS 1.1 is on', 'no forward secrecy'],
  lift: { message: 'turn TLS 1.1 off', grade: 'A' },
  unknown: {},
  atMost: { cipherSuites: 'the certificate is not here' },
};

test('each line says what it is, what is not known, and why', () => {
  assert.equal(
    endpointsText([endpoint]),
    `*:443 a.example (default)  nginx.conf:3
  protocols      TLSv1.2 TLSv1.3
  cipher suites  ECDHE-RSA-AES128-GCM-SHA256 (at most: the certificate is not here)
  TLS 1.3        none
  groups         not known: it depends on the running server
  order          the client’s
  ALPN           h2
  certificates   a.crt
  HSTS           60 seconds, subdomains too
  grade          B, predicted from the configuration: TLS 1.1 is on; no forward secrecy
                 for A: turn TLS 1.1 off`,
  );
  const grown = { ...endpoint, hsts: null, grade: null, lift: null, unknown: { grade: 'it is a snippet' } };
  assert.match(endpointsText([grown]), /\n {2}HSTS {11}no\n {2}grade {10}not known: it is a snippet$/);
  const perfect = { ...endpoint, grade: 'A+', gradeReasons: [], lift: null };
  assert.match(endpointsText([perfect]), /\n {2}grade {10}A\+, predicted from the configuration$/);
});

test('clients stand below, with what they agree on or why they do not connect', () => {
  const client = { name: 'Chrome', connects: true, protocol: 'TLSv1.3', cipherSuites: ['A', 'B'], group: 'X25519' };
  const clients = [
    { ...client, defaultServer: false },
    { name: 'IE 6', connects: false, reason: 'no protocol in common', defaultServer: true },
    { name: 'Odd', connects: null, reason: 'the certificate is not here', defaultServer: false },
  ];
  const lines = endpointsText([{ ...endpoint, clients }]).split('\n');
  assert.deepEqual(lines.slice(-4), [
    '  clients        1 of 3 connect',
    '                 Chrome  TLS 1.3  A or B  X25519',
    '                 IE 6    no: no protocol in common (sends no name: meets the default server)',
    '                 Odd     not known: the certificate is not here',
  ]);
  const unknown = { clients: 'the suites are not known' };
  assert.match(endpointsText([{ ...endpoint, clients: null, unknown }]), /\n {2}clients {8}not known: the suites/);
});

test('where nothing listens, that is said', () => {
  assert.equal(endpointsText([]), 'No listener is configured in these files.');
});
