import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';
import { checkText } from './project.ts';

const map = 'map $ssl_preread_server_name $to { a.example 127.0.0.1:1; default 127.0.0.1:2; }';
const around = (stream: string) => `events {}\nstream {\n${stream}\n}\n`;
const found = (stream: string) => checkText(around(stream)).filter(({ rule }) => rule === 'ssl-preread-off');

test('a backend by a name that is not read is told, by a map, by several and by the name itself', () => {
  for (const stream of [
    `${map} server { listen 443; proxy_pass $to; }`,
    `${map} map $to $group { default x; } upstream x { server 127.0.0.1:1; } server { listen 443; proxy_pass \${group}; }`,
    'server { listen 443; proxy_pass $ssl_preread_server_name:443; }',
    'map $ssl_preread_alpn_protocols $to { ~h2 127.0.0.1:1; } ssl_preread on; server { listen 1; ssl_preread off; proxy_pass $to; }',
  ]) {
    assert.match(
      found(stream)[0]?.message ?? '',
      /^\$ssl_preread_\w+ is always empty here, .* "ssl_preread" is off/,
      stream,
    );
  }
});

test('where TLS ends here, the variable that knows is named', () => {
  const tls = 'ssl_certificate a; ssl_certificate_key b;';
  const [report] = found(`${map} server { listen 443 ssl; ${tls} proxy_pass $to; }`);
  assert.match(report?.message ?? '', /ends TLS itself\. Choose by \$ssl_server_name instead/);
  assert.match(
    found(`server { listen 1 ssl; ${tls} proxy_pass $ssl_preread_alpn_protocols; }`)[0]?.message ?? '',
    /\$ssl_alpn_protocol instead/,
  );
});

test('where TLS ends here, reading finds nothing behind it', () => {
  const tls = 'ssl_certificate a; ssl_certificate_key b; ssl_preread on; proxy_pass $to;';
  const [report] = found(`${map} server { listen 443 ssl; listen [::]:443 ssl; ${tls} }`);
  assert.equal(report?.severity, 'information');
  assert.match(report?.message ?? '', /is empty here, .* Choose by \$ssl_server_name instead, unless/);
  assert.deepEqual(found(`${map} server { listen 443; listen 444 ssl; ${tls} }`), []);
  assert.deepEqual(found(`${map} server { listen 443 {{ ssl }}; ${tls} }`), []);
  const both = map.replace('$', '$ssl_server_name$');
  assert.deepEqual(found(`${both} server { listen 443 ssl; ${tls} }`), []);
  assert.equal(found(`${both} server { listen 443; proxy_pass $to; }`).length, 1);
});

test('nothing is said where it is on, may be on, or where nothing of it decides', () => {
  for (const stream of [
    `${map} server { listen 443; ssl_preread on; proxy_pass $to; }`,
    `${map} ssl_preread on; server { listen 443; proxy_pass $to; }`,
    `${map} server { listen 443; include unseen.conf; proxy_pass $to; }`,
    `${map} include unseen.conf; server { listen 443; proxy_pass $to; }`,
    `${map} server { listen 443; proxy_pass 127.0.0.1:1; }`,
    'map $remote_addr $to { default 127.0.0.1:1; } server { listen 443; proxy_pass $to; }',
    'map $server_port:$ssl_preread_server_name $to { 80: 127.0.0.1:1; } server { listen 80; proxy_pass $to; }',
    'map $a $b { default x; } map $b $a { default y; } server { listen 443; proxy_pass $a; }',
  ]) {
    assert.deepEqual(found(stream), [], stream);
  }
  const part = `${map}\nserver { listen 443; proxy_pass $to; }\n`;
  const { findings } = analyseText(part, { language: 'nginx', file: '/etc/nginx/streams.d/a.conf' });
  assert.deepEqual(
    findings.filter(({ effect }) => effect === 'connect'),
    [],
  );
});

test('the fix reads it in that server', () => {
  const text = around(`${map}\n  server {\n    listen 443;\n    proxy_pass $to;\n  }`);
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  const fixes = findings.filter(({ rule }) => rule === 'ssl-preread-off').flatMap((finding) => finding.fixes);
  assert.equal(fixes.length, 1);
  const edits = fixes.flatMap((fix) => fix.edits);
  assert.match(edits[0]?.newText ?? '', /^\n {4}ssl_preread on;$/);
});
