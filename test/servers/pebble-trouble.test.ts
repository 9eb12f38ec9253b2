import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
import { buildOwnProcess, type OwnProcess } from '../support/own-process.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let own: OwnProcess;

before(async () => {
  pebble = await startPebble();
  own = await buildOwnProcess();
});
after(async () => {
  await pebble.stop();
  own.remove();
});

const output = 'output: { certificate: a.crt, key: a.key, fullchain: a.pem }';
const webroot = (): string => `challenge: { type: http-01, webroot: "${pebble.webroot}" }`;

test('ten processes at once on one state folder: one account, one certificate, one command afterwards', {
  timeout: 120_000,
}, async () => {
  const place = createWorkplace();
  const ran = JSON.stringify(['sh', '-c', 'echo ran >> after']);
  place.plan(pebble, `  ten.test: { issuer: pebble, ${webroot()}, ${output}, after: ${ran} }\n`);
  const [accounts, certificates] = [pebble.count(/There are now \d+ accounts/g), pebble.count(/Issued certificate/g)];
  const ten = () => Array.from({ length: 10 }, () => own.run(place, ['renew', '--trust', '--format', 'json']));
  const outcomes = await Promise.all(ten());
  for (const { code, stderr } of outcomes) assert.equal(code, 0, stderr);
  assert.equal(outcomes.filter((outcome) => onlyRow(outcome)['status'] === 'issued').length, 1);
  assert.equal(pebble.count(/Issued certificate/g) - certificates, 1);
  assert.equal(pebble.count(/There are now \d+ accounts/g) - accounts, 1);
  assert.equal(String(readFileSync(join(place.folder, 'after'))), 'ran\n');
  for (const { code, stdout, stderr } of await Promise.all(ten())) {
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"current"/);
  }
  assert.equal(pebble.count(/Issued certificate/g) - certificates, 1, 'nothing is due any more');
  place.remove();
});

test('ten processes at once, each with its own certificate: one account', { timeout: 120_000 }, async () => {
  const place = createWorkplace();
  const names = Array.from({ length: 10 }, (_, index) => `own${index}.test`);
  place.plan(pebble, names.map((name) => `  ${name}: { issuer: pebble, ${webroot()} }\n`).join(''));
  const [accounts, certificates] = [pebble.count(/There are now \d+ accounts/g), pebble.count(/Issued certificate/g)];
  const outcomes = await Promise.all(names.map((name) => own.run(place, ['issue', name])));
  for (const { code, stderr } of outcomes) assert.equal(code, 0, stderr);
  assert.equal(pebble.count(/Issued certificate/g) - certificates, 10);
  assert.equal(pebble.count(/There are now \d+ accounts/g) - accounts, 1);
  assert.ok(!existsSync(join(pebble.webroot, '.well-known')));
  place.remove();
});

test('a run whose terminal goes away takes its challenge back', {
  timeout: 60_000,
}, async () => {
  const place = createWorkplace();
  const script = join(place.folder, 'dns.sh');
  // The command runs in the midst of the order, and ends the terminal of who called it.
  // What takes the record away needs a moment, in which nobody may end it.
  writeFileSync(
    script,
    '[ "$1" = add ] || sleep 0.3; echo "$1 $2" >>dns.log; [ -e hung ] || { touch hung; kill -HUP $PPID; sleep 0.3; }\n',
  );
  const command = JSON.stringify(['sh', script]);
  place.plan(pebble, `  hung.test: { issuer: pebble, challenge: { type: dns-01, command: ${command} } }\n`);
  const { code, stdout, stderr } = await own.run(place, ['issue', '--trust', '--format', 'json']);
  assert.equal(code, 1, stderr);
  assert.equal(onlyRow({ code, stdout, stderr })['status'], 'failed');
  const log = readFileSync(join(place.folder, 'dns.log'), 'utf8');
  assert.equal(log, 'add _acme-challenge.hung.test\nremove _acme-challenge.hung.test\n');
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
  const certificates = pebble.count(/Issued certificate/g);
  const disk = join(place.folder, 'disk');
  const command = `"${process.execPath}" "${own.script}" before 0 issue --state "${join(place.folder, 'state')}"`;
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
  assert.equal(pebble.count(/Issued certificate/g) - certificates, 0, 'no order was spent');
  const full = on(`head -c 8192 /dev/zero > "${disk}/filler"`);
  assert.match(full.stderr, /cannot be written: the disk is full\. Make room/);
  assert.equal(full.stdout, 'filler\n', 'nothing else was left on the disk');
  const later = await place.run('issue');
  assert.equal(later.code, 0, later.stderr);
  assert.equal(pebble.count(/Issued certificate/g) - certificates, 1);
  place.remove();
});

test('a web root that may not be written costs no order, and a service that may nevertheless is not stopped', {
  skip,
}, async () => {
  const place = createWorkplace();
  const root = join(place.folder, 'above/closed');
  mkdirSync(root, { recursive: true });
  place.plan(
    pebble,
    `  closed.test: { issuer: pebble, challenge: { webroot: "${root}" }, output: { combined: tls/a.pem } }\n`,
  );
  const command = [process.execPath, own.script, 'before', '0', 'issue', '--state', join(place.folder, 'state')];
  const inSh = (prepare: string, ...prefix: string[]) =>
    spawnSync('unshare', ['-m', 'sh', '-c', `${prepare} && exec "$@"`, 'sh', ...prefix, ...command], {
      cwd: place.folder,
      encoding: 'utf8',
    });
  const orders = pebble.count(/Added order/g);
  const readOnly = inSh(`mount --bind "${root}" "${root}" && mount -o remount,ro,bind "${root}"`);
  assert.match(readOnly.stderr, /closed\/\.well-known cannot be written: the file system is read-only\. Mount it for/);
  spawnSync('sh', ['-c', 'chown -R 65534 . && chown -R 0 above'], { cwd: place.folder });
  const asNobody = ['setpriv', '--reuid=65534', '--clear-groups'];
  const closed = inSh('true', ...asNobody);
  assert.match(closed.stderr, /closed\/\.well-known cannot be written: this user may not write there\. Let this user/);
  const hidden = inSh('chmod 700 above', ...asNobody);
  assert.match(
    hidden.stderr,
    /The web root \S+ cannot be looked at: this user may not enter a folder above it\. Let this/,
  );
  assert.equal(pebble.count(/Added order/g) - orders, 0, 'no order was spent');
  // As systemd gives it by AmbientCapabilities=CAP_DAC_OVERRIDE. The web server serves another folder.
  const capable = inSh('true', ...asNobody, '--inh-caps=+dac_override', '--ambient-caps=+dac_override');
  assert.match(capable.stderr, /closed\.test could not be validated: /);
  assert.equal(pebble.count(/Added order/g) - orders, 1);
  place.remove();
});

test('a state folder on a full disk is named, and the run after it issues', { skip }, async () => {
  const place = createWorkplace();
  place.plan(pebble, `  full.test: { names: [full-state.test], issuer: pebble, ${webroot()}, ${output} }\n`);
  const disk = join(place.folder, 'disk');
  mkdirSync(disk);
  const command = `"${process.execPath}" "${own.script}" before 0 issue --state "${disk}/state"`;
  const fill = `head -c 65536 /dev/zero > "${disk}/filler" 2> /dev/null`;
  const steps = [
    `mount -t tmpfs -o size=64k tmpfs "${disk}"`,
    `mkdir "${disk}/state" "${disk}/state/accounts"; ${fill}; ${command}`,
    `rm "${disk}/filler"; ${command}`,
  ];
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', steps.join('; ')], {
    cwd: place.folder,
    encoding: 'utf8',
  });
  assert.match(stderr, /The state folder \S+\/disk\/state cannot be (used|written).*(disk is full|ENOSPC)/);
  assert.match(stdout, /full\.test: There is no certificate yet\. Issued/);
  assert.ok(!existsSync(join(pebble.webroot, '.well-known')));
  place.remove();
});

/** Runs a command with the process's own clock moved. */
function withClock(place: Workplace, offset: string, ...args: readonly string[]) {
  const command = [process.execPath, own.script, 'before', '0', ...args, '--state', join(place.folder, 'state')];
  return spawnSync('faketime', ['-f', offset, ...command], {
    cwd: place.folder,
    encoding: 'utf8',
    env: { ...process.env, FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  });
}

test('a machine whose clock is a day fast issues once; one whose clock is a day slow says so', () => {
  const place = createWorkplace();
  place.plan(pebble, `  clock.test: { issuer: pebble, ${webroot()}, ${output} }\n`);
  // The certificate of Pebble's own HTTPS was made a moment ago.
  const slow = withClock(place, '-1d', 'issue');
  assert.match(
    slow.stderr,
    /not yet valid\)\. This machine's clock says \d+-\d+-\d+ \d+:\d+:\d+ UTC: correct it, if that is wrong/,
  );
  const certificates = pebble.count(/Issued certificate/g);
  const fast = withClock(place, '+1d', 'issue');
  assert.match(fast.stdout, /Issued, valid until/, fast.stderr);
  assert.match(withClock(place, '+1d', 'renew').stdout, /clock\.test: current/);
  assert.equal(pebble.count(/Issued certificate/g) - certificates, 1);
  place.remove();
});
