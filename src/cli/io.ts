import type { Unreadable } from '../host/host.ts';

/** What a command needs of its process, so that tests can run it without one. */
export interface CommandIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** True where standard output is a terminal that shows colours. */
  readonly showsColour: () => boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Could not run: exit code 2 with one line that says why. */
export class UsageError extends Error {}

export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

export function printJson(io: CommandIo, value: unknown): void {
  io.stdout(`${JSON.stringify(value, null, 2)}\n`);
}

/** That a path gave nothing, and what to do about it. */
export function cannotRead({ error, message }: Unreadable): UsageError {
  const next: Partial<Record<Unreadable['error'], string>> = {
    forbidden: 'Run as a user who may, such as root.',
    other: 'Mend that, or name another path.',
  };
  return new UsageError(`${message}. ${next[error] ?? 'Check the path.'}`);
}

/** Why a file was not written, as a clause. */
export function whyNotWritten(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return 'its folder does not exist';
    case 'ENOTDIR':
      return 'a part of its path is no folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not';
    case 'EROFS':
      return 'it can only be read';
    case 'ENOSPC':
      return 'there is no space left';
    default:
      return code ?? String(error);
  }
}
