import { readFile } from 'node:fs/promises';

/** Where the process id lies, as `apache2 -t -D DUMP_RUN_CFG` says it; undefined before 2.4.2. */
export function pidFileIn(output: string): string | undefined {
  return /^PidFile: "(.+)"$/m.exec(output)?.[1];
}

/** True where surely no process runs that this file names. */
export async function isStopped(pidFile: string): Promise<boolean> {
  try {
    process.kill(Number.parseInt(await readFile(pidFile, 'utf8'), 10), 0);
    return false;
  } catch (error) {
    // Of a process that is another user's it may not be asked, and a file that is closed tells nothing.
    return ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}
