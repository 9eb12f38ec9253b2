import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

function messages(lines: string): readonly string[] {
  const text = `events {}\nhttp { server { listen 80; location / { proxy_pass https://backend.example.net; ${lines} } } }\n`;
  const { findings } = analyseText(text, { language: 'nginx' });
  return findings.flatMap(({ rule, message }) => (rule === 'upstream-unverified' ? [message] : []));
}

test('a file of CAs alone verifies nothing, and that is said', () => {
  assert.match(messages('')[0] ?? '', /Verify it, with a file of CAs/);
  assert.match(messages('proxy_ssl_trusted_certificate /ca.pem;')[0] ?? '', /only where verification is switched on/);
  assert.deepEqual(messages('proxy_ssl_trusted_certificate /ca.pem; proxy_ssl_verify on;'), []);
});

test('a group is not to be verified by its own name', () => {
  const found = (servers: string) => {
    const text = `events {}\nhttp {\n  upstream back { ${servers} }\n  server { listen 80; location / { proxy_pass https://back; } }\n}\n`;
    const [finding] = analyseText(text, { language: 'nginx' }).findings.filter(
      ({ rule }) => rule === 'upstream-unverified',
    );
    assert.match(finding?.message ?? '', /else the name of the group, "back", is looked for/);
    return finding?.fixes.map(({ edits }) => applyEdits(text, edits)) ?? [];
  };
  // nginx would answer 502: upstream SSL certificate does not match "back".
  assert.match(found('server a.example:8443; server a.example:8444;')[0] ?? '', /proxy_ssl_name a\.example;/);
  assert.deepEqual(found('server a.example; server b.example;'), []);
  assert.deepEqual(found('server 192.0.2.1:443;'), []);
  assert.deepEqual(found('server intern:443;'), []);
});

test('an address is verified only by a name, which nobody knows here', () => {
  const text = 'events {}\nhttp { server { listen 80; location / { proxy_pass https://192.0.2.1; } } }\n';
  const [finding] = analyseText(text, { language: 'nginx' }).findings.filter(
    ({ rule }) => rule === 'upstream-unverified',
  );
  assert.match(finding?.message ?? '', /and the name in its certificate; else the address is looked for/);
  assert.deepEqual(finding?.fixes, []);
});

test('a group whose servers are all on this machine is as near as their addresses', () => {
  const found = (servers: string, to = 'https://Group/a') => {
    const upstream = `upstream group { ${servers} }`;
    const text = `events {}\nhttp { ${upstream} server { listen 80; location / { proxy_pass ${to}; } } }\n`;
    return analyseText(text, { language: 'nginx' }).findings.filter(({ rule }) => rule === 'upstream-unverified')
      .length;
  };
  assert.equal(found('least_conn; server 127.0.0.1:8443; server [::1]:8443 backup; server unix:/run/a;'), 0);
  assert.equal(found('server 127.0.0.1:8443; server b.example:8443;'), 1);
  assert.equal(found('include /nowhere; server 127.0.0.1:8443;'), 1);
  assert.equal(found('server {{ backend }};'), 1);
  assert.equal(found('server 127.0.0.1:8443;', 'https://other'), 1);
});

test('what goes to an address that this configuration listens on stays on the machine', () => {
  const said = (listen: string, to: string) => {
    const text = `events {}\nhttp { upstream both { server 192.0.2.1:1; server 192.0.2.2:1; }
  server { listen ${listen}; location / { proxy_pass https://${to}; } } }\n`;
    return analyseText(text, { language: 'nginx' }).findings.some(({ rule }) => rule === 'upstream-unverified');
  };
  assert.equal(said('192.0.2.1:80', '192.0.2.1:8443'), false);
  assert.equal(said('[2001:db8::1]:80', '[2001:db8::1]:8443'), false);
  assert.equal(said('192.0.2.1:80', '192.0.2.2:8443'), true);
  assert.equal(said('192.0.2.1:80', 'both'), true);
  assert.equal(said('80', '192.0.2.1:8443'), true);
});

test('a scheme with a digit in it is as good as any other', () => {
  const found = (...backends: readonly string[]) => {
    const passes = backends.map((to, index) => `ProxyPass /${index}/ h2://${to}/\n`).join('');
    const text = `Listen 80\n<VirtualHost *:80>\nSSLProxyEngine on\nSSLProxyVerify none\n${passes}</VirtualHost>\n`;
    const { findings } = analyseText(text, { language: 'apache' });
    return findings.filter(({ rule }) => rule === 'upstream-unverified');
  };
  assert.deepEqual(found('127.0.0.1:8443', 'localhost', '[::1]:8443'), []);
  assert.equal(found('a.example', 'b.example').length, 2);
});
