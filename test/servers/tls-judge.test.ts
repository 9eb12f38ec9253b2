import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewEndpoints } from '../../src/analysis/endpoints/endpoints.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { compare } from './tls/compare.ts';
import { visitGeneratedServers } from './tls/generated-servers.ts';
import { whyItCannotStart } from './tls/starts.ts';

/** A tenth by default; `JUDGE=full` starts all. */
const count = process.env['JUDGE'] === 'full' ? 150 : 15;
const seed = Number(process.env['SEED'] ?? 443);

test(`${count} servers offer what the model says`, { timeout: 3_000_000 }, async () => {
  const counts = { compared: 0, refused: 0 };
  const differences = await visitGeneratedServers({ count, seed }, async ({ run, running, port }) => {
    const cannot = whyItCannotStart(run.model, run.certificateFile);
    if (running.started !== (cannot === undefined)) {
      return [`we say ${cannot ?? 'it starts'}; ${running.started ? 'it starts' : running.log.trim()}`];
    }
    if (!running.started) counts.refused++;
    const found: string[] = [];
    const views = running.started ? viewEndpoints(run.model, run.certificateFile, new Date()) : [];
    for (const { endpoint, offer, leaves } of views) {
      if (offer === undefined || endpoint.name === '*') continue;
      counts.compared++;
      const asked = { port, name: endpoint.name, isDefault: endpoint.isDefault, curves: curvesOf(leaves) };
      found.push(...(await compare(offer, asked)).map((difference) => `${endpoint.name}: ${difference}`));
    }
    return found;
  });
  console.log(`TLS judge: ${JSON.stringify(counts)}`);
  assert.deepEqual(differences, [], differences.join('\n'));
  assert.ok(counts.compared >= count / 2);
});

/** Curves of ECDSA certificates; Ed25519 has none to offer. */
function curvesOf(leaves: readonly Certificate[]): readonly string[] {
  const names: Readonly<Record<string, string>> = { 'P-256': 'secp256r1', 'P-384': 'secp384r1' };
  return leaves.flatMap(({ publicKey }) => names[publicKey.curve ?? ''] ?? []);
}
