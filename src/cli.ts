import { fileURLToPath } from 'node:url';
import { readBundle } from './cli/bundle.ts';

const bundle = readBundle<typeof import('./cli/commands.ts')>(
  fileURLToPath(new URL('cli/commands.cjs', import.meta.url)),
);

// Whoever reads our output may have seen enough (`| head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

process.exitCode = await bundle.load().runCommand(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  readStdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  colour: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  cwd: process.cwd(),
  env: process.env,
});
