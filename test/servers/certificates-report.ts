// Prints what `inspect` says of files, a line of JSON each: the same program for Node and for Bun.
import { readFileSync } from 'node:fs';
import { readContainer } from '../../src/certificates/container.ts';
import { inspectObjects } from '../../src/certificates/inspect.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';

const [list = '', ...passwords] = process.argv.slice(2);
const now = new Date('2026-09-30T12:00:00Z');

for (const file of readFileSync(list, 'utf8').split('\n')) {
  const content = await readContainer(file, readFileSync(file), nodeCrypto, { passwords });
  console.log(JSON.stringify({ file, ...inspectObjects(content, { crypto: nodeCrypto, now, budget: 50 }) }));
}
