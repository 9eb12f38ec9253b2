import { fileURLToPath } from 'node:url';
import { readBundle } from './cli/bundle.ts';
import { showsColour, write } from './cli/output.ts';

const bundle = readBundle<typeof import('./cli/commands.ts')>(
  fileURLToPath(new URL('cli/commands.cjs', import.meta.url)),
);

process.exitCode = await bundle.load().runCommand(process.argv.slice(2), {
  stdout: (text) => write(1, text),
  stderr: (text) => write(2, text),
  readStdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  colour: showsColour(process.env),
  cwd: process.cwd(),
  env: process.env,
});
