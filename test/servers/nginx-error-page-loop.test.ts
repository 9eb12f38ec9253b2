import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { findingsOf, frameOf } from './nginx/frame.ts';

const verify = 'ssl_client_certificate a.crt; ssl_verify_client on;';
const replaced = 'error_page 497 301 =307 https://$host:$server_port$request_uri;';

/** What the server says, the address that is asked, and whether it leads to itself without end. */
const cases: readonly (readonly [lines: string, asked: string, goesRound: boolean])[] = [
  ['error_page 497 http://$host:$server_port$request_uri;', 'http://localhost:PORT/', true],
  ['error_page 497 http://$http_host$request_uri;', 'http://localhost:PORT/', true],
  ['error_page 497 =301 https://$http_host$request_uri;', 'http://localhost:PORT/', false],
  [`${verify} error_page 495 496 https://localhost:PORT/help;`, 'https://localhost:PORT/', true],
  [
    `${verify} error_page 495 496 /help; location /help { return 302 https://$http_host/; }`,
    'https://localhost:PORT/',
    true,
  ],
  [`${verify} error_page 495 496 /help; location /help { return 200; }`, 'https://localhost:PORT/', false],
  [`${replaced} location /app/ { proxy_pass http://127.0.0.1:1; }`, 'https://localhost:PORT/app', true],
  [`${replaced} location = /old { return 301 /new; } location / { return 200; }`, 'https://localhost:PORT/old', true],
  [`${replaced} root FOLDER;`, 'https://localhost:PORT/folder', true],
  [`${replaced} location / { return 200; }`, 'http://localhost:PORT/', false],
];

const { folder, configuration: main, port, running } = frameOf('error-page-loop', ['PORT']);
before(() => {
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'folder/index.html'), '');
});

function configuration(lines: string): string {
  return main(`server {
    listen 127.0.0.1:PORT ssl;
    server_name localhost;
    ssl_certificate a.crt;
    ssl_certificate_key a.key;
    ${lines}
  }`);
}

/** Where an answer leads; undefined: nowhere. */
function next(address: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const get = address.startsWith('https:') ? getSecure : getPlain;
    const options = { host: '127.0.0.1', headers: { host: new URL(address).host }, agent: false };
    get(address, { ...options, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.headers.location);
    }).on('error', reject);
  });
}

/** True where an address leads to one that was asked before. */
function goesRound(text: string, asked: string): Promise<boolean> {
  return running(text, async () => {
    const seen = new Set<string>();
    let address: string | undefined = asked.replaceAll('PORT', String(port('PORT')));
    for (; address !== undefined && !seen.has(address); address = await next(address)) seen.add(address);
    return address !== undefined;
  });
}

const findingsIn = (text: string) => findingsOf('error-page-loop', text);

describe('an error page that leads back is found, and does not after the fix', () => {
  for (const [lines, asked, expected] of cases) {
    test(lines, async () => {
      const text = configuration(lines);
      assert.equal(await goesRound(text, asked), expected);
      const findings = findingsIn(text);
      assert.equal(findings.length, expected ? 1 : 0);
      const [fix] = findings[0]?.fixes ?? [];
      if (!fix) return;
      const mended = applyEdits(text, fix.edits);
      assert.equal(await goesRound(mended, asked), false);
      assert.deepEqual(findingsIn(mended), []);
    });
  }
});
