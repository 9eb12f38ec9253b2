import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { takeLock } from '../../src/acme/store/lock.ts';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { buildOwnProcess } from '../support/own-process.ts';

let place: Workplace;
const places: Workplace[] = [];
beforeEach(() => {
  place = createWorkplace();
  places.push(place);
});
after(() => {
  for (const each of places) each.remove();
});

/** Both owe the same command, which says on standard error that it is run, and fails where there is no file `works`. */
const command = '[sh, -c, "echo ran >>ran.txt; test -e works || { echo no server >&2; false; }"]';
function plan(shared = command): void {
  const entry = (name: string) => `  ${name}: { issuer: local, after: ${shared} }\n`;
  writeFileSync(
    join(place.folder, 'tls-workbench.yaml'),
    `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates:\n${entry('a.test')}${entry('b.test')}`,
  );
}

const countOf = (file: string): number =>
  existsSync(join(place.folder, file)) ? readFileSync(join(place.folder, file), 'utf8').length / 4 : 0;
const runs = (): number => countOf('ran.txt');
const failures = (text: string) => text.match(/^[ab]\.test: The certificate is in place, but .* no server/gm) ?? [];

test('a command that several certificates owe is run once, also where it fails, and is owed until it works', async () => {
  plan();
  const failed = await place.run('issue', '--trust', '--verbose');
  assert.equal(failed.code, 1);
  assert.equal(runs(), 1);
  assert.equal(failures(failed.stderr).length, 2, failed.stderr);
  const tried = await place.run('issue', '--dry-run');
  assert.equal(tried.code, 0, tried.stderr);
  assert.equal(runs(), 1, 'a dry run runs nothing that is owed');
  writeFileSync(join(place.folder, 'works'), '');
  assert.equal((await place.run('issue')).code, 0);
  assert.equal((await place.run('issue')).code, 0);
  assert.equal(runs(), 2);
});

test('a command that the plan names no more is owed no more', async () => {
  plan();
  await place.run('issue', '--trust');
  const entries = readFileSync(join(place.folder, 'tls-workbench.yaml'), 'utf8');
  writeFileSync(join(place.folder, 'tls-workbench.yaml'), entries.replaceAll(/, after: .*\]/g, ''));
  assert.equal((await place.run('issue')).code, 0);
  writeFileSync(join(place.folder, 'tls-workbench.yaml'), entries);
  assert.equal((await place.run('issue')).code, 0);
  assert.equal(runs(), 1);
});

test('a command is owed though the plan has been moved, or the certificate has another name in it', async () => {
  plan();
  await place.run('issue', '--trust');
  writeFileSync(join(place.folder, 'works'), '');
  const file = join(place.folder, 'tls-workbench.yaml');
  const output = 'output: { fullchain: tls/b.test.fullchain.pem, key: tls/b.test.key }';
  const renamed = readFileSync(file, 'utf8').replace('b.test: {', `other: { names: [b.test], ${output},`);
  writeFileSync(join(place.folder, 'moved.yaml'), renamed);
  await place.run('issue', '--plan', 'moved.yaml', '--trust');
  assert.equal(runs(), 1, 'owed by a plan that is there');
  rmSync(file);
  const { code, stdout, stderr } = await place.run('issue', '--plan', 'moved.yaml', 'other');
  assert.deepEqual([code, stderr, runs()], [0, '', 2], stdout);
  assert.match(readdirSync(join(place.folder, 'state/orders')).join(), /^a\.test-\w+\.after\.json$/);
  assert.equal((await place.run('issue', '--plan', 'moved.yaml')).code, 0);
  assert.equal(runs(), 3);
  assert.equal((await place.run('issue', '--plan', 'moved.yaml')).code, 0);
  assert.equal(runs(), 3, 'owed no more');
});

test('of copies of one certificate in a plan that has been moved each owes its command by itself', async () => {
  plan();
  await place.run('issue', '--trust', 'a.test');
  const entries = ['a', 'copy'].map((name) => {
    for (const ending of ['key', 'fullchain.pem'])
      copyFileSync(join(place.folder, `tls/a.test.${ending}`), join(place.folder, `${name}.${ending}`));
    const after = `[sh, -c, "echo ran >>${name}.txt; test ${name} != a -o -e works"]`;
    return `  ${name}: { names: [a.test], issuer: local, output: { fullchain: ${name}.fullchain.pem, key: ${name}.key }, after: ${after} }\n`;
  });
  rmSync(join(place.folder, 'tls-workbench.yaml'));
  writeFileSync(
    join(place.folder, 'moved.yaml'),
    `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates:\n${entries.join('')}`,
  );
  const moved = async (...args: readonly string[]) => {
    const { code } = await place.run('issue', '--plan', 'moved.yaml', ...args);
    return [code, ...['a', 'copy'].map((name) => countOf(`${name}.txt`))];
  };
  assert.deepEqual(await moved('--trust', 'a'), [1, 1, 0]);
  assert.deepEqual(await moved('--trust'), [1, 2, 1], 'one of a copy that was not asked for is not forgotten');
  writeFileSync(join(place.folder, 'works'), '');
  assert.deepEqual(await moved(), [0, 3, 1], 'nor one that failed before another succeeded');
  assert.deepEqual(await moved(), [0, 3, 1]);
});

test('notes that cannot be read, or of many plans that are gone, hinder no other certificate', {
  timeout: 60_000,
}, async () => {
  const entry = (number: number) => `  a${number}.test: { issuer: local, after: ${command} }\n`;
  const entries = Array.from({ length: 10 }, (_, number) => entry(number)).join('');
  const file = join(place.folder, 'tls-workbench.yaml');
  writeFileSync(file, `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates:\n${entries}`);
  writeFileSync(join(place.folder, 'works'), '');
  const orders = join(place.folder, 'state/orders');
  await place.run('issue', '--trust');
  mkdirSync(join(orders, 'folder.after.json'));
  writeFileSync(join(orders, 'broken.after.json'), '{');
  writeFileSync(join(orders, 'other.after.json'), 'null');
  const gone = JSON.stringify({ plan: '/nowhere/plan.yaml', certificate: 'a', serialNumber: '01' });
  for (let number = 0; number < 5_000; number++) writeFileSync(join(orders, `${number}.after.json`), gone);
  const { code, stdout, stderr } = await place.run('issue', '--force');
  assert.deepEqual([code, runs()], [0, 2], stderr);
  assert.match(stdout, /^a9\.test: .* Issued/m);
});

test('a folder of orders that is closed to the user fails each certificate by name', {
  skip: process.getuid?.() !== 0,
}, async () => {
  plan();
  mkdirSync(join(place.folder, 'state/orders'), { recursive: true });
  chmodSync(join(place.folder, 'state/orders'), 0o700);
  for (const name of ['', 'state']) chownSync(join(place.folder, name), 65_534, 65_534);
  for (const name of ['accounts', 'locks', 'challenges']) {
    mkdirSync(join(place.folder, 'state', name));
    chownSync(join(place.folder, 'state', name), 65_534, 65_534);
  }
  process.seteuid?.(65_534);
  try {
    const { stderr } = await place.run('issue');
    assert.equal(
      stderr.match(/^[ab]\.test: failed: The state folder .* this user may not write there/gm)?.length,
      2,
      stderr,
    );
  } finally {
    process.seteuid?.(0);
  }
});

test('a renewal that fails does not hide that the server was not told of the certificate before', async () => {
  plan();
  await place.run('issue', '--trust');
  rmSync(join(place.folder, 'tls/a.test.key'));
  writeFileSync(join(place.folder, 'tls/a.test.key'), '');
  rmSync(join(place.folder, 'state/local-ca'), { recursive: true });
  writeFileSync(join(place.folder, 'state/local-ca'), '');
  const { stderr } = await place.run('issue', 'a.test');
  assert.match(stderr, /^a\.test: failed: .* The certificate is in place, but .* no server/m);
});

test('what was issued is told though the commands of another run could not be waited for', {
  timeout: 30_000,
}, async () => {
  plan();
  await place.run('issue', '--trust', 'a.test');
  const lock = await takeLock(join(place.folder, 'state/locks/after.lock'), 'What follows new certificates');
  const controller = new AbortController();
  const running = place.runWith({ signal: controller.signal }, 'issue', '--trust', '--format', 'json');
  while (!existsSync(join(place.folder, 'tls/b.test.fullchain.pem')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  setTimeout(() => controller.abort(), 300);
  const { code, stdout } = await running;
  await lock.release();
  assert.equal(code, 1);
  const { certificates } = JSON.parse(stdout);
  assert.deepEqual(
    certificates.map(({ status, error }: { status: string; error: { detail: string } }) => [
      status,
      /was not run: it was interrupted\. It is tried again/.test(error.detail),
    ]),
    [
      ['current', true],
      ['issued', true],
    ],
  );
});

test('a note that cannot be removed is named, and what became of the certificates is told all the same', {
  skip: process.getuid?.() !== 0 ? 'needs root to mount' : false,
}, async () => {
  const own = await buildOwnProcess();
  try {
    plan();
    await place.run('issue', '--trust', 'a.test');
    writeFileSync(join(place.folder, 'works'), '');
    const [note = ''] = readdirSync(join(place.folder, 'state/orders')).filter((name) => name.endsWith('.after.json'));
    const path = join(place.folder, 'state/orders', note);
    // What is mounted by itself cannot be removed.
    const run = (...args: readonly string[]) =>
      spawnSync(
        'unshare',
        [
          '-m',
          'sh',
          '-c',
          'mount --bind "$1" "$1" && shift && exec "$@"',
          'sh',
          path,
          process.execPath,
          own.script,
        ].concat(['before', '0', 'issue', '--state', join(place.folder, 'state')], args),
        { cwd: place.folder, encoding: 'utf8' },
      );
    const ran = run();
    assert.deepEqual([ran.status, runs()], [1, 2]);
    assert.match(
      ran.stderr,
      /^a\.test: What follows "a\.test" would be run again each time: .*json cannot be removed: EBUSY/m,
    );
    assert.match(ran.stdout, /^b\.test: .* Issued/m);
    renameSync(join(place.folder, 'tls-workbench.yaml'), join(place.folder, 'moved.yaml'));
    const moved = run('--plan', 'moved.yaml', '--trust');
    assert.deepEqual([moved.status, runs()], [1, 2]);
    assert.match(
      moved.stderr,
      /^a\.test: The certificate is in place, but .* was not run: .*json cannot be removed: EBUSY/m,
    );
    assert.match(moved.stdout, /^b\.test: current/m);
  } finally {
    own.remove();
  }
});
