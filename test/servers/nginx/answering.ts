import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Starts nginx and waits until it answers.
 * @param folder its prefix, with a folder `logs`
 * @param ask rejects while nothing answers
 * @returns ends it
 * @throws Error with what nginx said, where it does not come to answer within ten seconds
 */
export async function startAnswering(
  folder: string,
  file: string,
  ask: () => Promise<unknown>,
): Promise<() => Promise<void>> {
  const child = spawn('nginx', ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (data: Buffer) => {
    log += data;
  });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let round = 0; ; round++) {
    try {
      await ask();
      return stop;
    } catch (error) {
      if (round <= 200 && child.exitCode === null) {
        await wait(50);
        continue;
      }
      await stop();
      throw new Error(`nginx does not answer: ${log}`, { cause: error });
    }
  }
}
