import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DirectiveFact, factsOf } from '../../../src/languages/nginx/facts/directives.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';
import { checkText } from './project.ts';

test('TLS over UDP is one mistake', () => {
  const main = (text: string) =>
    analyseText(`events {}\n${text}\n`, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  const rules = (text: string) => main(text).findings.map(({ rule, message }) => `${rule} ${message}`);
  for (const certificate of ['', 'ssl_certificate a; ssl_certificate_key b;']) {
    const inStream = rules(`stream { server { listen 443 udp ssl; return x; ${certificate} } }`);
    assert.deepEqual(inStream, ['invalid-value "ssl" parameter is incompatible with "udp".']);
    const [inHttp, ...others] = rules(`http { server { listen 443 udp ssl; ${certificate} } }`);
    assert.match(inHttp ?? '', /^invalid-value Invalid parameter "udp": over UDP http has HTTP\/3 alone/);
    assert.deepEqual(others, []);
  }
});

test('an address to bind to is read as nginx reads one', () => {
  const complaints = (address: string) =>
    checkText(`events {}\nhttp { server { location / { proxy_bind ${address}; } } }\n`).length;
  for (const address of ['127.0..1', '1.2.3.', '1.2.3.0004', '1.2.3.4:1', '::1', '[::1]:80', '$remote_addr']) {
    assert.equal(complaints(address), 0, address);
  }
  for (const address of ['127..1', '1.2.3.256', '1.2.3.4:0', '255.255.255.255', '[::1]', '[::1]:0', '1:2:3', '::g']) {
    assert.equal(complaints(address), 1, address);
  }
});

test('numbers that are no IPv4 address are no host, and a point may stand for the colon of a port', () => {
  const told = (address: string, at = 'upstream u { server ADDRESS; }') => {
    const text = `events {}\nhttp { ${at.replace('ADDRESS', address)} }\n`;
    return checkText(text).map(({ rule, fixes }) => [rule, applyEdits(text, fixes?.[0]?.edits ?? []) !== text]);
  };
  const listen = 'server { listen ADDRESS; }';
  assert.deepEqual(told('192.0.2.1.8080'), [['invalid-value', true]]);
  assert.deepEqual(told('192.0.2.1.8080', listen), [['invalid-value', true]]);
  for (const address of ['192.0.2.256', '192.0.2.256:80', '1.2.3.4.5.6', '192.0.2.1.2:80'])
    assert.deepEqual(told(address), [['invalid-value', false]], address);
  for (const address of ['192.0.2.1', '1.2.3', '127.1:80', '010.1.1.1', '192.0.2.1:80', '1.2.3.4.example', '80'])
    assert.deepEqual(told(address), [], address);
});

test('what such a port is meant to be is known all the same', () => {
  const text = 'events {}\nhttp { server { listen 192.0.2.1.443 ssl; ssl_certificate a; ssl_certificate_key b; } }\n';
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ rule }) => rule),
    ['invalid-value'],
  );
});

test('"ssl" that only repeats what each address says is taken out safely', () => {
  const safe = (lines: string) =>
    checkText(`events {}\nhttp { server { ${lines} } }\n`).flatMap(({ rule, fixes }) =>
      rule === 'directive-version' ? [fixes?.[0]?.safe] : [],
    );
  assert.deepEqual(safe('listen 443 ssl; listen 80; ssl on;'), [true]);
  assert.deepEqual(safe('listen 80; ssl off;'), [true]);
  assert.deepEqual(safe('listen 443; ssl on;'), [false]);
  assert.deepEqual(safe('listen 443 ssl; listen 8443; ssl on;'), [false]);
});

test('"ssl" that stands in the way of a move is not taken out before it', () => {
  const titles = (lines: string) =>
    checkText(`events {}\nhttp { ${lines} }\n`).flatMap(({ rule, fixes }) =>
      rule === 'directive-version' ? (fixes ?? []).map(({ title, safe }) => `${title} ${safe}`) : [],
    );
  assert.deepEqual(titles('ssl on; server { listen 443; } server { listen 8443; ssl off; }'), [
    'Move "ssl" to "listen" false',
    // Without it the move would make it an address of TLS.
    'Remove "ssl off" false',
  ]);
  // The second of two has nothing left to move.
  assert.deepEqual(titles('server { listen 443; ssl on; ssl on; }'), ['Move "ssl" to "listen" false']);
});

test('"ssl on" around servers becomes TLS of their addresses, but for those of plain text', () => {
  for (const [block, servers, wanted] of [
    ['http', 'server { listen 443; } server { listen 80; } server { listen 8443; ssl off; }', 'listen 443 ssl; }'],
    ['mail', 'server { listen 143; protocol imap; } server { listen 993; protocol imap; }', 'listen 993 ssl; protocol'],
  ] as const) {
    const text = `events {}\n${block} {\n  ssl on;\n  ${servers}\n}\n`;
    const [report] = checkText(text).filter(({ location }) => location.range.start < text.indexOf('listen'));
    const [fix] = report?.fixes ?? [];
    const fixed = applyEdits(text, fix?.edits ?? []);
    assert.equal(fix?.safe, false);
    assert.ok(fixed.includes(wanted) && !fixed.includes('ssl on'), fixed);
    assert.equal(fixed.match(/listen \d+ ssl/g)?.length, 1, fixed);
  }
});

test('listen directives that contradict each other', () => {
  const rules = (servers: string) =>
    checkText(`events {}\nhttp {\n${servers}\n}\n`).map(({ rule, message }) => `${rule}: ${message}`);
  assert.match(
    rules('server { listen 80; listen *:80; }')[0] ?? '',
    /listen-conflict: A duplicate listen 0\.0\.0\.0:80/,
  );
  assert.match(
    rules('server { listen 80 default_server; } server { listen 80 default_server; }')[0] ?? '',
    /duplicate default server/,
  );
  assert.match(
    rules('server { listen 80 backlog=5; } server { listen 80 backlog=5; }')[0] ?? '',
    /Duplicate listen options/,
  );
  assert.deepEqual(rules('server { listen 80; } server { listen 80 backlog=5; }'), []);
});

test('a parameter without a blank before it is a part of the address', () => {
  const messages = (address: string) =>
    checkText(`events {}\nhttp { server { listen ${address}; } }\n`).map(({ message }) => message);
  assert.match(messages('443ssl')[0] ?? '', /a blank is missing before "ssl"\. Write 443 ssl\.$/);
  assert.match(messages('[::]:443quic reuseport')[0] ?? '', /Write \[::\]:443 quic\.$/);
  assert.match(messages('80default_server')[0] ?? '', /before "default_server"/);
  for (const address of ['web-443ssl', 'unix:/run/web:80ssl']) assert.deepEqual(messages(address), [], address);
});

test('"listen" takes every parameter that its manual lists, in each kind of server', () => {
  const refused = (fact: DirectiveFact, parameter: string, nginx: string) => {
    const [kind = '', inside = ''] = kinds[fact.module] ?? [];
    const text = `events {}\n${kind} { server { listen 127.0.0.1:8000 ${parameter}; ${inside} } }\n`;
    return checkText(text, { target: { nginx } }).filter(({ rule }) => rule === 'invalid-value');
  };
  const kinds: Readonly<Record<string, readonly string[]>> = {
    http_core: ['http'],
    stream_core: ['stream', 'proxy_pass 127.0.0.1:8001;'],
    mail_core: ['mail', 'protocol imap; auth_http 127.0.0.1/a;'],
  };
  for (const fact of factsOf('listen').filter(({ source }) => source === 'open')) {
    const flags = fact.words.filter((word) => !word.endsWith('='));
    assert.ok(flags.includes('multipath'), fact.module);
    for (const flag of flags) assert.deepEqual(refused(fact, flag, '1.31.4'), [], `${fact.module} ${flag}`);
    assert.equal(refused(fact, 'multipath', '1.29.6').length, 1, fact.module);
  }
});
