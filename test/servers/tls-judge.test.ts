import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { viewEndpoints } from '../../src/analysis/endpoints.ts';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import type { Target } from '../../src/tls/target.ts';
import { freePort } from '../support/ports.ts';
import { targetOfNginx } from './nginx/judge.ts';
import { targetOfApache } from './tls/apache-target.ts';
import { writeCertificates } from './tls/certificates.ts';
import { compare } from './tls/compare.ts';
import { generateServer } from './tls/generate.ts';
import { createRandom } from './tls/random.ts';
import { startServer } from './tls/start.ts';
import { whyItCannotStart } from './tls/starts.ts';

/** A tenth by default; `JUDGE=full` starts all. */
const count = process.env['JUDGE'] === 'full' ? 150 : 15;
const seed = Number(process.env['SEED'] ?? 443);

let folder: string;
let targets: Readonly<Record<'nginx' | 'apache', Target>>;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-judge-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'logs'));
  writeCertificates(folder);
  targets = { nginx: targetOfNginx(), apache: targetOfApache() };
});

after(() => rmSync(folder, { recursive: true, force: true }));

test(`${count} servers offer what the model says`, { timeout: 3_000_000 }, async () => {
  const differences: string[] = [];
  const counts = { compared: 0, refused: 0 };
  for (let index = 0; index < count; index++) {
    const server = index % 2 === 0 ? 'nginx' : 'apache';
    const port = await freePort();
    const { text } = generateServer(server, createRandom(seed + index), folder, port);
    const file = join(folder, `${server}.conf`);
    writeFileSync(file, text);
    const settings = { ...defaultSettings, target: targets[server], paths: 'here' as const };
    const options = { host: nodeHost, settings, rules: [], now: new Date() };
    const run = await analyseFile(file, text, server === 'nginx' ? nginx : apache, options);
    const cannot = whyItCannotStart(run.model, run.certificateFile);
    const found: string[] = [];
    const running = await startServer(server, file, folder, port);
    try {
      if (running.started !== (cannot === undefined)) {
        found.push(`we say ${cannot ?? 'it starts'}; ${running.started ? 'it starts' : running.log.trim()}`);
      } else if (!running.started) counts.refused++;
      else {
        for (const { endpoint, offer, leaves } of viewEndpoints(run.model, run.certificateFile, new Date())) {
          if (offer === undefined || endpoint.name === '*') continue;
          counts.compared++;
          const asked = { port, name: endpoint.name, isDefault: endpoint.isDefault, curves: curvesOf(leaves) };
          found.push(...(await compare(offer, asked)).map((difference) => `${endpoint.name}: ${difference}`));
        }
      }
    } finally {
      await running.stop();
    }
    if (found.length > 0) differences.push(`${server} ${index}\n${text}\n  ${found.join('\n  ')}`);
  }
  console.log(`TLS judge: ${JSON.stringify(counts)}`);
  assert.deepEqual(differences, [], differences.join('\n'));
  assert.ok(counts.compared >= count / 2);
});

/** Curves of ECDSA certificates; Ed25519 has none to offer. */
function curvesOf(leaves: readonly Certificate[]): readonly string[] {
  const names: Readonly<Record<string, string>> = { 'P-256': 'secp256r1', 'P-384': 'secp384r1' };
  return leaves.flatMap(({ publicKey }) => names[publicKey.curve ?? ''] ?? []);
}
