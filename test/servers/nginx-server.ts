import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that really runs, or did not come up. */
export interface StartedServer {
  readonly started: boolean;
  /** What it wrote so far. */
  readonly log: string;
  stop(): Promise<void>;
}

/**
 * Starts nginx in the foreground and waits, ten seconds at most, until it is up or gives up.
 * @param folder its prefix, with a folder `logs`
 * @param isUp what is asked in between
 */
export async function startNginx(file: string, folder: string, isUp: () => Promise<boolean>): Promise<StartedServer> {
  const child = spawn('nginx', ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (data: Buffer) => {
    log += data;
  });
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.on('close', () => {
      ended = true;
      resolve();
    });
  });
  for (let round = 0; round < 500 && !ended && !(await isUp()); round++) await wait(20);
  return {
    started: !ended,
    get log() {
      return log;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await end;
    },
  };
}
