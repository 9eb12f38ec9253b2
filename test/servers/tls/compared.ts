import { viewEndpoints } from '../../../src/analysis/endpoints/endpoints.ts';
import type { Run } from '../../../src/analysis/run.ts';
import { nodeCrypto } from '../../../src/host/node-crypto.ts';
import { compareRunning } from '../../../src/operations/running/compare-running.ts';

/** What a server that runs here answers, beside what its configuration says. */
export async function compared({ model, certificateFile }: Run) {
  const views = viewEndpoints(model, certificateFile, new Date());
  return compareRunning(views, model, { place: { kind: 'here' }, crypto: nodeCrypto, certificateFile });
}
