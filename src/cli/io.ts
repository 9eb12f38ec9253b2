/** What a command needs of its process, so that tests can run it without one. */
export interface CommandIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** True where standard output is a terminal that shows colours. */
  readonly colour: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Could not run: exit code 2 with one line that says why. */
export class UsageError extends Error {}

export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

export function printJson(io: CommandIo, value: unknown): void {
  io.stdout(`${JSON.stringify(value, null, 2)}\n`);
}
