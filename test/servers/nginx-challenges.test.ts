import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import type { PathAnswer } from '../../src/tls/model/server-model.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { freePort } from '../support/ports.ts';
import { startAnswering } from './nginx/answering.ts';
import { challenge, challengeServers } from './nginx/challenges.ts';

/** `SEED=n` makes other servers. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = process.env['JUDGE'] === 'full' ? 3_000 : 300;

const folder = mkdtempSync(join(tmpdir(), 'nginx-challenges-'));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let bodies: readonly string[] = [];
let text = '';
let port = 0;
let stop = async () => {};

before(async () => {
  port = await freePort();
  const behindPort = await freePort();
  bodies = challengeServers(seed, count, folder, behindPort);
  // Workers run as somebody else.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'users'), '');
  for (const [root, paths] of Object.entries(files)) {
    for (const path of paths) writeFile(join(folder, root, path));
  }
  const servers = bodies.map((body) => `server { listen 127.0.0.1:${port}; ${body} }`);
  text = `daemon off;
pid ${folder}/pid;
error_log stderr emerg;
events { worker_connections 64; }
http {
access_log off;
server_names_hash_max_size 65536;
server { listen 127.0.0.1:${behindPort}; return 200 behind; }
${servers.join('\n')}
}
`;
  writeFileSync(join(folder, 'nginx.conf'), text);
  stop = await startAnswering(folder, join(folder, 'nginx.conf'), () => ask('s0.test'));
});

after(async () => {
  agent.destroy();
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every path that may be served has a file, whose text is its folder; the challenge stands in each root. */
const named = [challenge, '/page/TOKEN', '/page/none', '/page/acme-challenge/TOKEN', '/other/TOKEN'];
const paths = named.flatMap((path) => [path, `/sub${path}`, `/page${path}`]);
const files: Readonly<Record<string, readonly string[]>> = {
  one: [...paths, '/TOKEN', '/none', '/acme-challenge/TOKEN'],
  two: paths,
  alias: [...paths, '/TOKEN', '/none', '/acme-challenge/TOKEN'],
};

function writeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${dirname(file)}/`);
}

interface Answer {
  /** 0 where the connection was closed without an answer. */
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

function ask(host: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: challenge, headers: { host }, agent }, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => {
        body += data;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, body }),
      );
    });
    request.on('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ECONNRESET') resolve({ status: 0, location: undefined, body: '' });
      else reject(error);
    });
  });
}

/** What an answer looks like to the CA, in one line. */
function predicted(answer: PathAnswer): string {
  switch (answer.kind) {
    case 'files':
      return `200 ${answer.directory}`;
    case 'redirect':
      return `${answer.status} ${answer.to}`;
    case 'denied':
      return answer.by === 'deny' ? '403' : '401';
    case 'status':
      return answer.status === 444 ? '0' : String(answer.status);
    case 'proxy':
      return '200 behind';
    default:
      return answer.kind;
  }
}

function seen({ status, location, body }: Answer): string {
  if (status === 200) return body === 'text' ? '200' : `200 ${body}`;
  return location === undefined || status < 300 || status > 399 ? String(status) : `${status} ${location}`;
}

test(`of ${count} servers the model says what a CA gets for its challenge`, { timeout: 900_000 }, async (t) => {
  const model = nginx.lower(projectOf({ '/etc/nginx/nginx.conf': text }));
  const differences: string[] = [];
  const counts = new Map<string, number>();
  for (const [index, { challengeAnswer }] of model.sites.slice(1).entries()) {
    const got = seen(await ask(`s${index}.test`));
    counts.set(challengeAnswer.kind, (counts.get(challengeAnswer.kind) ?? 0) + 1);
    if (challengeAnswer.kind === 'unknown' || predicted(challengeAnswer) === got) continue;
    const { location: _, ...said } = { location: undefined, ...challengeAnswer };
    differences.push(`${bodies[index]}\n  nginx: ${got}; here: ${JSON.stringify(said)}`);
  }
  t.diagnostic(JSON.stringify(Object.fromEntries(counts)));
  assert.ok((counts.get('unknown') ?? 0) < count / 10);
  assert.deepEqual(differences.slice(0, 20), [], `${differences.length} differences`);
});
