import { fstatSync, writeSync } from 'node:fs';
import { whyNotWritten } from './io.ts';

/** The exit code of who has lost the terminal, as shells count it. */
export const hungUp = 129;

/** What nobody reads any more. */
const closed = new Set<1 | 2>();

/**
 * Writes a text whole before it returns, so that no exit cuts it off and both streams keep their order. `process.stdout`
 * would load Node's network modules for a pipe, which takes longer than most commands.
 * @param descriptor 1 for results, 2 for everything else
 */
export function write(descriptor: 1 | 2, text: string): void {
  if (closed.has(descriptor)) return;
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Whoever reads our output may have seen enough (`| head`), and a terminal may be gone: that is no error, and
      // neither the end of what is being done.
      if (code === 'EPIPE' || (code === 'EIO' && !fstatSync(descriptor).isFile())) {
        closed.add(descriptor);
        return;
      }
      // A pipe that another program has made non-blocking, and that is full.
      if (code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        continue;
      }
      // Where not even that can be told, the exit code still tells what was found.
      if (descriptor === 2) return;
      throw new Error(`the output cannot be written: ${whyNotWritten(error)}`);
    }
  }
}

/**
 * True where standard output is a terminal that is to show colours, or FORCE_COLOR asks for them, as for the log of a CI job
 * (https://no-color.org, https://force-color.org: an empty variable says nothing).
 */
export function showsColour(env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'] ?? '';
  // Node's own reading of it has a word for none.
  if ((env['NO_COLOR'] ?? '') !== '' || /^(?:0|false)$/.test(forced)) return false;
  if (forced !== '') return true;
  if (env['TERM'] === 'dumb') return false;
  return isCharacterDevice(1) && process.stdout.isTTY === true;
}

/** False also where the system tells nothing of what the descriptor leads to, as Windows of some of its own. */
function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}
