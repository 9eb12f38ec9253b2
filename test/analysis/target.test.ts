import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultTarget, parseTarget, parseTargetText } from '../../src/analysis/target.ts';
import { targetAtLevel } from '../../src/rules/support/tls/security-levels.ts';
import { describeOpenssl, describeServer, isBackported } from '../../src/tls/target.ts';

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

test('what a target says nothing about stays assumed, and messages say so', () => {
  const stated = parseTargetText('nginx=1.28.0');
  assert.equal(describeServer('nginx', stated), 'nginx 1.28.0');
  assert.equal(describeOpenssl(stated), 'OpenSSL 3.5 at security level 2 (assumed: Debian 13)');
  const image = parseTargetText('image=nginx:1.29-alpine');
  assert.equal(describeServer('nginx', image), 'nginx 1.29.8 (the image nginx:1.29-alpine)');
  assert.equal(describeServer('apache', image), 'Apache 2.4.71 (assumed: Debian 13)');
  assert.equal(describeServer('django', parseTargetText('alpine=3.23')), 'Django 4.2 (assumed: Debian 13)');
});

test('a message names where a version comes from, and no version twice', () => {
  const target = parseTargetText('debian=12,nginx=1.28.0');
  assert.equal(describeServer('nginx', target), 'nginx 1.28.0');
  assert.equal(describeServer('apache', target), 'Apache 2.4.68 (Debian 12)');
  const openssl = (text: string) => describeOpenssl(parseTargetText(text));
  assert.equal(openssl('debian=12,nginx=1.28.0'), 'OpenSSL 3.0 at security level 2 (Debian 12)');
  assert.equal(openssl('debian=12,openssl=3.2'), 'OpenSSL 3.2 at security level 2 (level of Debian 12)');
  assert.equal(openssl('openssl=3.2'), 'OpenSSL 3.2 at security level 2 (level assumed: Debian 13)');
  assert.equal(openssl('debian=12,seclevel=1'), 'OpenSSL 3.0 at security level 1 (version of Debian 12)');
  assert.equal(openssl('openssl=3.2,seclevel=1'), 'OpenSSL 3.2 at security level 1');
  assert.equal(openssl('seclevel=1'), 'OpenSSL 3.5 at security level 1 (assumed: Debian 13)');
  // A cipher string has another level.
  const atLevel = (text: string) => describeOpenssl(targetAtLevel(parseTargetText(text), 0));
  assert.equal(atLevel('openssl=3.2'), 'OpenSSL 3.2 at security level 0');
  assert.equal(atLevel('debian=12,seclevel=1'), 'OpenSSL 3.0 at security level 0 (Debian 12)');
});

test('FreeBSD has the OpenSSL of its base system at that one’s own level, and nobody says what its nginx has as files', () => {
  const [old, current] = [parseTargetText('freebsd=14'), parseTargetText('freebsd=15')];
  assert.equal(describeOpenssl(old), 'OpenSSL 3.0 at security level 1 (FreeBSD 14)');
  assert.equal(describeOpenssl(current), 'OpenSSL 3.5 at security level 2 (FreeBSD 15)');
  assert.equal(current.loadedModules, undefined);
  assert.equal(parseTargetText('image=httpd:2.4').loadedModules, undefined);
});

test('a stream of nginx of another version is Red Hat’s own, what is no stream comes from somebody else', () => {
  const policyOf = (text: string) => parseTargetText(text).distribution?.builds?.nginx?.policyProtocols;
  assert.deepEqual(policyOf('rhel=9'), ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(policyOf('rhel=9,nginx=1.24.0'), ['TLSv1.2', 'TLSv1.3']);
  assert.deepEqual(policyOf('almalinux=9,nginx=1.26'), undefined);
  assert.equal(policyOf('rhel=8'), 'unknown');
  const stream = parseTargetText('rhel=9,nginx=1.26.3');
  assert.deepEqual(stream.loadedModules, parseTargetText('rhel=9').loadedModules);
  assert.equal(isBackported('max_headers', 'nginx', stream), true);
  const other = parseTargetText('rhel=9,nginx=1.29.0');
  assert.equal(other.loadedModules, undefined);
  assert.equal(isBackported('max_headers', 'nginx', other), false);
  // Its OpenSSL is the system's all the same.
  assert.equal(other.distribution?.hasPolicies, true);
});
