import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { type ComparisonRow, comparisonText } from '../../src/report/comparison-text.ts';

const expected =
  'as expected of nginx 1.26.3 (assumed: Debian 13) with OpenSSL 3.5 at security level 2 (assumed: Debian 13)';
const text = (rows: readonly ComparisonRow[]) => comparisonText(rows, defaultSettings.target);

const row = (name: string, more: Partial<ComparisonRow> = {}): ComparisonRow => ({
  server: 'nginx',
  file: 'nginx.conf',
  line: 4,
  listen: '0.0.0.0:443',
  name,
  asked: '127.0.0.1:443',
  answers: true,
  agrees: true,
  differences: [],
  reason: null,
  ...more,
});

test('what agrees is counted alone', () => {
  assert.equal(text([row('a.example')]), `1 of 1 endpoint answers as configured, ${expected}.`);
  assert.equal(text([row('a.example'), row('b.example')]), `2 of 2 endpoints answer as configured, ${expected}.`);
});

test('what differs is told once, with all whom it concerns', () => {
  const silent = {
    answers: false,
    agrees: false,
    differences: ['nothing answers at 127.0.0.1:443 (connection refused)'],
  };
  const names = ['a.example', 'b.example', 'c.example', 'd.example', 'e.example'];
  assert.equal(
    text([...names.map((name) => row(name, silent)), row('f.example', { agrees: null, reason: 'it is so' })]),
    `0.0.0.0:443 a.example, b.example, c.example and 2 more  nginx.conf:4
  nothing answers at 127.0.0.1:443 (connection refused)

0.0.0.0:443 f.example  nginx.conf:4
  not compared: it is so

0 of 6 endpoints answer as configured, 1 was not compared, ${expected}.
Start the server, or say with --at where it runs.`,
  );
});

test('one name more than there is room for is counted, and what nobody could ask is said to be so', () => {
  const silent = { agrees: null, reason: 'it is so' };
  const of = (...names: string[]) => text(names.map((name) => row(name, silent))).split('\n');
  assert.equal(of('a', 'b', 'c')[0], '0.0.0.0:443 a, b, c  nginx.conf:4');
  assert.equal(of('a', 'b', 'c', 'd')[0], '0.0.0.0:443 a, b, c and 1 more  nginx.conf:4');
  assert.equal(of('a').at(-1), 'Nothing could be compared.');
});

test('a server that answers otherwise is to be reloaded', () => {
  const differences = ['it speaks TLS 1.1, which is not configured'];
  assert.match(text([row('a.example', { agrees: false, differences })]), /Reload the server, or look which/);
});

test('certificates that could not be read here are told of, once', () => {
  const missing = { reason: 'the certificate /etc/tls/a.pem is not on this machine' };
  const count = `1 of 1 endpoint answers as configured, ${expected}.`;
  assert.equal(
    text([row('a.example', missing)]),
    `The certificates of a.example were not compared: the certificate /etc/tls/a.pem is not on this machine.\n\n${count}`,
  );
  const other = { reason: 'the server gets the certificate by itself' };
  assert.match(
    text([row('a.example', missing), row('b.example', missing), row('c.example', other)]),
    /^The certificates of 3 endpoints were not compared: the certificate .* is not on this machine, and 1 more\.$/m,
  );
});
