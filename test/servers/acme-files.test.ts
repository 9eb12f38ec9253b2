import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AcmeProblem } from '../../src/acme/client/problem.ts';
import { checkOverHttp } from '../../src/acme/order/self-check.ts';
import { readPlan } from '../../src/acme/plan/file.ts';
import type { PlannedCertificate } from '../../src/acme/plan/plan.ts';
import { takeInventory } from '../../src/acme/renewal/inventory.ts';
import { currentKey } from '../../src/acme/renewal/placed.ts';
import type { SolverContext } from '../../src/acme/solvers/solver.ts';
import { removeLeftovers } from '../../src/acme/solvers/solvers.ts';
import { presentFile } from '../../src/acme/solvers/webroot.ts';
import { readNamedFile } from '../../src/acme/store/named-file.ts';
import { checkWritable, commitOutput, planOutput, stageOutput } from '../../src/acme/store/output.ts';
import { certificateId, listAccounts, openStore } from '../../src/acme/store/store.ts';
import { replaceFile } from '../../src/cli/replace-file.ts';

let folder: string;
let context: SolverContext;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acme-files-'));
  const store = await openStore(join(folder, 'state'));
  context = {
    store,
    certificateId: 'a-1',
    now: () => new Date(),
    env: {},
    onStep: () => undefined,
    hooks: {},
    selfCheck: 'off',
  };
});
after(() => rmSync(folder, { recursive: true, force: true }));

const task = {
  identifier: { type: 'dns', value: 'a.test' },
  token: 'a-token-of-22-characters',
  keyAuthorization: 'a-token.thumbprint',
} as const;

function newFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

const isProblem = (type: string) => (error: unknown) => error instanceof AcmeProblem && error.type === type;

test('a challenge file is readable by all, exact, and gone afterwards with its folders', async () => {
  const root = newFolder('root');
  const before = process.umask(0o077);
  const proof = await presentFile(join(root, '.well-known/acme-challenge'), task, context);
  process.umask(before);
  const file = proof.file ?? '';
  assert.equal(readFileSync(file, 'latin1'), task.keyAuthorization);
  assert.equal(statSync(file).mode & 0o777, 0o644);
  assert.equal(statSync(join(root, '.well-known')).mode & 0o777, 0o755);
  await proof.remove();
  await proof.remove();
  assert.deepEqual(readdirSync(root), []);
});

test('folders that were there stay, and so do other files in them', async () => {
  const challenges = newFolder('direct');
  writeFileSync(join(challenges, 'other'), 'x');
  const proof = await presentFile(challenges, task, context);
  await proof.remove();
  assert.deepEqual(readdirSync(challenges), ['other']);
});

test('what a killed run left is removed by the next one, but nothing that was changed since', async () => {
  const challenges = newFolder('left');
  await presentFile(challenges, task, context);
  await presentFile(challenges, { ...task, token: 'another-token-of-22-chars' }, context);
  writeFileSync(join(challenges, 'another-token-of-22-chars'), 'somebody else wrote this');
  await removeLeftovers(context);
  assert.deepEqual(readdirSync(challenges), ['another-token-of-22-chars']);
  assert.deepEqual(readdirSync(join(folder, 'state/challenges')), []);
});

test('a file that exists and links on the way are refused', async () => {
  const challenges = newFolder('taken');
  writeFileSync(join(challenges, task.token), 'x');
  await assert.rejects(presentFile(challenges, task, context), isProblem('challenge-file-exists'));
  const root = newFolder('links');
  symlinkSync(challenges, join(root, '.well-known'));
  await assert.rejects(
    presentFile(join(root, '.well-known/acme-challenge'), task, context),
    isProblem('symbolic-link'),
  );
  symlinkSync('/etc/passwd', join(root, task.token));
  await assert.rejects(presentFile(root, task, context), isProblem('challenge-file-exists'));
  await assert.rejects(
    presentFile(join(folder, 'no/.well-known/acme-challenge'), task, context),
    isProblem('webroot-missing'),
  );
  await assert.rejects(presentFile('/etc/passwd', task, context), isProblem('webroot-unusable'));
});

test('a set of files is written with its modes, and links stay links', async () => {
  const target = newFolder('archive');
  symlinkSync(join(target, 'a1.crt'), join(folder, 'a.crt'));
  writeFileSync(join(target, 'a1.crt'), 'old');
  const output = {
    files: { certificate: join(folder, 'a.crt'), key: join(folder, 'new/a.key'), combined: join(folder, 'a.pem') },
    group: 'root',
    keyMode: undefined,
  };
  const contents = { certificate: 'C', key: 'K', chain: '', fullchain: 'C', combined: 'CK' };
  const staged = await planOutput(output, contents);
  await stageOutput(staged, output, contents);
  assert.equal(readFileSync(join(target, 'a1.crt'), 'utf8'), 'old');
  await commitOutput(staged);
  await commitOutput(staged);
  assert.equal(readFileSync(join(target, 'a1.crt'), 'utf8'), 'C');
  assert.equal(statSync(join(target, 'a1.crt')).mode & 0o777, 0o644);
  assert.equal(statSync(join(folder, 'new/a.key')).mode & 0o777, 0o640);
  assert.equal(statSync(join(folder, 'a.pem')).mode & 0o777, 0o640);
});

/** Sets an ACL that lets nobody (65534) read, which shows as the group's bits; false where it cannot be set here. */
function letNobodyRead(file: string): boolean {
  const program = `import os, struct, sys
entries = [(1, 6, -1), (2, 4, 65534), (4, 0, -1), (16, 4, -1), (32, 0, -1)]
acl = struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *entry) for entry in entries)
os.setxattr(sys.argv[1], 'system.posix_acl_access', acl)`;
  return spawnSync('python3', ['-c', program, file]).status === 0;
}

function attributesOf(file: string): string {
  const program =
    'import os, sys; print(sorted((n, os.getxattr(sys.argv[1], n).hex()) for n in os.listxattr(sys.argv[1])))';
  return spawnSync('python3', ['-c', program, file], { encoding: 'utf8' }).stdout;
}

async function writeKey(place: string, key: string, keyMode?: number): Promise<string> {
  const file = join(place, 'a.key');
  const output = { files: { key: file }, group: undefined, keyMode };
  const contents = { certificate: '', key, chain: '', fullchain: '', combined: '' };
  const staged = await planOutput(output, contents);
  await stageOutput(staged, output, contents);
  await commitOutput(staged);
  assert.equal(readFileSync(file, 'utf8'), key);
  return file;
}

test('who may read a key by its ACL, owner and group may do so after the renewal', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root gives files away');
  const place = newFolder('acl');
  const file = await writeKey(place, 'one');
  chownSync(file, 65534, 65534);
  if (!letNobodyRead(file)) return t.skip('no ACL can be set here');
  const before = [attributesOf(file), statSync(file).mode, statSync(file).uid, statSync(file).gid];
  assert.match(String(before[0]), /posix_acl_access/);
  await writeKey(place, 'two');
  assert.deepEqual([attributesOf(file), statSync(file).mode, statSync(file).uid, statSync(file).gid], before);
  replaceFile(file, 'three');
  assert.deepEqual([attributesOf(file), statSync(file).mode, statSync(file).uid, statSync(file).gid], before);
  // What the plan says goes before.
  await writeKey(place, 'four', 0o600);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a key is nobody’s who put a file in its place, and open to nobody else', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root gives files away');
  const place = newFolder('planted');
  writeFileSync(join(place, 'a.key'), 'planted', { mode: 0o644 });
  const file = await writeKey(place, 'one');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const [mode, owner] of [
    [0o777, 0],
    [0o755, 65534],
  ] as const) {
    chmodSync(place, mode);
    chownSync(place, owner, 0);
    rmSync(file);
    writeFileSync(file, 'planted');
    chmodSync(file, 0o660);
    chownSync(file, 65534, 65534);
    await writeKey(place, 'two');
    const { uid, gid, mode: made } = statSync(file);
    assert.deepEqual([uid, gid, made & 0o777], [0, 0, 0o600]);
  }
});

test('a link stays one that is there before its file, and one that leads round in a circle is told', async () => {
  const place = newFolder('early-links');
  mkdirSync(join(place, 'volume'));
  symlinkSync('volume/first.key', join(place, 'a.key'));
  await writeKey(place, 'one');
  assert.equal(readFileSync(join(place, 'volume/first.key'), 'utf8'), 'one');
  assert.ok(lstatSync(join(place, 'a.key')).isSymbolicLink());
  symlinkSync('loop', join(place, 'loop'));
  const output = { files: { fullchain: join(place, 'loop') }, group: undefined, keyMode: undefined };
  await assert.rejects(checkWritable(output), isProblem('output-not-writable'));
  symlinkSync('not-mounted', join(place, 'disk'));
  const elsewhere = { ...output, files: { fullchain: join(place, 'disk/tls/a.pem') } };
  await assert.rejects(
    checkWritable(elsewhere),
    /disk\/tls\/a\.pem cannot be written: \S+\/disk is a link that leads nowhere/,
  );
});

test('a device or a pipe is neither read nor replaced', async () => {
  const pipe = join(newFolder('pipe'), 'a.pem');
  execFileSync('mkfifo', [pipe]);
  const planned = { name: 'a', output: { files: { fullchain: pipe, key: pipe } } } as unknown as PlannedCertificate;
  assert.equal((await takeInventory(planned, [])).state, 'missing');
  assert.equal(await currentKey(planned), undefined);
  for (const path of [pipe, '/dev/null']) {
    const output = { files: { fullchain: path }, group: undefined, keyMode: undefined };
    await assert.rejects(checkWritable(output), isProblem('output-not-writable'));
  }
});

test('a certificate that may not be read is not said to be missing', { skip: process.getuid?.() !== 0 }, async () => {
  const place = newFolder('live');
  const fullchain = join(place, 'a.pem');
  writeFileSync(fullchain, '');
  chmodSync(folder, 0o755);
  chmodSync(place, 0o700);
  const planned = { name: 'a', output: { files: { fullchain } } } as unknown as PlannedCertificate;
  process.seteuid?.(65534);
  try {
    const { state, file } = await takeInventory(planned, []);
    assert.deepEqual({ state, file }, { state: 'closed', file: fullchain });
  } finally {
    process.seteuid?.(0);
  }
});

test('a key that not even its owner may write is renewed by that owner', async () => {
  const place = newFolder('read-only-key');
  const output = { files: { key: join(place, 'a.key') }, group: undefined, keyMode: 0o400 };
  const nobody = 65534;
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o755);
  if (isRoot) {
    chownSync(place, nobody, nobody);
    process.seteuid?.(nobody);
  }
  try {
    for (const key of ['one', 'two']) {
      const contents = { certificate: '', key, chain: '', fullchain: '', combined: '' };
      const staged = await planOutput(output, contents);
      await stageOutput(staged, output, contents);
      await commitOutput(staged);
      assert.equal(readFileSync(join(place, 'a.key'), 'utf8'), key);
      assert.equal(statSync(join(place, 'a.key')).mode & 0o777, 0o400);
    }
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test('a file that cannot be renamed leaves the old set as it was', async () => {
  writeFileSync(join(folder, 'one.crt'), 'old');
  letNobodyRead(join(folder, 'one.crt'));
  if (process.getuid?.() === 0) chownSync(join(folder, 'one.crt'), 65534, 65534);
  const old = () => {
    const { uid, gid, mode } = statSync(join(folder, 'one.crt'));
    return [attributesOf(join(folder, 'one.crt')), uid, gid, mode];
  };
  const before = old();
  mkdirSync(join(folder, 'two.key'));
  writeFileSync(join(folder, 'two.key/in-the-way'), '');
  const output = {
    files: { certificate: join(folder, 'one.crt'), key: join(folder, 'two.key') },
    group: undefined,
    keyMode: undefined,
  };
  const contents = { certificate: 'C', key: 'K', chain: '', fullchain: 'C', combined: 'CK' };
  const staged = await planOutput(output, contents);
  await stageOutput(staged, output, contents);
  await assert.rejects(commitOutput(staged), isProblem('output-not-writable'));
  assert.equal(readFileSync(join(folder, 'one.crt'), 'utf8'), 'old');
  assert.deepEqual(old(), before);
  assert.deepEqual(
    readdirSync(folder).filter((name) => /\.old$/.test(name)),
    [],
  );
});

test('a name that is too long for a file is told before the order, and of a long host name a state file is made', async () => {
  const output = { files: { fullchain: join(folder, `${'a'.repeat(245)}.pem`) }, group: undefined, keyMode: undefined };
  await assert.rejects(
    checkWritable(output),
    (error) => error instanceof AcmeProblem && /its name is too long\. Correct the path in the plan/.test(error.detail),
  );
  const name = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.test`;
  const { plan } = await readPlan(join(folder, 'tls-workbench.yaml'), '');
  assert.ok(certificateId(plan, name).length < 150);
  assert.notEqual(certificateId(plan, name), certificateId(plan, `${name}.net`));
});

test('the look over HTTP names the cause', async () => {
  const answers: Readonly<Record<string, readonly [number, string, Record<string, string>?]>> = {
    '/good': [200, 'proof\n'],
    '/other': [200, '<html>'],
    '/missing': [404, ''],
    '/secret': [401, ''],
    '/forbidden': [403, ''],
    '/moved': [301, '', { location: '/missing' }],
    '/loop': [301, '', { location: '/loop' }],
  };
  const server = createServer((request, response) => {
    const [status, body, headers = {}] = answers[request.url ?? ''] ?? [500, ''];
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const check = (path: string) => checkOverHttp(base + path, 'proof', undefined);
  assert.equal(await check('/good'), undefined);
  assert.match((await check('/other')) ?? '', /shows something else/);
  assert.match((await check('/missing')) ?? '', /HTTP status 404/);
  assert.match((await check('/secret')) ?? '', /asks for a password/);
  assert.match((await check('/forbidden')) ?? '', /forbidden/);
  assert.match((await check('/moved')) ?? '', /not found after a redirect to .*\/missing\. Keep/);
  assert.match((await check('/loop')) ?? '', /redirects more than 10 times/);
  await new Promise((resolve) => server.close(resolve));
  assert.match((await check('/good')) ?? '', /connection refused/);
  assert.match(
    (await checkOverHttp('http://nowhere.invalid/x', 'proof', undefined)) ?? '',
    /nowhere\.invalid has no address/,
  );
});

test('a state folder is made private, and neither taken from others nor looked for without end', async () => {
  assert.equal(statSync(join(folder, 'state')).mode & 0o777, 0o700);
  const foreign = newFolder('foreign');
  writeFileSync(join(foreign, 'file'), '');
  const { mode } = statSync(foreign);
  const unusable = (path: string, why: string) => ({
    type: 'state-unusable',
    message: `The state folder ${path} cannot be used: ${why}. Name a new or an empty one with --state.`,
  });
  await assert.rejects(openStore(foreign), unusable(foreign, 'it holds other files'));
  const file = join(foreign, 'file');
  await assert.rejects(openStore(file), unusable(file, 'a file is in its place'));
  await assert.rejects(openStore(`${file}/state`), unusable(`${file}/state`, 'a part of its path is no folder'));
  assert.equal(statSync(foreign).mode, mode);
  await assert.rejects(openStore('/proc/x/y'), /ENOENT|EACCES/);
  const own = newFolder('own-state');
  await openStore(own);
  rmSync(join(own, 'accounts'), { recursive: true });
  await openStore(own);
  assert.ok(statSync(join(own, 'accounts')).isDirectory(), 'whoever removed all accounts begins anew');
  rmSync(join(own, 'accounts'), { recursive: true });
  assert.deepEqual(await listAccounts(await openStore(own, false)), []);
  writeFileSync(join(own, 'accounts'), '');
  assert.deepEqual(await listAccounts(await openStore(own, false)), [], 'nothing can be below a file');
});

test('a file that the plan names is not there, or blamed by its own path', async () => {
  writeFileSync(join(folder, 'secret'), 'text');
  assert.equal(await readNamedFile(join(folder, 'secret')), 'text');
  assert.equal(await readNamedFile(join(folder, 'nowhere')), undefined);
  assert.equal(await readNamedFile(join(folder, 'secret/below')), undefined);
  await assert.rejects(readNamedFile(folder), {
    type: 'file-unreadable',
    message: `${folder} cannot be read: it is a folder. Let this user read it, or correct its path in the plan.`,
  });
});
