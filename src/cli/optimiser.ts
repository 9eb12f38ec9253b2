import type { Files } from '../host/host.ts';

/** Settings of V8 11 (Node 20) as it has them by itself. V8 13 counts otherwise, and would gain nothing. */
const usual = '--interrupt-budget=67584 --parallel-scavenge --semi-space-growth-factor=2';

/**
 * What a command sets that has much to read, in octets. Less is read before the module that sets it has paid for itself.
 * - How much bytecode of a function runs before V8 thinks of machine code for it. Made early that is of little use to a program
 *   that soon ends, and often thrown away as it meets what it was not made for: `lint` of 100,000 lines takes 0.82 of the time.
 * - Whether it sweeps its memory for new objects in several threads: while that is small, waking them takes longer than they
 *   save. `lint` of 10,000 lines takes 0.94 of the time.
 * - How that memory grows: to its full size at once, which spares sweeping it at each size between (0.96).
 */
const steps = [
  { above: 10_000, flags: '--interrupt-budget=270000 --no-parallel-scavenge' },
  { above: 1_000_000, flags: '--parallel-scavenge --semi-space-growth-factor=16' },
];

export function resetOptimiser(): void {
  setFlags(usual);
}

function setFlags(flags: string): void {
  if (!process.versions.v8.startsWith('11.')) return;
  process.getBuiltinModule?.('node:v8').setFlagsFromString(flags);
}

/** The same files; what pays where much is read is set once so much has been. */
export function optimisingLate(files: Files): Files {
  const { readSmall } = files;
  let read = 0;
  let next = 0;
  const counted = <T>(content: T): T => {
    if (content instanceof Uint8Array) read += content.length;
    for (let step = steps[next]; step !== undefined && read > step.above; step = steps[++next]) setFlags(step.flags);
    return content;
  };
  return {
    ...files,
    read: async (path, limit) => counted(await files.read(path, limit)),
    ...(readSmall && { readSmall: async (path: string, largest: number) => counted(await readSmall(path, largest)) }),
  };
}
