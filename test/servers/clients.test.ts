import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meetClients } from '../../src/analysis/endpoints/endpoint-clients.ts';
import { viewEndpoints } from '../../src/analysis/endpoints/endpoints.ts';
import { knownClients } from '../../src/tls/clients/clients.ts';
import { differenceOf } from './tls/compare-clients.ts';
import { visitGeneratedServers } from './tls/generated-servers.ts';
import { sayHello } from './tls/hello.ts';

/** A tenth by default; `JUDGE=full` starts all. */
const count = process.env['JUDGE'] === 'full' ? 150 : 15;
const seed = Number(process.env['SEED'] ?? 853);

test(`clients get of ${count} servers what the model says`, { timeout: 3_000_000 }, async () => {
  const counts = { agreed: 0, refused: 0, unknown: 0, byDefault: 0 };
  const differences = await visitGeneratedServers({ count, seed }, async ({ run, running, port }) => {
    // Whether it should start is another judge's question.
    if (!running.started) return [];
    const views = viewEndpoints(run.model, run.certificateFile, new Date());
    const meet = meetClients(views, run.model, run.certificateFile);
    const found: string[] = [];
    for (const view of views.filter(({ endpoint, tls }) => tls === true && endpoint.name !== '*')) {
      const { name } = view.endpoint;
      const meetings = meet(view, knownClients());
      if (typeof meetings === 'string') throw new Error(meetings);
      for (const meeting of meetings) {
        counts[meeting.handshake.kind]++;
        if (meeting.meetsDefault) counts.byDefault++;
        const difference = differenceOf(meeting, await sayHello(meeting.client, port, name));
        if (difference !== undefined) found.push(`${name}: ${difference}`);
      }
    }
    return found;
  });
  console.log(`clients: ${JSON.stringify(counts)}`);
  assert.deepEqual(differences, [], differences.join('\n'));
  assert.equal(counts.unknown, 0, 'of these servers everything can be known');
  assert.ok(counts.agreed > 10 * count && counts.refused > count && counts.byDefault > 0);
});
