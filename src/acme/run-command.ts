import type { ExecFileException } from 'node:child_process';
import { delimiter } from 'node:path';

/** What a program leaves running may hold on to its output: that is waited for no longer than this, in milliseconds. */
const patience = 1000;

export interface RunOptions {
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until it is asked to end. */
  readonly timeout?: number;
  /** Milliseconds that it then has, and where it is interrupted. */
  readonly grace?: number;
}

/**
 * Runs a program without a shell: the words reach it as they stand, and nothing comes from standard input.
 * @throws Error with the last lines that it said
 */
export async function runCommand(command: readonly string[], options: RunOptions = {}): Promise<void> {
  // Most runs start no program, and loading what starts them takes 3 ms.
  const { execFile } = await import('node:child_process');
  const [program = '', ...words] = command;
  const { signal, cwd, timeout = 120_000, grace = 5000 } = options;
  await new Promise<void>((resolve, reject) => {
    const limits = { timeout, maxBuffer: 64 * 1_048_576, env: surroundings() };
    let isInterrupted = false;
    const child = execFile(program, words, cwd === undefined ? limits : { ...limits, cwd }, (error, _out, stderr) => {
      clearTimeout(overdue);
      signal?.removeEventListener('abort', interrupt);
      if (error === null && !isInterrupted) return resolve();
      const said = lastWords(stderr);
      const reason =
        error === null || isInterrupted
          ? `it was interrupted${withLast(said)}`
          : reasonOf(error, program, timeout, said);
      reject(new Error(reason, { cause: error }));
    });
    // One that is stopped, or does not care about being asked, would be waited for without end.
    const killIn = (milliseconds: number) => setTimeout(() => child.kill('SIGKILL'), milliseconds);
    let overdue = killIn(timeout + grace);
    // Node's own option for the signal would leave such a one running, and not wait for any.
    const interrupt = () => {
      clearTimeout(overdue);
      overdue = killIn(grace);
      isInterrupted = child.kill();
    };
    if (signal?.aborted) interrupt();
    signal?.addEventListener('abort', interrupt);
    // What asks a question gets no answer here, and is not waited for.
    child.stdin?.on('error', () => undefined).end();
    child.once('exit', () => {
      const letGo = () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      };
      setTimeout(letGo, patience).unref();
    });
  });
}

/** cron looks for programs in /usr/bin and /bin alone, and users often not where those of the system are, such as nginx. */
function surroundings(): NodeJS.ProcessEnv {
  if (process.platform === 'win32') return process.env;
  const given = (process.env['PATH'] ?? '/usr/bin:/bin').split(delimiter);
  const more = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/sbin'].filter((folder) => !given.includes(folder));
  return { ...process.env, PATH: [...given, ...more].join(delimiter) };
}

/** As the end of a sentence. Servers tell the mistake some lines before the last one, which says only that there was one. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(-4)
    .join(' / ')
    .slice(-1000)
    .replace(/\.$/, '');
}

/** @param last what it said last on standard error */
function reasonOf(error: ExecFileException, program: string, timeout: number, last: string): string {
  if (error.killed) return `it did not end within ${timeout / 1000} seconds${withLast(last)}`;
  if (typeof error.signal === 'string') return `it was ended by ${error.signal}${withLast(last)}`;
  if (last !== '') return last;
  if (error.code === 'ENOENT') return `there is no program “${program}” here, or no folder to run it in`;
  if (error.code === 'EACCES') return `this user may not run ${program}`;
  if (typeof error.code === 'number') return `it ended with exit code ${error.code}`;
  return error.message.split('\n')[0] ?? '';
}

function withLast(last: string): string {
  return last === '' ? '' : ` and said last: ${last}`;
}
