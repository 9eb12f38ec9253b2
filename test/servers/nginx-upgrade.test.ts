import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { checkText } from '../languages/nginx/project.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { targetOfNginx } from './nginx/judge.ts';
import { startNginx } from './nginx-server.ts';

const upgrade = 'proxy_set_header Upgrade $http_upgrade;';

/** Lines beside the `proxy_pass`, and those of the server around. */
const cases: readonly (readonly [string, string])[] = [
  [upgrade, ''],
  [`${upgrade} proxy_set_header Connection "upgrade";`, ''],
  [`${upgrade} proxy_set_header Connection "upgrade"; proxy_http_version 1.1;`, ''],
  [`${upgrade} proxy_set_header Connection $http_connection;`, 'proxy_http_version 1.1;'],
  [`${upgrade} proxy_http_version 1.1;`, ''],
  [`${upgrade} proxy_http_version 1.1; proxy_set_header Connection "";`, ''],
  [`${upgrade} proxy_set_header Connection "upgrade"; proxy_http_version 1.0;`, 'proxy_http_version 1.1;'],
  [`${upgrade} proxy_http_version 1.1;`, 'proxy_set_header Connection "upgrade";'],
];

const folder = mkdtempSync(join(tmpdir(), 'nginx-upgrade-'));
let backend: Server;
let [front, behind] = [0, 0];
let asked: { version: string; connection: string; upgrade: string } | undefined;
let isTaken = false;

function configuration([lines, around]: readonly [string, string]): string {
  return `daemon off; pid ${folder}/nginx.pid; error_log stderr;
events {}
http { access_log off; server { listen 127.0.0.1:${front}; ${around}
location / { proxy_pass http://127.0.0.1:${behind}; ${lines} } } }
`;
}

before(async () => {
  [front, behind] = [await freePort(), await freePort()];
  mkdirSync(join(folder, 'logs'));
  backend = createServer();
  const note = (version: string, { connection = '', upgrade = '' }: NodeJS.Dict<string | string[]>) => {
    asked = { version, connection: `${connection}`.toLowerCase(), upgrade: `${upgrade}` };
  };
  backend.on('request', ({ httpVersion, headers }, response) => {
    note(httpVersion, headers);
    response.end();
  });
  backend.on('upgrade', ({ httpVersion, headers }, socket) => {
    note(httpVersion, headers);
    isTaken = true;
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((listening) => backend.listen(behind, '127.0.0.1', listening));
});

after(() => {
  backend.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Whether a backend that goes by RFC 9110 sees that its client asks for a WebSocket. */
async function comesThrough(text: string): Promise<boolean> {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  const server = await startNginx(file, folder, () => isOpen(front, '127.0.0.1'));
  assert.ok(server.started, server.log);
  asked = undefined;
  isTaken = false;
  await new Promise<void>((answered) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const sent = request({ host: '127.0.0.1', port: front, headers, agent: false }, (response) => {
      response.resume().on('close', answered);
    });
    sent.on('error', () => answered()).end();
  });
  await server.stop();
  assert.ok(asked, text);
  const { version, connection, upgrade } = asked as { version: string; connection: string; upgrade: string };
  return version !== '1.0' && /\bupgrade\b/.test(connection) && upgrade === 'websocket';
}

for (const [lines, around] of cases) {
  test(`${around} { ${lines} }`, { timeout: 30_000 }, async () => {
    const text = configuration([lines, around]);
    const reports = checkText(text, { target: targetOfNginx() }).filter(({ rule }) => rule === 'upgrade-ignored');
    assert.equal(reports.length, (await comesThrough(text)) ? 0 : 1);
    // A backend of Node.js is less strict.
    for (const { message } of reports) assert.ok(!isTaken || message.includes('may not work'), message);
    // One at a time, until all is there.
    let mended = text;
    for (let round = 0; round < 2; round++) {
      const [report] = checkText(mended, { target: targetOfNginx() }).filter(({ rule }) => rule === 'upgrade-ignored');
      if (report) mended = applyEdits(mended, report.fixes?.[0]?.edits ?? []);
    }
    assert.equal(await comesThrough(mended), true, mended);
  });
}
