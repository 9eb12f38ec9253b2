import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compared } from './tls/compared.ts';
import { visitGeneratedServers } from './tls/generated-servers.ts';

/** A tenth by default; `JUDGE=full` starts all. */
const count = process.env['JUDGE'] === 'full' ? 150 : 15;
const seed = Number(process.env['SEED'] ?? 8443);

test(`${count} generated servers do what their configurations say`, { timeout: 1_200_000 }, async () => {
  const counts = { agree: 0, open: 0 };
  const differences = await visitGeneratedServers({ count, seed }, async ({ run, running }) => {
    if (!running.started) return [];
    const found: string[] = [];
    for (const { view, agrees, differences: all } of await compared(run)) {
      if (agrees === undefined) counts.open++;
      else if (agrees) counts.agree++;
      found.push(...all.map((each) => `${view.endpoint.name}: ${each}`));
    }
    return found;
  });
  console.log(`Running servers: ${JSON.stringify(counts)}`);
  assert.deepEqual(differences, [], differences.join('\n'));
  assert.ok(counts.agree >= count / 2);
});
