import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { nginx } from '../../src/languages/nginx/index.ts';
import { knownValue } from '../../src/tls/model/setting.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { freePort } from '../support/ports.ts';
import { startAnswering } from './nginx/answering.ts';

const folder = mkdtempSync(join(tmpdir(), 'nginx-sessions-'));

before(() => {
  mkdirSync(join(folder, 'logs'));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem'];
  const args = ['req', '-x509', '-subj', '/CN=test', '-days', '9', '-out', 'cert.pem', ...key];
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
});

after(() => rmSync(folder, { recursive: true, force: true }));

const off = 'ssl_session_tickets off;';
const none = 'ssl_session_cache none;';

/** What the default server of an address says about sessions, and the server beside it that is asked for. */
const pairs = [
  [`${off} ${none}`, `${off} ssl_session_cache shared:B:1m;`],
  [`${off} ssl_session_cache shared:A:1m;`, `${off} ${none}`],
  ['', `${off} ssl_session_cache shared:B:1m;`],
  [off, 'ssl_session_cache shared:B:1m;'],
  ['', none],
  ['ssl_reject_handshake on;', `${off} ssl_session_cache shared:B:1m;`],
  ['ssl_reject_handshake on; ssl_session_cache shared:A:1m;', off],
] as const;

test('a session of TLS 1.2 is resumed where the model has tickets or a shared cache', { timeout: 60_000 }, async () => {
  for (const [first, second] of pairs) {
    const port = await freePort();
    const server = (name: string, says: string) =>
      `server { listen 127.0.0.1:${port} ssl; server_name ${name}; ${says} return 200; }`;
    const text = `daemon off; pid ${folder}/pid; error_log stderr emerg; events { worker_connections 64; }
http { access_log off; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem; ssl_protocols TLSv1.2;
${server('a.test', first)} ${server('b.test', second)} }\n`;
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, text);
    const endpoint = nginx.lower(projectOf({ [file]: text })).endpoints.find(({ name }) => name === 'b.test');
    assert.ok(endpoint);
    const { sessionTickets, sessionCache } = endpoint.tls;
    const resumes = knownValue(sessionTickets) === true || knownValue(sessionCache)?.startsWith('shared:') === true;
    const stop = await startAnswering(folder, file, () => visit(port));
    try {
      const session = await visit(port);
      assert.equal(await visit(port, session).then(() => reused), resumes, `${first} | ${second}`);
    } finally {
      await stop();
    }
  }
});

let reused = false;

/** Shakes hands and gives the session back, to be taken up again. */
function visit(port: number, session?: Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, servername: 'b.test', rejectUnauthorized: false };
    const socket: TLSSocket = connect({ ...options, ...(session && { session }) }, () => {
      reused = socket.isSessionReused();
      const own = socket.getSession();
      socket.end();
      resolve(own);
    });
    socket.on('error', reject);
  });
}
