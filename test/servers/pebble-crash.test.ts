import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
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

const skip = process.getuid?.() !== 0 ? 'needs root to mount a small disk' : false;

test('a full disk and a read-only one are named, the old files stay, and the order goes on later', {
  skip,
}, async () => {
  const place = createWorkplace();
  mkdirSync(join(place.folder, 'disk'));
  place.plan(
    pebble,
    `  full: { names: [full.test], issuer: pebble, key: rsa-4096, challenge: { type: http-01, webroot: "${pebble.webroot}" }, output: { certificate: disk/a.crt, fullchain: disk/b.pem, key: disk/a.key } }\n`,
  );
  const certificates = counted(/Issued certificate/g);
  const disk = join(place.folder, 'disk');
  const command = `"${process.execPath}" "${script}" before 0 issue --state "${join(place.folder, 'state')}"`;
  const on = (prepare: string) =>
    spawnSync(
      'unshare',
      ['-m', 'sh', '-c', `mount -t tmpfs -o size=16k tmpfs "${disk}" && ${prepare}; ${command}; ls -A "${disk}"`],
      {
        cwd: place.folder,
        encoding: 'utf8',
      },
    );
  const readOnly = on(`mount -o remount,ro "${disk}"`);
  assert.match(readOnly.stderr, /disk\/a\.crt cannot be written: the file system is read-only/);
  assert.equal(counted(/Issued certificate/g) - certificates, 0, 'no order was spent');
  const full = on(`head -c 8192 /dev/zero > "${disk}/filler"`);
  assert.match(full.stderr, /cannot be written: the disk is full\. Make room/);
  assert.equal(full.stdout, 'filler\n', 'nothing else was left on the disk');
  const later = await place.run('issue');
  assert.equal(later.code, 0, later.stderr);
  assert.equal(counted(/Issued certificate/g) - certificates, 1);
  place.remove();
});
