import assert from 'node:assert/strict';
import { get } from 'node:https';
import { describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { findingsOf, frameOf } from './nginx/frame.ts';

// What stands before this server speaks TLS.
const tell = 'proxy_set_header X-Forwarded-Proto https;';
const pass = 'proxy_pass http://127.0.0.1:BACKEND;';
const told = `location / { ${pass} }`;

/** Lines of a server, and whether its `/app/` loses what `/` tells the backend. */
const servers: readonly (readonly [lines: string, loses: boolean])[] = [
  [`${tell} ${told} location /app/ { proxy_set_header X-Real-IP $remote_addr; ${pass} }`, true],
  [`${tell} ${told} location /app/ { proxy_set_header Upgrade x; location ~ /app/.* { ${pass} } }`, true],
  [`${tell} ${told} location /app/ { proxy_set_header X-A a; location /app/ { if ($uri) { ${pass} } } }`, true],
  [`${tell} ${told} location /app/ { ${pass} }`, false],
  [
    `${tell} ${told} location /app/ { proxy_set_header X-A a; proxy_set_header x-forwarded-proto https; ${pass} }`,
    false,
  ],
  [`${told} location /app/ { proxy_set_header X-A a; location /app/ { ${tell} ${pass} } }`, false],
];

const { configuration: main, port, running } = frameOf('forwarded-scheme', ['FRONT', 'BACKEND']);

function configuration(lines: string): string {
  return main(`server { listen 127.0.0.1:FRONT; ${lines} }
  server { listen 127.0.0.1:BACKEND; return 200 "$http_x_forwarded_proto"; }`);
}

function overTls(text: string): string {
  const listen = `listen 127.0.0.1:${port('FRONT')}`;
  return text.replace(`${listen};`, `${listen} ssl; ssl_certificate a.crt; ssl_certificate_key a.key;`);
}

/** What the backend is told for each path. */
function asked(text: string, ...paths: readonly string[]): Promise<readonly string[]> {
  return running(text, () => Promise.all(paths.map(text.includes(' ssl;') ? askedOverTls : askedPlainly)));
}

async function askedPlainly(path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port('FRONT')}${path}`)).text();
}

function askedOverTls(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`https://127.0.0.1:${port('FRONT')}${path}`, { rejectUnauthorized: false }, (response) => {
      let body = '';
      response.on('data', (data) => {
        body += data;
      });
      response.on('end', () => resolve(body));
    }).on('error', reject);
  });
}

const findingsIn = (text: string, rule = 'forwarded-scheme-lost') => findingsOf(rule, text);

describe('a block that does not tell the backend the scheme is found, and mended by its fix', () => {
  for (const [lines, loses] of servers) {
    test(lines, async () => {
      const text = configuration(lines);
      const [around, inside] = await asked(text, '/', '/app/');
      assert.equal(around === 'https' && inside === '', loses, 'what nginx does');
      const findings = findingsIn(text);
      assert.equal(findings.length, loses ? 1 : 0);
      if (!loses) return;
      const mended = applyEdits(text, findings[0]?.fixes[0]?.edits ?? []);
      assert.deepEqual(await asked(mended, '/', '/app/'), ['https', 'https']);
      assert.deepEqual(findingsIn(mended), []);
    });
  }
});

test('the scheme of nginx itself says nothing new in a server without TLS', () => {
  const lines = `${tell.replace('https', '$scheme')} ${told} location /app/ { proxy_set_header X-A a; ${pass} }`;
  const text = configuration(lines);
  assert.deepEqual(findingsIn(text), []);
  const secure = overTls(text);
  assert.equal(findingsIn(secure).length, 1);
});

test('a backend that nobody tells, another one, and what an include may bring are not judged', () => {
  for (const lines of [
    `location / { proxy_set_header X-A a; ${pass} }`,
    `${tell} ${told} location /app/ { proxy_set_header Host files; proxy_pass http://files; }`,
    `${tell} ${told} location /app/ { include snippets/headers.conf; proxy_set_header X-A a; ${pass} }`,
  ])
    assert.deepEqual(findingsIn(configuration(lines)), [], lines);
});

test('a header that does not say https over TLS is found, and says so after its fix', async () => {
  const values = { '/a': 'http', '/b': '$https', '/c': '$server_protocol', '/d': '$scheme' };
  const lines = Object.entries(values).map(
    ([path, value]) => `location ${path} { proxy_set_header X-Forwarded-Proto ${value}; ${pass} }`,
  );
  const text = overTls(configuration(lines.join(' ')));
  assert.deepEqual(await asked(text, ...Object.keys(values)), ['http', 'on', 'HTTP/1.1', 'https']);
  const findings = findingsIn(text, 'forwarded-scheme-wrong');
  assert.equal(findings.length, 3);
  const mended = applyEdits(
    text,
    findings.flatMap(({ fixes: [fix] }) => fix?.edits ?? []),
  );
  assert.deepEqual(new Set(await asked(mended, ...Object.keys(values))), new Set(['https']));
  assert.deepEqual(findingsIn(mended, 'forwarded-scheme-wrong'), []);
});
