import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compareVersions } from '../../src/text/version.ts';
import { newerThanKnown } from '../../src/tls/newest-known.ts';
import { analyseText } from '../support/analyse.ts';

function told(text: string, language: 'nginx' | 'apache', target: string, rule: string) {
  const file = `/work/${language === 'nginx' ? 'nginx' : 'apache2'}.conf`;
  return analyseText(text, { language, file, target })
    .findings.filter((finding) => finding.rule === rule)
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const nginx = 'events {}\nhttp { thing_of_tomorrow on; }\n';
const apache = 'Listen 80\nSSLProtocol TLSv1.4\n';
const group = 'events {}\nhttp { server { listen 443 ssl; ssl_ecdh_curve OfTomorrow:X25519; } }\n';

test('what a release knows that nobody knows here is doubtful and no error', () => {
  assert.match(told(nginx, 'nginx', 'nginx=1.31.4', 'unknown-directive').join(), /^error: [^:]*\.$/);
  assert.match(told(nginx, 'nginx', 'nginx=1.40.0', 'unknown-directive').join(), /^warning: .* may have it: try it/);
  assert.match(told(apache, 'apache', 'apache=2.4.71', 'invalid-value').join(), /^error: /);
  assert.match(told(apache, 'apache', 'apache=2.6.0', 'invalid-value').join(), /^warning: .* newer than 2\.4\.71/);
  assert.match(told(group, 'nginx', 'openssl=3.5', 'group-unknown').join(), /^error: .* refuses the whole list, so/);
  assert.match(told(group, 'nginx', 'openssl=4.2', 'group-unknown').join(), /^information: .* newer than 4\.0/);
});

test('what was dropped, and what is misspelt, stays so in newer releases', () => {
  const dropped = 'events {}\nhttp { server { listen 80; ssl on; } }\n';
  assert.match(told(dropped, 'nginx', 'nginx=1.40.0', 'directive-version').join(), /^error: /);
  assert.match(told(group.replace('OfTomorrow', 'X25518'), 'nginx', 'openssl=4.2', 'group-unknown').join(), /^error: /);
});

test('no table has a directive of a release that is newer than the newest known one', () => {
  for (const [program, file] of [
    ['nginx', 'src/languages/nginx/data/directives.ts'],
    ['apache', 'src/languages/apache/data/directives.ts'],
  ] as const) {
    const versions =
      readFileSync(file, 'utf8').match(program === 'nginx' ? /\b1\.\d+\.\d+\b/g : /\b2\.4\.\d+\b/g) ?? [];
    const newest = [...new Set(versions)].sort(compareVersions).at(-1) ?? '';
    assert.notEqual(newest, '');
    const { target } = analyseText(nginx, { language: 'nginx', target: `${program}=${newest}` }).model;
    assert.equal(newerThanKnown(program, target), undefined, `${program} ${newest}`);
  }
});
