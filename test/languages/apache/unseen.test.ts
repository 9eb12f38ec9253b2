import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { knownValue, type Setting } from '../../../src/tls/model/setting.ts';
import { lower, snippet } from './project.ts';

test('a macro that another file may define leaves open what it may set', () => {
  const use = '<VirtualHost *:8443>\nServerName a.example\nUse Tls a.example\n</VirtualHost>\n';
  const [site] = lower(use).sites;
  assert.deepEqual(site?.tls.enabled.value, {
    kind: 'unknown',
    reason: 'the macro Tls is used and not at hand here',
  });
  const defined = lower(`<Macro tls $name>\nHeader set A $name\n</Macro>\n${use}`);
  assert.equal(knownValue(defined.sites[0]?.tls.enabled), false);
  // httpd refuses the macro: it sets nothing.
  const whole = lower(`Listen 8443\n${use}`, { complete: true });
  assert.equal(knownValue(whole.sites[0]?.tls.enabled), false);
});

test('the file that Certbot includes switches TLS on where it is not at hand', () => {
  const enabled = (include: string, certificate = 'SSLCertificateFile /a.crt\n') => {
    const text = `Listen 8443\n<VirtualHost *:8443>\nServerName a.example\n${certificate}${include}\n</VirtualHost>\n`;
    const project = { ...snippet(text, { complete: true }), included: () => undefined };
    return knownValue(apache.lower(project).sites[0]?.tls.enabled as Setting<boolean>);
  };
  const path = '/etc/letsencrypt/options-ssl-apache.conf';
  assert.equal(enabled(`Include ${path}`), true);
  assert.equal(enabled(`SSLEngine off\nInclude ${path}`), false);
  assert.equal(enabled(`Include ${path}`, ''), undefined);
  assert.equal(enabled('Include conf/tls.conf'), undefined);
});
