import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lower } from './project.ts';

const each = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('');

test('a virtual host has no more endpoints than memory holds, and some on each of its addresses', () => {
  const addresses = each(500, (i) => ` 127.0.${i >> 8}.${i & 255}:443`);
  const names = `ServerName a.example\nServerAlias ${each(500, (i) => `h${i}.example `)}\n`;
  const text = `Listen 443\n<VirtualHost${addresses}>\n${names}SSLEngine on\n</VirtualHost>\n`;
  const { endpoints, listeners } = lower(text, { complete: true });
  assert.ok(endpoints.length <= 100_000 + listeners.length, String(endpoints.length));
  assert.equal(new Set(endpoints.map(({ listener }) => listener)).size, listeners.length);
});

test('many virtual hosts for any address on many ports have no more endpoints than memory holds', () => {
  const ports = each(600, (i) => `Listen ${1000 + i}\n`);
  const hosts = each(600, (i) => `<VirtualHost *>\nServerName h${i}.example\n</VirtualHost>\n`);
  const { endpoints } = lower(ports + hosts, { complete: true });
  assert.ok(endpoints.length > 200_000 && endpoints.length <= 251_000, String(endpoints.length));
});

test('a list that very many virtual hosts go on with is left open in each of them', () => {
  const kind = (count: number) => {
    const outside = each(count, (i) => `Header always set X-H${i} v\n`);
    const host = '<VirtualHost *:443>\nServerName a.example\nHeader always set X-A b\n</VirtualHost>\n';
    return lower(`Listen 443\n${outside}${host}`, { complete: true }).sites[0]?.headers.value.kind;
  };
  assert.equal(kind(300), 'known');
  assert.equal(kind(301), 'unknown');
});
