import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import type { CodeCache } from './code-cache.ts';
import { type Links, link } from './link.ts';
import { resetOptimiser } from './optimiser.ts';

/**
 * All commands are bundled into one script, which V8's code cache saves compiling: of the 90 ms that `lint` of a short file
 * took above Node's own start, as 45 ES modules, 65 are left as one script and 30 with the cache. See link.ts for how it is made.
 *
 * The script is one function that takes `require` and `module`, as CommonJS has it, and ends with a comment that names it.
 */
export interface Bundle {
  readonly file: string;
  readonly text: string;
  /** Of the content: V8 compares nothing but the lengths of a script and of what its cache was made from. */
  readonly id: string;
}

export function readBundle(file: string): Bundle {
  const text = readScript(file);
  return { file, text, id: text.slice(text.lastIndexOf('//') + 2).trim() };
}

/** The extension has the commands only as modules, of which most are the editor's as well. */
function readScript(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    const links = file.replace(/\.cjs$/, '.json');
    if (!existsSync(links)) throw error;
    const dist = dirname(dirname(file));
    return link(JSON.parse(readText(links)) as Links, (path) => readText(join(dist, `${path}.mjs`)));
  }
}

/** Bundles are ASCII, which V8 need not decode as `latin1`. */
function readText(file: string): string {
  return readFileSync(file, 'latin1');
}

/** A bundle that has been run. */
export interface Loaded<T> {
  readonly exports: T;
  /** True where the code came from the cache. */
  readonly cached: boolean;
  /** Keeps the code that has been needed until now for later runs, where the cache wants it. */
  readonly keep: () => void;
}

export function runBundle<T>({ file, text }: Bundle, cache: CodeCache | undefined): Loaded<T> {
  const data = cache?.read();
  const require = createRequire(file);
  if (cache?.wanted === true) keepBytecode(require, true);
  const script = new Script(text, { filename: file, ...(data === undefined ? {} : { cachedData: data }) });
  const module = { exports: {} };
  const run = script.runInThisContext() as (require: NodeJS.Require, module: { exports: unknown }) => void;
  run(require, module);
  const keep = () => {
    if (cache?.wanted !== true) return;
    // A cache is only good for the flags that it is made under.
    keepBytecode(require, false);
    resetOptimiser();
    cache.write(script.createCachedData());
  };
  return { exports: module.exports as T, cached: data !== undefined && script.cachedDataRejected === false, keep };
}

/** A cache holds bytecode: not what has been thrown away since, and not what runs often and so has become machine code. */
function keepBytecode(require: NodeJS.Require, on: boolean): void {
  // Loaded only here, as it takes a millisecond or two.
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  for (const flag of ['flush-bytecode', 'sparkplug']) setFlagsFromString(`--${on ? 'no-' : ''}${flag}`);
}
