import { execFile } from 'node:child_process';
import type { LogOutputChannel } from 'vscode';

export interface ProgramResult {
  readonly code: number | 'missing';
  /** Standard error, then standard output. */
  readonly output: string;
}

/** Folders where server programs lie and that the path of a desktop session may lack. */
const programFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Runs a program of this machine, without a shell and not for ever. Never rejects. */
export function runProgram(program: string, args: readonly string[], log: LogOutputChannel): Promise<ProgramResult> {
  log.info([program, ...args].join(' '));
  const path = [process.env['PATH'], ...programFolders].filter(Boolean).join(':');
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 30_000, env: { ...process.env, PATH: path } }, (error, stdout, stderr) => {
      const output = `${stderr}${stdout}`;
      if (output !== '') log.info(output.trimEnd());
      if (error === null) return resolve({ code: 0, output });
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return resolve({ code: 'missing', output });
      resolve({ code: typeof error.code === 'number' ? error.code : 1, output: output || error.message });
    });
  });
}
