// Measures speed against other tools in the same run; prints a table and writes out/bench.json. Fails when a bound is missed.
// usage: node scripts/bench.mjs [lint] [growth] [certificates] [acme] [panel]   (default: all)
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// As --expose-gc would: memory is measured after a collection.
setFlagsFromString('--expose-gc');
globalThis.gc = runInNewContext('gc');

const parts = {
  lint: async () => (await import('./bench/lint.mjs')).benchLint(),
  growth: async () => (await import('./bench/growth.mjs')).benchGrowth(),
  certificates: async () => (await import('./bench/certificates.mjs')).benchCertificates(),
  acme: async () => (await import('./bench/acme.mjs')).benchAcme(),
  panel: async () => (await import('./bench/panel.mjs')).benchPanel(),
};
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`usage: node scripts/bench.mjs [${Object.keys(parts).join('] [')}]`);
  process.exit(2);
}

for (const args of [['scripts/setup.mjs', 'bench'], ['scripts/build.mjs'], ['scripts/package.mjs']]) {
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) process.exit(1);
}

// Node would read this file of CAs before each command's first line: 40 ms of a machine's settings, not of the command.
delete process.env.NODE_EXTRA_CA_CERTS;

const rows = [];
for (const name of wanted) {
  const found = await measure(name);
  for (const one of found) print(one);
  rows.push(...found);
}
const machine = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
mkdirSync('out', { recursive: true });
writeFileSync('out/bench.json', JSON.stringify({ date: new Date().toISOString(), machine, rows }, undefined, 2));
const missed = rows.filter(({ kept }) => !kept).length;
console.log(`${rows.length} measurements, ${missed} of the bounds missed; out/bench.json has them all.`);
process.exitCode = missed === 0 ? 0 : 1;

/** A part that cannot run has missed its bounds, and the others go on. */
async function measure(name) {
  try {
    return await parts[name]();
  } catch (error) {
    return [
      { what: name, ours: Number.NaN, unit: '', kept: false, note: `could not run: ${error.message.slice(0, 300)}` },
    ];
  }
}

function print({ what, ours, unit, than, theirs, ratio, bound, kept, note }) {
  const number = (value) => (value === undefined ? '' : value.toPrecision(3));
  const against = theirs === undefined ? '' : `${than} ${number(theirs)} ${unit}, ratio ${number(ratio)}`;
  const limit = bound === undefined ? (kept ? '' : '✖') : `${kept ? '✔' : '✖'} at most ${bound}`;
  console.log(
    `${what.padEnd(56)}${number(ours).padStart(9)} ${unit.padEnd(4)}${against.padEnd(44)}${limit}${note ? `  (${note})` : ''}`,
  );
}
