import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultTarget, parseTarget, parseTargetText } from '../../src/analysis/target.ts';

test('a distribution gives all versions and single ones override it', () => {
  const target = parseTargetText('debian=12,openssl=3.2,seclevel=1');
  assert.equal(target.nginx, '1.22.1');
  assert.equal(target.openssl, '3.2');
  assert.equal(target.securityLevel, 1);
  assert.equal(target.assumed, false);
  assert.equal(target.label, 'Debian 12, openssl 3.2, security level 1');
});

test('nothing said is Debian stable, and assumed', () => {
  assert.deepEqual(parseTarget({}), defaultTarget);
  assert.equal(defaultTarget.assumed, true);
});

test('what is not known is named, with what is', () => {
  assert.throws(() => parseTargetText('debain=12'), /"debain" is not known\. Use debian/);
  assert.throws(() => parseTargetText('debian=3'), /debian 3 is not known\. Known releases: 10/);
  assert.throws(() => parseTargetText('nginx=new'), /"new" is not a version/);
  assert.throws(() => parseTargetText('nginx'), /not key=value/);
});
