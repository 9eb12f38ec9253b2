import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { projectOf } from './project.ts';

const pair = 'SSLCertificateFile a.crt\nSSLCertificateKeyFile a.key';

function speaksTls(address: string, lines: string, outside = ''): boolean | undefined {
  const text = `${outside}\n<VirtualHost ${address}>\n${lines}\n</VirtualHost>\n`;
  const [site] = apache.lower(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true })).sites;
  return site && knownValue(site.tls.enabled);
}

test('a virtual host with a certificate on an address of https speaks TLS without SSLEngine', () => {
  const named = `ServerName a.example\n${pair}`;
  const cases: readonly (readonly [expected: boolean, outside: string, address: string, lines: string])[] = [
    [true, 'Listen 443', '*:443', named],
    [true, 'Listen 443', '_default_:443', named],
    [true, 'Listen 443', '[::]:443', named],
    [true, `Listen 443\n${pair}`, '*:443', 'ServerName a.example'],
    [true, 'Listen 8443 https', '*:8443', named],
    [true, 'Listen 127.0.0.1:8443 HTTPS', '127.0.0.1:8443', named],
    [true, 'Listen 8443', '*:8443', `Protocol https\n${named}`],
    [false, 'Listen 443 http', '*:443', named],
    [false, 'Listen 443', '*:443', `Protocol http\n${named}`],
    [false, 'Listen 8443', '*:8443', named],
    [false, 'Listen 443', '127.0.0.1:443', named],
    [false, 'Listen 443', '0.0.0.0:443', named],
    [false, 'Listen 443', '*:443', 'ServerName a.example'],
    [false, 'Listen 443', '*:443', pair],
    [false, 'Listen 443', '*:443', `SSLEngine off\n${named}`],
    [false, 'SSLEngine off\nListen 443', '*:443', named],
  ];
  for (const [expected, outside, address, lines] of cases) {
    assert.equal(speaksTls(address, lines, outside), expected, `${outside} ${address} ${lines}`);
  }
});
