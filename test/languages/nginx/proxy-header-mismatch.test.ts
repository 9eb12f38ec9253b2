import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText } from './project.ts';

const around = (http: string, stream: string) => `events {}\nhttp { ${http} }\nstream { ${stream} }\n`;
const found = (http: string, stream: string) =>
  checkText(around(http, stream)).filter(({ rule }) => rule === 'proxy-header-mismatch');
const web = (listen: string) => `server { listen ${listen} ssl; ssl_certificate a; ssl_certificate_key b; root /srv; }`;
const passing = (to: string, lines = '') => `server { listen 443; ${lines} proxy_pass ${to}; }`;
const chosen = (to: string, lines = '') =>
  `map $ssl_preread_server_name $to { a.example ${to}; } server { listen 443; ssl_preread on; ${lines} proxy_pass $to; }`;
const on = 'proxy_protocol on;';
const reads = 'ssl_preread on;';

test('a header that an address of its own does not expect is told, and one that it waits for', () => {
  for (const [listen, to] of [
    ['127.0.0.1:8443', '127.0.0.1:8443'],
    ['8443', 'localhost:8443'],
    ['[::]:8443', '[::1]:8443'],
    ['unix:/run/a.sock', 'unix:/run/a.sock'],
  ] as const) {
    assert.match(found(web(listen), passing(to, on))[0]?.message ?? '', / gets a PROXY header first /, listen);
    assert.deepEqual(found(web(listen), passing(to)), [], listen);
    const waiting = web(`${listen} proxy_protocol`);
    assert.match(
      found(waiting, chosen(to))[0]?.message ?? '',
      / expects a PROXY header first, and none is sent here/,
      listen,
    );
    assert.deepEqual(found(waiting, passing(to, on)), [], listen);
    assert.deepEqual(found(waiting, `${on} ${passing(to)}`), [], listen);
  }
});

test('so are backends by a group or a map, the wrong ones of them once', () => {
  const servers = `${web('127.0.0.1:8443 proxy_protocol')} ${web('127.0.0.1:9443')}`;
  const group = 'upstream b { server 127.0.0.1:8443; server 127.0.0.1:9443; }';
  const [report, ...others] = found(servers, `${group} ${passing('b', on)}`);
  assert.equal(report?.related?.length, 1);
  assert.match(report?.message ?? '', /^127\.0\.0\.1:9443 gets /);
  assert.deepEqual(others, []);
  const twice = `${group} map $ssl_preread_server_name $to { a.example b; default 127.0.0.1:9443; }`;
  assert.equal(found(servers, `${twice} ${passing('$to', `${reads} ${on}`)}`)[0]?.related?.length, 1);
  const map = 'map $ssl_preread_server_name $to { a.example 127.0.0.1:8443; default 127.0.0.1:9443; }';
  assert.match(found(servers, `${map} ${passing('$to', reads)}`)[0]?.message ?? '', /^127\.0\.0\.1:8443 expects /);
});

test('another server of the address may say so, and a server of stream may take the header off', () => {
  assert.deepEqual(found(`${web('8443')} ${web('8443 proxy_protocol')}`, passing('127.0.0.1:8443', on)), []);
  const between = 'server { listen 127.0.0.1:2222 proxy_protocol; proxy_pass 127.0.0.1:8443; }';
  assert.deepEqual(found(web('8443'), `${between} ${passing('127.0.0.1:2222', on)}`), []);
});

test('a header may come from clients, and goes through a server of stream', () => {
  const waiting = web('8443 proxy_protocol');
  assert.deepEqual(found(waiting, passing('127.0.0.1:8443')), []);
  assert.deepEqual(found(waiting, passing('127.0.0.1:8443', reads)), []);
  assert.equal(found(waiting, chosen('127.0.0.1:8443')).length, 1);
  assert.equal(found(waiting, 'server { listen 443 proxy_protocol; proxy_pass 127.0.0.1:8443; }').length, 1);
  const byPort = 'map $server_port $to { 443 127.0.0.1:8443; }';
  assert.deepEqual(found(waiting, `${byPort} ${passing('$to', reads)}`), []);
  const through = 'server { listen 127.0.0.1:2222; proxy_pass 127.0.0.1:8443; }';
  assert.deepEqual(found(waiting, `${through} ${passing('127.0.0.1:2222', on)}`), []);
});

test('what is not at hand, or is another program, is not judged', () => {
  assert.deepEqual(found(web('8443'), passing('127.0.0.1:9000', on)), []);
  assert.deepEqual(found(web('8443'), passing('192.0.2.9:8443', on)), []);
  assert.deepEqual(found(`${web('8443')} include sites/a.conf;`, passing('127.0.0.1:8443', on)), []);
  assert.equal(found(`${web('8443 proxy_protocol')} include sites/a.conf;`, chosen('127.0.0.1:8443')).length, 1);
  assert.deepEqual(found(web('8443'), passing('$nobody', on)), []);
});

test('neither is what an unread include may say, or a server for datagrams alone', () => {
  const include = 'include common.conf;';
  const waiting = web('127.0.0.1:8443 proxy_protocol');
  assert.deepEqual(found(waiting, `${include} ${chosen('127.0.0.1:8443')}`), []);
  assert.deepEqual(found(waiting, chosen('127.0.0.1:8443', include)), []);
  assert.equal(found(waiting, chosen('127.0.0.1:8443', `${include} proxy_protocol off;`)).length, 1);
  const silent = web('127.0.0.1:8443');
  assert.deepEqual(found(silent, `${on} ${passing('127.0.0.1:8443', include)}`), []);
  assert.equal(found(silent, passing('127.0.0.1:8443', `${include} ${on}`)).length, 1);
  assert.deepEqual(found(`${silent} server { include listen.conf; }`, passing('127.0.0.1:8443', on)), []);
  assert.deepEqual(found(silent, 'server { listen 443 udp; proxy_protocol on; proxy_pass 127.0.0.1:8443; }'), []);
});

test('http sends none, so that an address which waits for one answers it nothing', () => {
  const front = (pass: string) => `server { listen 80; location / { ${pass} } location /b { ${pass} } }`;
  for (const [listen, pass] of [
    ['127.0.0.1:8443 ssl proxy_protocol', 'proxy_pass https://127.0.0.1:8443;'],
    ['8080 proxy_protocol', 'proxy_pass http://localhost:8080/app/;'],
    ['*:8080 proxy_protocol', 'proxy_pass http://b;'],
    ['127.0.0.1:8080 proxy_protocol http2', 'grpc_pass 127.0.0.1:8080;'],
  ] as const) {
    const group = 'upstream b { server 127.0.0.1:8080; }';
    const own = `server { listen ${listen}; ssl_certificate a; ssl_certificate_key b; }`;
    const [report, ...others] = found(`${group} ${own} ${front(pass)}`, '');
    assert.match(
      report?.message ?? '',
      / expects a PROXY header first, which "\w+" of http never sends: it closes /,
      pass,
    );
    assert.deepEqual(
      report?.related?.map(({ message }) => message),
      ['It is opened here with proxy_protocol', 'Here too'],
    );
    assert.deepEqual(others, []);
    assert.deepEqual(found(`${group} ${own.replace('proxy_protocol', '')} ${front(pass)}`, ''), [], pass);
  }
  const both = 'upstream b { server 127.0.0.1:8080; server 192.0.2.1:80; }';
  const waiting = 'server { listen 8080 proxy_protocol; }';
  assert.match(
    found(`${both} ${waiting} ${front('proxy_pass http://b;')}`, '')[0]?.message ?? '',
    /answers none of its/,
  );
  for (const pass of [
    'proxy_pass http://192.0.2.1:8080;',
    'proxy_pass http://127.0.0.1:8081;',
    'proxy_pass http://$host:8080;',
  ])
    assert.deepEqual(found(`${waiting} ${front(pass)}`, ''), [], pass);
});
