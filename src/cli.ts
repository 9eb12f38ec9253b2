import { join } from 'node:path';
import { readBundle, runBundle } from './cli/bundle.ts';
import { findCodeCache } from './cli/code-cache.ts';
import { codeOfCall } from './cli/code-of-call.ts';
import { hungUp, showsColour, write } from './cli/output.ts';
import { longestInput } from './host/host.ts';
import { fromSystem } from './host/system-paths.ts';

// Bundled as CommonJS, which Node starts some milliseconds sooner than an ES module.
void main(process.argv.slice(2)).catch((error: Error) => {
  write(2, `tls-workbench: ${error.message}\n`);
  // An exit code of 1 would tell of findings.
  process.exit(2);
});

async function main(args: readonly string[]): Promise<void> {
  const bundle = readBundle(join(__dirname, 'cli/commands.cjs'));
  const cache = findCodeCache(bundle, codeOfCall(args), process.env);
  const { exports, keep } = runBundle<typeof import('./cli/commands.ts')>(bundle, cache);

  const exitCode = await exports.runCommand(args, {
    stdout: (text) => write(1, text),
    stderr: (text) => write(2, text),
    readStdin,
    showsColour: () => showsColour(process.env),
    cwd: workingFolder(),
    env: process.env,
  });
  // A call that could not run has needed little of the code.
  if (exitCode < 2) keep();
  // Node breaks down, and may leave its memory on the disk, where it sets back a terminal that is gone.
  if (process.exitCode === hungUp) process.kill(process.pid, 'SIGHUP');
  // Everything is written; left to itself, Node would wait for V8 to optimise code that nobody runs any more.
  process.exit(exitCode);
}

/** @throws Error where somebody has removed it, as a CI job its own */
function workingFolder(): string {
  try {
    return fromSystem(process.cwd());
  } catch {
    throw new Error('the working folder does not exist any more. Change into another one.');
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestInput)
      throw new Error(
        `standard input goes on for more than ${longestInput / 1_048_576} MB. Check what is piped into it.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
