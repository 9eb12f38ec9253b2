// Runs one issuance command and kills itself without warning around its n-th durable write, as a power cut would.
// usage: node kill-at-write.mjs before|after N COMMAND [ARGUMENT…]
import { writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { type IssuanceCommandName, issuanceCommand } from '../../src/operations/cli-issuance.ts';

const [when, limit, command, ...args] = process.argv.slice(2);
const { rename } = fs;
let writes = 0;
const die = (): void => {
  writeFileSync(`killed-${when}-${limit}`, '');
  process.kill(process.pid, 'SIGKILL');
};
fs.rename = async (from, to) => {
  writes++;
  if (when === 'before' && writes === Number(limit)) die();
  await rename(from, to);
  if (when === 'after' && writes === Number(limit)) die();
};
syncBuiltinESMExports();

process.exitCode = await issuanceCommand(command as IssuanceCommandName, args, {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  cwd: process.cwd(),
  env: process.env,
});
