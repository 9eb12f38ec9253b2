import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { startNginx } from './nginx-server.ts';

const token = '/.well-known/acme-challenge/TOKEN';
const rule = 'acme-challenge-unreachable';
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'nginx-challenge-fixes-'));
  // Workers run as somebody else.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'logs'));
  mkdirSync(join(folder, 'acme/.well-known/acme-challenge'), { recursive: true });
  writeFileSync(join(folder, 'acme', token), 'token');
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Answers at server level hide the location; BEHIND answers challenges, as a client of its own would. */
const servers: Readonly<Record<string, string>> = {
  'a return': 'return 301 https://$host$request_uri; location /.well-known/acme-challenge/ { root ROOT; }',
  'a return below': 'location ^~ /.well-known/ { root ROOT; } return 301 https://$host$request_uri;',
  'a return, with a location for all paths':
    'location / { index index.html; } location ~ /.well-known/acme-challenge { allow all; root ROOT; } return 301 https://$host$request_uri;',
  'a rewrite': 'rewrite ^ https://$host$request_uri permanent; location /.well-known/acme-challenge { root ROOT; }',
  conditions:
    'if ($host = example.com) { return 301 https://$host$request_uri; } return 404; location /.well-known/acme-challenge/ { alias ROOT/.well-known/acme-challenge/; }',
  'an expression':
    'location ~ /\\. { deny all; } location = /.well-known/acme-challenge/ { return 404; } location /.well-known/acme-challenge { alias ROOT/.well-known/acme-challenge; } location / { return 301 https://$host$request_uri; }',
  'an expression before a root':
    'location ~ /\\. { return 404; } location /.well-known/acme-challenge/ { root ROOT; } location / { return 301 https://$host$request_uri; }',
  'a return before a proxy':
    'return 301 https://$host$request_uri; location /.well-known/acme-challenge/ { proxy_pass http://127.0.0.1:BEHIND; }',
};

for (const [what, body] of Object.entries(servers)) {
  test(`${what} hides challenges from the real server, and the fix brings them to light`, async () => {
    const [port, behind] = [await freePort(), await freePort()];
    const original = `events {}
http {
    access_log off;
    server { listen 127.0.0.1:${behind}; root ${folder}/acme; }
    server {
        listen 80;
        server_name example.com;
        ${body.replaceAll('ROOT', join(folder, 'acme')).replaceAll('BEHIND', `${behind}`)}
    }
}
`;
    const file = '/etc/nginx/nginx.conf';
    const found = () => analyseText(original, { language: 'nginx', file }).findings.filter((one) => one.rule === rule);
    const [finding] = found();
    assert.equal(found().length, 1);
    const fixed = applyEdits(original, finding?.fixes[0]?.edits ?? []);
    assert.notEqual((await ask(original, port)).challenge, 'token');
    const answers = await ask(fixed, port);
    assert.equal(answers.challenge, 'token');
    assert.deepEqual(answers.page, [301, 'https://example.com/page']);
  });
}

const closed: Readonly<Record<string, string>> = {
  addresses: 'deny all;',
  'a password': 'auth_basic closed; auth_basic_user_file logs/users;',
};

for (const [what, line] of Object.entries(closed)) {
  test(`${what} that the whole server asks for keep challenges out, and the fix lets them in`, async () => {
    const port = await freePort();
    const root = join(folder, 'acme');
    const original = `events {}
http {
    access_log off;
    server {
        listen 80;
        server_name example.com;
        ${line}
        location /.well-known/acme-challenge/ { root ${root}; }
        location / { return 301 https://$host$request_uri; }
    }
}
`;
    const file = '/etc/nginx/nginx.conf';
    const found = (text: string) =>
      analyseText(text, { language: 'nginx', file }).findings.filter((one) => one.rule === rule);
    const fixed = applyEdits(original, found(original)[0]?.fixes[0]?.edits ?? []);
    assert.deepEqual(found(fixed), []);
    assert.notEqual((await ask(original, port)).challenge, 'token');
    assert.equal((await ask(fixed, port)).challenge, 'token');
  });
}

async function ask(configuration: string, port: number) {
  const main = join(folder, 'nginx.conf');
  const own = configuration.replace('listen 80;', `listen 127.0.0.1:${port};`);
  writeFileSync(main, `daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log stderr emerg;\n${own}`);
  const isUp = () =>
    answerTo(port, '/').then(
      () => true,
      () => false,
    );
  const server = await startNginx(main, folder, isUp);
  try {
    assert.ok(server.started, server.log);
    const page = await answerTo(port, '/page');
    return { challenge: (await answerTo(port, token)).body, page: [page.status, page.location] };
  } finally {
    await server.stop();
  }
}

async function answerTo(port: number, path: string) {
  const request = get({ port, host: '127.0.0.1', path, headers: { host: 'example.com' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, location: response.headers.location, body: await text(response) };
}
