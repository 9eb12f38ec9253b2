import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

const old = 'ssl_protocols TLSv1.2;\nssl_prefer_server_ciphers on;\n';
const elsewhere = 'include /etc/nginx/sites-enabled/*;\n';

function said(http: string, behind = '', matched: readonly string[] = []) {
  const text = `events {}\nhttp {\n${http}}\n${behind}`;
  const { findings, model } = analyseText(text, { file: '/work/nginx.conf', language: 'nginx', matched });
  const lines = findings.map(
    ({ rule, location }) => `${rule}:${text.slice(0, location.range.start).split('\n').length}`,
  );
  return { lines, findings, model, text };
}

test('what http says of TLS is judged where the servers lie elsewhere, and nothing that is absent', () => {
  const { lines, model, text } = said(`${old}${elsewhere}`);
  assert.deepEqual(lines, ['tls13-missing:3']);
  assert.equal(model.complete, false);
  const [site] = model.sites;
  assert.ok(site?.location.range.start === text.indexOf('http {'), JSON.stringify(site?.location));
});

test('its fixes are written into the http block', () => {
  const { findings, text } = said(`${old}${elsewhere}`);
  const edits = findings[0]?.fixes[0]?.edits ?? [];
  assert.match(applyEdits(text, edits), /^ *ssl_protocols TLSv1\.2 TLSv1\.3;$/m);
});

test('nothing is assumed where a server is there, where none can come, or where http says nothing of TLS', () => {
  assert.deepEqual(said(`${old}${elsewhere}server {\nlisten 80;\n}\n`).model.sites.length, 1);
  assert.deepEqual(said(old).model.sites, []);
  assert.deepEqual(said(`keepalive_timeout 5;\n${elsewhere}`).model.sites, []);
  const stream = 'stream {\nserver {\nlisten 443;\nproxy_pass 127.0.0.1:8443;\n}\n}\n';
  assert.deepEqual(
    said(`${old}${elsewhere}`, stream).model.sites.map(({ application }) => application),
    ['stream'],
  );
});

test('directives of a server that lead to themselves need no server around them', () => {
  const { findings } = analyseText('try_files $uri, $uri/, /a}b;\nlisten \\0;', {
    file: '/work/nginx.conf',
    language: 'nginx',
  });
  assert.ok(findings.length > 0);
});
