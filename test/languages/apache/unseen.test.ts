import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { snippet } from './project.ts';

test('a macro that another file may define leaves open what it may set', () => {
  const use = '<VirtualHost *:8443>\nServerName a.example\nUse Tls a.example\n</VirtualHost>\n';
  const [site] = apache.lower(snippet(use)).sites;
  assert.deepEqual(site?.tls.enabled.value, {
    kind: 'unknown',
    reason: 'the macro Tls is used and not at hand here',
  });
  const defined = apache.lower(snippet(`<Macro tls $name>\nHeader set A $name\n</Macro>\n${use}`));
  assert.equal(knownValue(defined.sites[0]?.tls.enabled), false);
  // httpd refuses the macro: it sets nothing.
  const whole = apache.lower(snippet(`Listen 8443\n${use}`, { complete: true }));
  assert.equal(knownValue(whole.sites[0]?.tls.enabled), false);
});
