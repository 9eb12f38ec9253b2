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
    const settings = { timeout, ...(cwd === undefined ? {} : { cwd }), ...(signal === undefined ? {} : { signal }) };
    execFile(program, words, settings, (error, _stdout, stderr) => {
      if (error === null) return resolve();
      const last = stderr.trim().split('\n').at(-1) ?? '';
      reject(new Error(last || error.message.split('\n')[0], { cause: error }));
    });
  });
}
