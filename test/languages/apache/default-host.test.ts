import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { snippet } from './project.ts';

const host = (name: string, lines: string) =>
  `<VirtualHost *:443>\nServerName ${name}\nSSLEngine on\n${lines}\n</VirtualHost>\n`;

test('options of the default virtual host stay switched on for the others', () => {
  const command = 'SSLHonorCipherOrder on\nSSLOpenSSLConfCmd Options ServerPreference,PrioritizeChaCha';
  const { endpoints } = apache.lower(snippet(host('a', command) + host('b', 'SSLHonorCipherOrder off')));
  const tls = endpoints.find(({ name }) => name === 'b')?.tls;
  assert.equal(tls && knownValue(tls.serverPreference), true);
  assert.equal(tls && knownValue(tls.chachaFirst), true);
});
