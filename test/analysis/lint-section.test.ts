import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLintSection } from '../../src/analysis/lint-section.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';

const read = (section: unknown) => readLintSection(section, '/work', defaultSettings);

test('the lint section of a plan becomes settings', () => {
  const settings = read({
    profile: 'modern',
    target: { debian: 12 },
    paths: 'here',
    map: { '/etc/nginx/': 'deploy/nginx' },
    rules: { 'hsts-short': 'hint', 'upstream-unverified': false },
  });
  assert.equal(settings.profile.name, 'modern');
  assert.equal(settings.target.openssl, '3.0');
  assert.equal(settings.paths, 'here');
  assert.equal(settings.map.get('/etc/nginx'), '/work/deploy/nginx');
  assert.equal(settings.rules.get('hsts-short'), 'hint');
  assert.equal(settings.rules.get('upstream-unverified'), 'off');
});

test('what the editor says of one rule or folder leaves what the plan says of the others', () => {
  const plan = read({ map: { '/etc/nginx': 'deploy/nginx' }, rules: { 'hsts-short': 'off', 'http2-missing': 'off' } });
  const own = { map: { '/etc/ssl': 'certs' }, rules: { 'http2-missing': 'hint' } };
  const { map, rules } = readLintSection(own, '/work', plan);
  assert.deepEqual([...map.values()], ['/work/deploy/nginx', '/work/certs']);
  assert.deepEqual(Object.fromEntries(rules), { 'hsts-short': 'off', 'http2-missing': 'hint' });
});

test('nothing said changes nothing', () => {
  assert.equal(read(undefined), defaultSettings);
});

test('a profile can be written out, over another one', () => {
  const { profile } = read({ profile: { extends: 'old', protocols: ['TLSv1.2', 'TLSv1.3'] } });
  assert.deepEqual(profile.protocols, ['TLSv1.2', 'TLSv1.3']);
});

test('what cannot be understood is named, with what could', () => {
  assert.throws(() => read({ profil: 'modern' }), /lint\.profil is not known\. Use profile/);
  assert.throws(() => read({ profile: 'newest' }), /"newest" is not known\. Use modern/);
  assert.throws(() => read({ rules: { x: 'loud' } }), /x: "loud" is no severity/);
  assert.throws(() => read({ map: { nginx: 'x' } }), /"nginx" is not an absolute path/);
  assert.throws(() => read([]), /lint must hold keys/);
});
