import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
const script = resolve(`out/kill-at-write-${process.pid}/kill.mjs`);

before(async () => {
  pebble = await startPebble();
  mkdirSync(resolve(script, '..'), { recursive: true });
  await build({
    entryPoints: ['test/support/kill-at-write.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
});
after(() => pebble.stop());

/** Lines of Pebble's log that tell of an order or a certificate. */
function counted(what: RegExp): number {
  return readFileSync(join(pebble.folder, 'pebble.log'), 'utf8').match(what)?.length ?? 0;
}

function killed(place: Workplace, when: string, write: number, command: string): Promise<boolean> {
  return new Promise((done) => {
    const args = [script, when, String(write), command, '--state', join(place.folder, 'state')];
    spawn(process.execPath, args, { cwd: place.folder, stdio: 'ignore' }).once('exit', (_code, signal) =>
      done(signal === 'SIGKILL'),
    );
  });
}

for (const when of ['before', 'after'] as const) {
  test(`killed ${when} each write and run again: nothing lost, nothing doubled`, { timeout: 180_000 }, async () => {
    let write = 1;
    for (; write < 60; write++) {
      const place = createWorkplace();
      place.plan(
        pebble,
        `  crash: { names: [${when}${write}.test], issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" }, output: { certificate: a.crt, key: a.key } }\n`,
      );
      const orders = counted(/Added order/g);
      const certificates = counted(/Issued certificate/g);
      const wasKilled = await killed(place, when, write, 'issue');
      const again = await place.run('issue', '--format', 'json');
      const what = `${when} write ${write}`;
      assert.equal(again.code, 0, `${what}: ${again.stderr}`);
      assert.match(String(onlyRow(again)['status']), /^(issued|current)$/, what);
      const certificate = new X509Certificate(readFileSync(join(place.folder, 'a.crt')));
      assert.ok(certificate.checkPrivateKey(createPrivateKey(readFileSync(join(place.folder, 'a.key')))), what);
      assert.equal(counted(/Issued certificate/g) - certificates, 1, `${what}: one certificate`);
      assert.ok(counted(/Added order/g) - orders <= 2, `${what}: at most one order orphaned`);
      assert.deepEqual(readdirSync(join(place.folder, 'state', 'orders')), [], what);
      assert.deepEqual(readdirSync(join(place.folder, 'state', 'challenges')), [], what);
      assert.deepEqual(
        readdirSync(place.folder).filter((name) => name.includes('.tmp')),
        [],
        what,
      );
      assert.ok(!existsSync(join(pebble.webroot, '.well-known')), what);
      assert.equal(readdirSync(join(place.folder, 'state', 'accounts')).length, 1, what);
      place.remove();
      if (!wasKilled) break;
    }
    assert.ok(write > 8, `only ${write} writes were seen`);
    assert.ok(write < 60, 'it never ran to its end');
  });
}

test('ten runs at once issue one certificate', { timeout: 60_000 }, async () => {
  const place = createWorkplace();
  place.plan(pebble, `  ten.test: { issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" } }\n`);
  const certificates = counted(/Issued certificate/g);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => place.run('renew', '--format', 'json')));
  for (const outcome of outcomes) assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(counted(/Issued certificate/g) - certificates, 1);
  assert.equal(outcomes.filter((outcome) => onlyRow(outcome)['status'] === 'issued').length, 1);
  place.remove();
});
