import { blockingFiles } from '../host/blocking-files.ts';
import type { Host } from '../host/host.ts';
import { nodeHost } from '../host/node.ts';
import { optimisingLate } from './optimiser.ts';

/** The machine that the command runs on. Nothing else goes on meanwhile, so it waits for its files. */
export const host: Host = { ...nodeHost, files: optimisingLate(blockingFiles) };
