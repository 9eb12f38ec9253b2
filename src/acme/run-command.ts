import type { ExecFileException } from 'node:child_process';

/** What a program leaves running may hold on to its output: that is waited for no longer than this, in milliseconds. */
const patience = 1000;

/** Runs a program without a shell: the words reach it as they stand. @throws Error with the last line that it said */
export async function runCommand(
  command: readonly string[],
  options: { readonly cwd?: string; readonly signal?: AbortSignal | undefined; readonly timeout?: number } = {},
): Promise<void> {
  // Most runs start no program, and loading what starts them takes 3 ms.
  const { execFile } = await import('node:child_process');
  const [program = '', ...words] = command;
  const { signal, cwd, timeout = 120_000 } = options;
  await new Promise<void>((resolve, reject) => {
    const limits = { timeout, maxBuffer: 64 * 1_048_576 };
    const settings = { ...limits, ...(cwd === undefined ? {} : { cwd }), ...(signal === undefined ? {} : { signal }) };
    const child = execFile(program, words, settings, (error, _stdout, stderr) => {
      if (error === null) return resolve();
      const last = stderr.trim().split('\n').at(-1) ?? '';
      reject(new Error(last || reasonOf(error, program, timeout), { cause: error }));
    });
    child.once('exit', () => {
      const letGo = () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      };
      setTimeout(letGo, patience).unref();
    });
  });
}

function reasonOf(error: ExecFileException, program: string, timeout: number): string {
  if (error.code === 'ENOENT') return `there is no program “${program}” here, or no folder to run it in`;
  if (error.code === 'EACCES') return `this user may not run ${program}`;
  if (error.killed) return `it did not end within ${timeout / 1000} seconds`;
  if (typeof error.code === 'number') return `it ended with exit code ${error.code}`;
  return error.message.split('\n')[0] ?? '';
}
