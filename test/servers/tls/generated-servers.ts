import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyseFile, type Run } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { apache } from '../../../src/languages/apache/index.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { freePort } from '../../support/ports.ts';
import { targetOfNginx } from '../nginx/judge.ts';
import type { StartedServer } from '../nginx-server.ts';
import { targetOfApache } from './apache-target.ts';
import { writeCertificates } from './certificates.ts';
import { generateServer } from './generate.ts';
import { createRandom } from './random.ts';
import { startServer } from './start.ts';

/** A generated configuration, analysed for the versions of this machine, and the server that was started with it. */
export interface GeneratedRun {
  readonly run: Run;
  readonly running: StartedServer;
  readonly port: number;
}

/**
 * Generates so many servers, nginx and Apache in turns, starts each and hands it to `visit`, which answers with differences
 * between the model and the server, a sentence each. Returns those, each with its configuration.
 */
export async function visitGeneratedServers(
  { count, seed }: { readonly count: number; readonly seed: number },
  visit: (generated: GeneratedRun) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'generated-servers-'));
  try {
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'logs'));
    writeCertificates(folder);
    const targets = { nginx: targetOfNginx(), apache: targetOfApache() };
    const differences: string[] = [];
    for (let index = 0; index < count; index++) {
      const server = index % 2 === 0 ? 'nginx' : 'apache';
      const port = await freePort();
      const { text } = generateServer(server, createRandom(seed + index), folder, port);
      const file = join(folder, `${server}.conf`);
      writeFileSync(file, text);
      const settings = { ...defaultSettings, target: targets[server], paths: 'here' as const };
      const options = { host: nodeHost, settings, rules: [], now: new Date() };
      const run = await analyseFile(file, text, server === 'nginx' ? nginx : apache, options);
      const running = await startServer(server, file, folder, port);
      try {
        const found = await visit({ run, running, port });
        if (found.length > 0) differences.push(`${server} ${index}\n${text}\n  ${found.join('\n  ')}`);
      } finally {
        await running.stop();
      }
    }
    return differences;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
