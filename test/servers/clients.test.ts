import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { meetClients } from '../../src/analysis/endpoint-clients.ts';
import { viewEndpoints } from '../../src/analysis/endpoints.ts';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { knownClients } from '../../src/tls/clients/clients.ts';
import type { Target } from '../../src/tls/target.ts';
import { freePort } from '../support/ports.ts';
import { targetOfNginx } from './nginx/judge.ts';
import { targetOfApache } from './tls/apache-target.ts';
import { writeCertificates } from './tls/certificates.ts';
import { differenceOf } from './tls/compare-clients.ts';
import { generateServer } from './tls/generate.ts';
import { sayHello } from './tls/hello.ts';
import { createRandom } from './tls/random.ts';
import { startServer } from './tls/start.ts';
import { whyItCannotStart } from './tls/starts.ts';

/** A tenth by default; `JUDGE=full` starts all. */
const count = process.env['JUDGE'] === 'full' ? 150 : 15;
const seed = Number(process.env['SEED'] ?? 853);

let folder: string;
let targets: Readonly<Record<'nginx' | 'apache', Target>>;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'clients-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'logs'));
  writeCertificates(folder);
  targets = { nginx: targetOfNginx(), apache: targetOfApache() };
});

after(() => rmSync(folder, { recursive: true, force: true }));

test(`clients get of ${count} servers what the model says`, { timeout: 3_000_000 }, async () => {
  const differences: string[] = [];
  const counts = { agreed: 0, refused: 0, unknown: 0, byDefault: 0 };
  for (let index = 0; index < count; index++) {
    const server = index % 2 === 0 ? 'nginx' : 'apache';
    const port = await freePort();
    const { text } = generateServer(server, createRandom(seed + index), folder, port);
    const file = join(folder, `${server}.conf`);
    writeFileSync(file, text);
    const settings = { ...defaultSettings, target: targets[server], paths: 'here' as const };
    const options = { host: nodeHost, settings, rules: [], now: new Date() };
    const { model, certificateFile } = await analyseFile(file, text, server === 'nginx' ? nginx : apache, options);
    if (whyItCannotStart(model, certificateFile) !== undefined) continue;
    const running = await startServer(server, file, folder, port);
    try {
      assert.ok(running.started, running.log);
      const views = viewEndpoints(model, certificateFile, new Date());
      const meet = meetClients(views, model, certificateFile);
      for (const view of views.filter(({ endpoint, tls }) => tls === true && endpoint.name !== '*')) {
        const meetings = meet(view, knownClients());
        if (typeof meetings === 'string') throw new Error(meetings);
        for (const meeting of meetings) {
          counts[meeting.handshake.kind]++;
          if (meeting.meetsDefault) counts.byDefault++;
          const difference = differenceOf(meeting, await sayHello(meeting.client, port, view.endpoint.name));
          if (difference !== undefined)
            differences.push(`${server} ${index} ${view.endpoint.name}: ${difference}\n${text}`);
        }
      }
    } finally {
      await running.stop();
    }
  }
  console.log(`clients: ${JSON.stringify(counts)}`);
  assert.deepEqual(differences, [], differences.join('\n'));
  assert.ok(counts.agreed > 10 * count && counts.refused > count && counts.byDefault > 0);
});
