import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rootScope } from '../../src/languages/nginx/configuration.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { answerOf } from '../../src/languages/nginx/lower/answers/answer.ts';
import type { PathAnswer, ServerModel } from '../../src/tls/model/server-model.ts';
import { possibleValues } from '../../src/tls/model/setting.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { freePort } from '../support/ports.ts';
import { startAnswering } from './nginx/answering.ts';
import { locationServers, pathsToAsk } from './nginx/locations.ts';

const seed = Number(process.env['SEED'] ?? 20_261_129);
const whole = process.env['JUDGE'] === 'full';
const servers = locationServers(seed, whole ? 300 : 40);
const paths = pathsToAsk(seed, whole ? 40 : 20);

const folder = mkdtempSync(join(tmpdir(), 'nginx-locations-'));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let port = 0;
let text = '';
let stop = async () => {};

before(async () => {
  port = await freePort();
  mkdirSync(join(folder, 'logs'));
  const blocks = servers.map(({ text: body }) => `server { listen 127.0.0.1:${port}; ${body} }`);
  text = `daemon off;
pid ${folder}/pid;
error_log stderr crit;
events { worker_connections 64; }
http {
access_log off;
root /nowhere;
server_names_hash_max_size 4096;
add_header X-H http;
${blocks.join('\n')}
}
`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  stop = await startAnswering(folder, file, () => ask('s0.test', '/'));
});

after(async () => {
  agent.destroy();
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: string;
  /** Values of those headers whose names begin with `X-`. */
  readonly headers: Readonly<Record<string, string>>;
}

function ask(host: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers: { host }, agent }, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => {
        body += data;
      });
      response.on('end', () => {
        const headers = Object.entries(response.headers).filter(([name]) => name.startsWith('x-'));
        resolve({ status: response.statusCode ?? 0, body, headers: Object.fromEntries(headers) as Answer['headers'] });
      });
    });
    request.on('error', reject);
  });
}

/** The number that the predicted `return` stands behind, or the status alone. */
function expected(answer: PathAnswer): string {
  if (answer.kind === 'status') {
    const body = /^return \d+ "(S\d+L\d+)"/.exec(text.slice(answer.location.range.start))?.[1];
    return body === undefined ? String(answer.status) : `${answer.status} ${body}`;
  }
  return answer.kind === 'files' ? '404' : answer.kind;
}

test(`${servers.length} servers answer ${paths.length} paths by the location that is predicted, with its headers`, {
  timeout: 900_000,
}, async (t) => {
  const project = projectOf({ '/etc/nginx/nginx.conf': text });
  const model = nginx.lower(project);
  const http = rootScope(project).findFirst('http')?.inner;
  assert.ok(http);
  const differences: string[] = [];
  let open = 0;
  for (const [index, item] of http.find('server').entries()) {
    const { name } = servers[index] as (typeof servers)[number];
    const scope = item.inner;
    assert.ok(scope);
    for (const path of paths) {
      const answer = answerOf([scope, http], { path, host: name, scheme: 'http' } as never, '/etc/nginx/nginx.conf');
      const got = await ask(name, path);
      const said = /^S\d/.test(got.body) ? `${got.status} ${got.body}` : String(got.status);
      if (answer.kind === 'unknown') open++;
      else if (expected(answer) !== said)
        differences.push(`${name}${path}: ${said}, and not ${JSON.stringify(answer)}`);
      differences.push(...headerDifferences(model, index, got).map((difference) => `${name}${path}: ${difference}`));
    }
  }
  t.diagnostic(`${servers.length * paths.length} answers, ${open} left open`);
  assert.ok(open < (servers.length * paths.length) / 20, `${open} answers are left open`);
  assert.deepEqual(differences.slice(0, 20), []);
});

/** The routes of a site stand in the order of the text, as the numbers do. */
function headerDifferences(model: ServerModel, index: number, { status, body, headers }: Answer): readonly string[] {
  const number = /^S\d+L(\d+)$/.exec(body)?.[1];
  const route = number === undefined ? undefined : model.sites[index]?.routes[Number(number)];
  const [predicted] = (route && possibleValues(route.headers)) || [];
  if (!predicted) return [];
  const isGood = status < 300;
  const expectedHeaders = predicted
    .filter(({ always }) => isGood || always)
    .map(({ name, value }) => `${name.toLowerCase()}: ${value}`)
    .sort();
  const sent = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
  return expectedHeaders.join() === sent.join() ? [] : [`headers ${sent.join()} and not ${expectedHeaders.join()}`];
}

test('a name that no server has is answered by the default server of the model', async () => {
  const model = nginx.lower(projectOf({ '/etc/nginx/nginx.conf': text }));
  const byDefault = model.listeners[0]?.defaultSite;
  const site = model.sites.find(({ id }) => id === byDefault);
  assert.equal(site?.names[0]?.text, servers[0]?.name);
  for (const path of paths) assert.deepEqual(await ask('nobody.test', path), await ask('s0.test', path));
});
