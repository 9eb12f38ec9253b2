import type { Files } from '../host/host.ts';

/**
 * How much bytecode of a function V8 11 (Node 20) runs before it thinks of machine code for it: by itself, and where a
 * command has much to read. Machine code made that early is of little use to a program that soon ends, and often thrown
 * away as it meets what it was not made for: `lint` of 100,000 lines takes 0.82 of the time with the second. V8 13 counts
 * otherwise, and would gain nothing.
 */
const budgets = { usual: 67_584, late: 270_000 };
/** Less is read before the module that sets it has paid for itself. */
const muchToRead = 40_000;

export function setOptimiser(when: keyof typeof budgets): void {
  if (!process.versions.v8.startsWith('11.')) return;
  process.getBuiltinModule?.('node:v8').setFlagsFromString(`--interrupt-budget=${budgets[when]}`);
}

/** The same files; once much of them has been read, code is optimised late. */
export function optimisingLate(files: Files): Files {
  const { readSmall } = files;
  let left = muchToRead;
  const counted = <T>(content: T): T => {
    if (left > 0 && content instanceof Uint8Array) {
      left -= content.length;
      if (left <= 0) setOptimiser('late');
    }
    return content;
  };
  return {
    ...files,
    read: async (path, limit) => counted(await files.read(path, limit)),
    ...(readSmall && { readSmall: async (path: string, largest: number) => counted(await readSmall(path, largest)) }),
  };
}
