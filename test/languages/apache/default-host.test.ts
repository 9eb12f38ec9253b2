import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { lower } from './project.ts';

const host = (name: string, lines: string) =>
  `<VirtualHost *:443>\nServerName ${name}\nSSLEngine on\n${lines}\n</VirtualHost>\n`;

test('options of the default virtual host stay switched on for the others', () => {
  const command = 'SSLHonorCipherOrder on\nSSLOpenSSLConfCmd Options ServerPreference,PrioritizeChaCha';
  const { endpoints } = lower(host('a', command) + host('b', 'SSLHonorCipherOrder off'));
  const tls = endpoints.find(({ name }) => name === 'b')?.tls;
  assert.equal(tls && knownValue(tls.serverPreference), true);
  assert.equal(tls && knownValue(tls.chachaFirst), true);
});

for (const [first, own, expected] of [
  ['', 'SSLOpenSSLConfCmd Protocol -TLSv1.2', ['TLSv1.3']],
  ['SSLOpenSSLConfCmd Protocol -TLSv1.3', 'SSLProtocol -all +TLSv1.2 +TLSv1.3', ['TLSv1.2']],
  ['SSLOpenSSLConfCmd Protocol -ALL,TLSv1.2', 'SSLProtocol -all +TLSv1.2 +TLSv1.3', ['TLSv1.2']],
  ['SSLOpenSSLConfCmd Protocol -TLSv1.3', 'SSLProtocol TLSv1.3\nSSLOpenSSLConfCmd Protocol TLSv1.3', []],
  ['SSLProtocol TLSv1.2', 'SSLOpenSSLConfCmd Protocol -TLSv1.2', []],
  ['SSLOpenSSLConfCmd MinProtocol TLSv1.3', 'SSLProtocol -all +TLSv1.2 +TLSv1.3', ['TLSv1.2', 'TLSv1.3']],
] as const) {
  test(`versions that commands switch off stay off: "${first}", then "${own}"`, () => {
    const { endpoints } = lower(host('a', first) + host('b', own));
    const tls = endpoints.find(({ name }) => name === 'b')?.tls;
    const offered = tls && knownValue(tls.protocols);
    assert.deepEqual(
      offered?.filter((version) => version >= 'TLSv1.2'),
      expected,
    );
  });
}
