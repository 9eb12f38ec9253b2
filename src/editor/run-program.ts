import { execFile } from 'node:child_process';
import type { LogOutputChannel } from 'vscode';

export interface ProgramResult {
  /** `late`: it had not ended in time, and was stopped. */
  readonly code: number | 'missing' | 'late';
  /** Standard error, then standard output. */
  readonly output: string;
}

/** Folders where server programs lie and that the path of a desktop session may lack. */
const programFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Seconds that a program may take: what waits for a name server goes on for long. */
export const longestRun = 30;

/** Runs a program of this machine, without a shell and not for ever. Never rejects. */
export function runProgram(
  program: string,
  args: readonly string[],
  log: Pick<LogOutputChannel, 'info'>,
  seconds = longestRun,
): Promise<ProgramResult> {
  log.info([program, ...args].join(' '));
  const path = [process.env['PATH'], ...programFolders].filter(Boolean).join(':');
  return new Promise((resolve) => {
    const options = { timeout: seconds * 1000, env: { ...process.env, PATH: path } };
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = `${stderr}${stdout}`;
      if (output !== '') log.info(output.trimEnd());
      if (error === null) return resolve({ code: 0, output });
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return resolve({ code: 'missing', output });
      if (error.killed && typeof error.code !== 'string') return resolve({ code: 'late', output });
      resolve({ code: typeof error.code === 'number' ? error.code : 1, output: output || error.message });
    });
  });
}
