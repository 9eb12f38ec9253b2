import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { lower } from './project.ts';

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
