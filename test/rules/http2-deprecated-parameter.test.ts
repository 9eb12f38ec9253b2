import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const configuration = (...servers: readonly string[]) => `events {}
http {
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
${servers.map((lines) => `  server { ${lines} }\n`).join('')}}
`;

function find(text: string, target: string | undefined = 'debian=13') {
  const options = { language: 'nginx', file: '/work/nginx.conf', ...(target && { target }) } as const;
  const { findings, model } = analyseText(text, options);
  return { found: findings.filter(({ rule }) => rule === 'http2-deprecated-parameter'), model };
}

/** Names that are offered HTTP/2 at one address at least. */
function withHttp2(text: string): readonly string[] {
  const names = find(text).model.endpoints.flatMap(({ name, tls }) =>
    tls.alpn.value.kind === 'known' && tls.alpn.value.value.includes('h2') ? [name] : [],
  );
  return [...new Set(names)].sort();
}

test('who had HTTP/2 by the parameter of another site keeps it', () => {
  const text = configuration(
    'listen 443 ssl http2; listen 8448 ssl http2; server_name a.example.com;',
    'listen 443 ssl http2; server_name b.example.com;',
    'listen 443 ssl; server_name c.example.com;',
    'listen 8448 ssl; server_name d.example.com;',
  );
  const { found } = find(text);
  const [first, second] = found.map(({ fixes }) => fixes[0]);
  assert.ok(first?.safe && second?.safe);
  const after = applyEdits(text, [...first.edits, ...second.edits]);
  assert.deepEqual(withHttp2(after), withHttp2(text));
  assert.deepEqual(find(after).found, []);
  assert.equal(second.edits.length, 2);
});

test('the fix is a safe one only where it gives nobody HTTP/2 who had none', () => {
  const more = configuration(
    'listen 443 ssl http2; server_name a.example.com;',
    'listen 443 ssl; listen 8443 ssl; server_name b.example.com;',
  );
  assert.equal(find(more).found[0]?.fixes[0]?.safe, false);
  const plain = configuration(
    'listen 443 ssl http2; server_name a.example.com;',
    'listen 443 ssl; listen 80; server_name b.example.com;',
  );
  assert.equal(find(plain).found[0]?.fixes[0]?.safe, true);
});

test('nor is it where nobody said which nginx runs, of which older ones stop at the directive', () => {
  const text = configuration('listen 443 ssl http2; server_name a.example.com;');
  assert.equal(find(text).found[0]?.fixes[0]?.safe, true);
  const [assumed] = find(text, '').found;
  assert.equal(assumed?.fixes[0]?.safe, false);
  assert.match(assumed?.message ?? '', /unless nginx before 1\.25\.1 runs there\.$/);
});
