import type { Host } from './host.ts';
import { nodeCrypto } from './node-crypto.ts';
import { nodeFiles } from './node-files.ts';

/** The machine that Node runs on. */
export const nodeHost: Host = { files: nodeFiles, clock: { now: () => new Date() }, crypto: nodeCrypto };
