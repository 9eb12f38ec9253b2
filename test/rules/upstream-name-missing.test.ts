import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const system = '/etc/ssl/certs/ca-certificates.crt';

/** What the rule says of connections to a group. */
function found(settings: string, locations = 'location / { proxy_pass https://back; }', around = '') {
  const servers = 'upstream back { server a.example:443; server b.example:443; }';
  const verified = 'proxy_ssl_verify on; proxy_ssl_verify_depth 2; proxy_ssl_server_name on;';
  const text = `events {}\nhttp { ${around} ${servers} ${verified} ${settings} server { listen 80; ${locations} } }\n`;
  const { findings } = analyseText(text, { language: 'nginx' });
  return findings.filter(({ rule }) => rule === 'upstream-name-missing');
}

test('no certificate is for the name of a group, unless a CA of one\u2019s own signed it', () => {
  const [public_] = found(`proxy_ssl_trusted_certificate ${system};`);
  assert.equal(public_?.severity, 'warning');
  assert.match(public_?.message ?? '', /has to be for "back".* no public CA signs that/);
  assert.deepEqual(public_?.fixes, []);
  assert.equal(found('proxy_ssl_trusted_certificate /own.pem;')[0]?.severity, 'information');
});

test('a group that is called as one of its servers may have that name in its certificate', () => {
  const app = 'upstream app { server app:8443; }';
  assert.deepEqual(found('proxy_ssl_trusted_certificate /own.pem;', 'location / { proxy_pass https://app; }', app), []);
});

test('connections to one group are one finding, and those that give a name are none', () => {
  const trusted = `proxy_ssl_trusted_certificate ${system};`;
  const two = 'location /a/ { proxy_pass https://back; } location /b/ { proxy_pass https://back/c/; }';
  assert.deepEqual(
    found(trusted, two).map(({ related }) => related.length),
    [1],
  );
  assert.deepEqual(found(`${trusted} proxy_ssl_name a.example;`), []);
  assert.deepEqual(found(`${trusted} proxy_ssl_name $host;`), []);
  assert.deepEqual(found(trusted, 'location / { proxy_pass https://back:8443; }'), []);
  assert.deepEqual(found(trusted, 'location / { proxy_pass https://other; }'), []);
});

test('what an unread file may set is not told', () => {
  assert.deepEqual(found(`proxy_ssl_trusted_certificate ${system};`, undefined, 'include /nowhere/a.conf;'), []);
});
