import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

// What a call meets on a machine besides plain files: devices, pipes, full disks, other programs, names in other letters.
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-workbench-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inside = (name: string) => join(folder, name);
const isUnix = process.platform !== 'win32';
const bad = 'events {}\nhttp { server {\n  listen 443 ssl;\n  ssl_protocols SSLv3 TLSv1.2;\n} }\n';

interface More {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly stdout?: string;
  readonly stderr?: string;
}

function call(args: readonly string[], { env = {}, stdin, stdout, stderr }: More = {}) {
  const at = (file: string | undefined, flags: string) => (file === undefined ? 'pipe' : openSync(file, flags));
  return spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ...env },
    stdio: [stdin === undefined ? 'ignore' : at(stdin, 'r'), at(stdout, 'w'), at(stderr, 'w')],
    encoding: 'utf8',
    timeout: 30_000,
  });
}

test('what never ends, or never begins, is told about', { skip: !isUnix }, () => {
  execFileSync('mkfifo', [inside('pipe')]);
  for (const command of ['inspect', 'convert', 'certificates', 'lint', 'endpoints']) {
    for (const path of ['/dev/zero', 'pipe']) {
      const { status, stderr } = call([command, path]);
      assert.equal(status, 2, `${command} ${path}`);
      assert.match(stderr, /goes on for more than 64 MB|into which nobody writes|neither a file nor a folder/);
    }
  }
  for (const args of [
    ['inspect', '-'],
    ['lint', '--stdin-filename', 'nginx.conf', '-'],
  ]) {
    const { status, stderr } = call(args, { stdin: '/dev/zero' });
    assert.deepEqual([status, /standard input goes on for more than 64 MB/.test(stderr)], [2, true], args[0]);
  }
});

test('a program may take its time to write into a pipe', { skip: !isUnix }, () => {
  copyFileSync('test/fixtures/certificates/fullchain.pem', inside('chain.pem'));
  const cli = `"${process.execPath}" "${resolve('dist/cli.js')}"`;
  const script = `mkfifo p; (sleep 0.3; exec 3>p; sleep 0.3; cat chain.pem >&3) & ${cli} convert --now 2026-09-30T12:00:00Z p`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8', timeout: 30_000 });
  assert.equal(stderr, '');
  assert.match(stdout, /BEGIN CERTIFICATE/);
});

test('a plan that is no text is one line', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\n');
  writeFileSync(
    inside('tls-workbench.yaml'),
    Buffer.from('\u007fELF\u0001\0\0\n\u0001[:]\n{{{\n'.repeat(50), 'latin1'),
  );
  for (const args of [['lint', 'nginx.conf'], ['renew'], ['export', 'caddy']]) {
    const { status, stderr } = call(args);
    assert.deepEqual([status, stderr.trim().split('\n').length], [2, 1], args[0]);
    assert.match(stderr, /is a binary file and no plan/);
  }
  writeFileSync(inside('tls-workbench.yaml'), '\ufeffcertificates: {}\n', 'utf16le');
  assert.match(call(['renew']).stderr, /is UTF-16\. Save it as UTF-8/);
  writeFileSync(inside('tls-workbench.yaml'), '- [: {\n'.repeat(100));
  assert.ok(call(['renew']).stderr.split('\n').length < 30);
});

test('a folder without configurations is told of by its name, whatever else lies there', () => {
  writeFileSync(inside('program'), '');
  truncateSync(inside('program'), 20 * 1_048_576);
  const { status, stderr } = call(['lint', '.']);
  assert.equal(status, 2);
  assert.match(stderr, /no configuration of nginx or Apache .* below \.\. Check the path/);
  assert.match(
    call(['lint', '--exclude', '*', '.']).stderr,
    /are below \., but for what --exclude leaves out\. Exclude less, or check the path\./,
  );
  writeFileSync(inside('nginx.conf'), '');
  truncateSync(inside('nginx.conf'), 20 * 1_048_576);
  assert.match(call(['lint', '.']).stderr, /^tls-workbench lint: \S*nginx\.conf has 20 MB/);
  copyFileSync(inside('nginx.conf'), inside('site.conf'));
  assert.match(
    call(['lint', '.']).stderr,
    /are below \.; what cannot be read begins with: .*nginx\.conf .*\(and 1 more\)/,
  );
});

test('configurations that nothing here can open, or no server reads, are no clean bill of health', {
  skip: process.platform !== 'linux',
}, () => {
  writeFileSync(inside('nginx.conf'), 'events {}\n');
  assert.equal(call(['lint', '.']).status, 0);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/gr`), Buffer.from([0xfc]), Buffer.from('n.conf')]), bad);
  const named = call(['lint', '.']);
  assert.equal(named.status, 2);
  assert.match(named.stderr, /has a name that is not UTF-8/);
});

test('a configuration in UTF-16 is no clean bill of health', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\n');
  writeFileSync(inside('site.conf'), `\ufeff${bad}`, 'utf16le');
  const { status, stderr } = call(['lint', '.']);
  assert.equal(status, 2);
  assert.match(stderr, /site\.conf is UTF-16, which no server reads/);
});

test('an output that takes nothing more is one line, and no reason to forget what was found', {
  skip: process.platform !== 'linux',
}, () => {
  writeFileSync(inside('nginx.conf'), bad);
  for (const args of [['--help'], ['--version'], ['lint', '--help'], ['lint', 'nginx.conf'], ['explain']]) {
    const { status, stderr } = call(args, { stdout: '/dev/full' });
    assert.deepEqual([status, stderr.split('\n').length], [2, 2], args.join(' '));
    assert.match(stderr, /the output cannot be written: there is no space left/);
  }
  assert.equal(call(['lint', 'absent.conf'], { stderr: '/dev/full' }).status, 2);
  assert.equal(call(['lint', '--write-baseline', 'b.json', 'nginx.conf'], { stderr: '/dev/full' }).status, 0);
});

test('a working folder that is gone is one line', { skip: !isUnix }, () => {
  const script = `mkdir gone && cd gone && rmdir ../gone && exec "${process.execPath}" "${resolve('dist/cli.js')}" lint .`;
  const { status, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  assert.deepEqual(
    [status, stderr],
    [2, 'tls-workbench: the working folder does not exist any more. Change into another one.\n'],
  );
});

test('accounts are listed without a folder being made for them', () => {
  writeFileSync(inside('file'), '');
  for (const state of ['state', 'file/state']) {
    const { status, stderr } = call(['account', 'list', '--state', state]);
    assert.deepEqual([status, stderr], [0, 'There are no accounts yet.\n'], state);
  }
  assert.deepEqual(readdirSync(folder), ['file']);
});

test('what is no account among the accounts is passed over', () => {
  const account = {
    directory: 'https://ca.test/dir',
    url: 'https://ca.test/1',
    status: 'valid',
    contact: ['a@b.test'],
  };
  const texts = { broken: '{"dir', other: 'null', 'ca.test-1': JSON.stringify(account) };
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(inside(`state/accounts/${name}`), { recursive: true });
    writeFileSync(inside(`state/accounts/${name}/account.json`), text);
  }
  writeFileSync(inside('state/accounts/.DS_Store'), '');
  const { status, stdout, stderr } = call(['account', 'list', '--state', 'state']);
  const shown = 'https://ca.test/dir\n  https://ca.test/1 (valid) a@b.test\n';
  assert.deepEqual([status, stdout, stderr], [0, shown, '']);
});

test('colours go to whoever asks for them', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\nhttp { lissten 80; }\n');
  const isColoured = (env: Readonly<Record<string, string>>) =>
    call(['lint', 'nginx.conf'], { env }).stdout.includes('\u001b[31m');
  assert.equal(isColoured({}), false);
  assert.equal(isColoured({ FORCE_COLOR: '1' }), true);
  assert.equal(isColoured({ FORCE_COLOR: '1', TERM: 'dumb' }), true);
  for (const env of [{ FORCE_COLOR: '0' }, { FORCE_COLOR: '' }, { FORCE_COLOR: '1', NO_COLOR: '1' }])
    assert.equal(isColoured(env as Readonly<Record<string, string>>), false, JSON.stringify(env));
});

test('a file keeps who may read it by its ACL where no cp can copy that', {
  skip: process.platform !== 'linux',
}, (t) => {
  writeFileSync(inside('nginx.conf'), bad);
  const set = `import os, struct, sys
entries = [(1, 6, -1), (2, 4, 65534), (4, 0, -1), (16, 4, -1), (32, 0, -1)]
acl = struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *entry) for entry in entries)
os.setxattr(sys.argv[1], 'system.posix_acl_access', acl)`;
  if (spawnSync('python3', ['-c', set, inside('nginx.conf')]).status !== 0) return t.skip('no ACL can be set here');
  mkdirSync(inside('bin'));
  writeFileSync(inside('bin/cp'), '#!/bin/sh\necho "cp: unrecognized option: attributes-only" >&2\nexit 1\n', {
    mode: 0o755,
  });
  symlinkSync('/bin/sh', inside('bin/sh'));
  const { stderr } = call(['lint', '--fix', 'nginx.conf'], { env: { PATH: inside('bin') } });
  assert.match(stderr, /1 safe fix applied/);
  assert.match(readFileSync(inside('nginx.conf'), 'utf8'), /ssl_protocols TLSv1\.2;/);
  const list = 'import os, sys; print(os.listxattr(sys.argv[1]))';
  const { stdout } = spawnSync('python3', ['-c', list, inside('nginx.conf')], { encoding: 'utf8' });
  assert.match(stdout, /posix_acl_access/);
  assert.equal(statSync(inside('nginx.conf')).mode & 0o777, 0o640);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    [],
  );
});
