import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
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
  // It may be told at each of them, which have paths of their own.
  const paths = 'location /a/ { proxy_pass https://back/a/; } location /b/ { proxy_pass https://back/b/; }';
  assert.match(found(trusted, paths)[0]?.message ?? '', /^The certificate of https:\/\/back has to be /);
  assert.deepEqual(found(`${trusted} proxy_ssl_name a.example;`), []);
  assert.deepEqual(found(`${trusted} proxy_ssl_name $host;`), []);
  assert.deepEqual(found(trusted, 'location / { proxy_pass https://back:8443; }'), []);
  assert.deepEqual(found(trusted, 'location / { proxy_pass https://other; }'), []);
});

test('what an unread file may set is not told', () => {
  assert.deepEqual(found(`proxy_ssl_trusted_certificate ${system};`, undefined, 'include /nowhere/a.conf;'), []);
});

test('an address is looked for among DNS names, or as the common name where there are none', () => {
  const trusting = (subject: string, subjectAltNames: readonly string[] = []) => {
    const certificates = [{ subject, subjectAltNames }] as unknown as readonly Certificate[];
    const file = {
      ...emptyFile,
      state: { kind: 'found' },
      file: '/own.pem',
      certificates,
    } as unknown as CertificateFile;
    const verified = 'proxy_ssl_verify on; proxy_ssl_trusted_certificate /own.pem; proxy_pass https://192.0.2.1/;';
    const text = `events {}\nhttp { server { listen 80; location / { ${verified} } } }\n`;
    const { findings } = analyseText(text, { language: 'nginx', certificates: () => file });
    return findings.some(({ rule, severity }) => rule === 'upstream-name-missing' && severity === 'information');
  };
  assert.ok(trusting('CN=Example CA'));
  assert.ok(trusting('CN=backend', ['IP:192.0.2.1']));
  assert.ok(trusting('CN=192.0.2.1', ['IP:192.0.2.1', 'DNS:backend.example']));
  assert.ok(!trusting('CN=192.0.2.1,O=Example', ['IP:192.0.2.1']));
  assert.ok(!trusting('O=Example', ['DNS:192.0.2.1']));
  // Of several connections to it one is told, and one with a name of its own is none of them.
  const two = 'location /a { proxy_pass https://192.0.2.1; } location /b { proxy_pass https://192.0.2.1; }';
  const own = 'proxy_ssl_trusted_certificate /own.pem;';
  assert.deepEqual(
    found(own, two).map(({ related }) => related.length),
    [1],
  );
  assert.deepEqual(found(`${own} proxy_ssl_name backend.example;`, two), []);
});
