// Runs one issuance command and kills itself without warning around its n-th step, as a power cut would. A step is
// whatever others can see: a file that gets its place or goes, a request to the CA, a program that is run.
// usage: node kill-at-step.mjs before|after N COMMAND [ARGUMENT…]
import fs from 'node:fs';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { type IssuanceCommandName, issuanceCommand } from '../../src/cli/issuance/commands.ts';

const [when, limit, command, ...args] = process.argv.slice(2);
let steps = 0;
const count = (moment: string): void => {
  if (moment !== when) return;
  steps++;
  if (steps !== Number(limit)) return;
  fs.writeFileSync(`killed-${when}-${limit}`, '');
  process.kill(process.pid, 'SIGKILL');
};

function around<Arguments extends unknown[]>(work: (...given: Arguments) => void) {
  return (...given: Arguments): void => {
    count('before');
    work(...given);
    count('after');
  };
}
fs.renameSync = around(fs.renameSync);
fs.unlinkSync = around(fs.unlinkSync);
fs.linkSync = around(fs.linkSync);
fs.appendFileSync = around(fs.appendFileSync);

const { request } = https;
https.request = ((...given: Parameters<typeof request>) => {
  count('before');
  const outgoing = request(...given);
  // The CA has done what it was asked for, and nobody here knows yet.
  outgoing.on('response', (response) => response.on('end', () => count('after')));
  return outgoing;
}) as typeof request;
syncBuiltinESMExports();

process.exitCode = await issuanceCommand(command as IssuanceCommandName, args, {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  cwd: process.cwd(),
  env: process.env,
});
