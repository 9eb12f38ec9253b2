import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
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
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { replaceFile } from '../../src/cli/replace-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-workbench-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inside = (name: string) => join(folder, name);

function lint(...args: readonly string[]) {
  return lintIn(folder, {}, args);
}

function lintIn(cwd: string, more: Readonly<Record<string, string>>, args: readonly string[]) {
  const env = { PATH: process.env['PATH'], HOME: folder, ...more };
  const options = { cwd, env, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [resolve('dist/cli.js'), 'lint', ...args], options);
}

test('a file is replaced by another, which has its mode, owner and links, and leaves nothing beside it', () => {
  writeFileSync(inside('a.conf'), 'old');
  chmodSync(inside('a.conf'), 0o640);
  symlinkSync('a.conf', inside('link.conf'));
  const before = statSync(inside('a.conf'));
  replaceFile(inside('link.conf'), 'new');
  const after = statSync(inside('a.conf'));
  assert.notEqual(after.ino, before.ino);
  assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
  assert.equal(readFileSync(inside('a.conf'), 'utf8'), 'new');
  assert.ok(lstatSync(inside('link.conf')).isSymbolicLink());
  assert.deepEqual(readdirSync(folder).sort(), ['a.conf', 'link.conf']);
});

test('a file with two names stays one', () => {
  writeFileSync(inside('a.conf'), 'old');
  linkSync(inside('a.conf'), inside('b.conf'));
  replaceFile(inside('a.conf'), 'new');
  assert.equal(readFileSync(inside('b.conf'), 'utf8'), 'new');
});

test('a full disk leaves the file as it was', { skip: process.getuid?.() !== 0 }, () => {
  mkdirSync(inside('disk'));
  // As for containers and CI, mounting may be forbidden to root too.
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', inside('disk')]).status === 0;
  if (!mounted) return;
  try {
    writeFileSync(inside('disk/a.conf'), 'old');
    assert.throws(() => replaceFile(inside('disk/a.conf'), 'x'.repeat(100_000)), { code: 'ENOSPC' });
    assert.equal(readFileSync(inside('disk/a.conf'), 'utf8'), 'old');
    assert.deepEqual(readdirSync(inside('disk')), ['a.conf']);
  } finally {
    spawnSync('umount', [inside('disk')]);
  }
});

const bad = 'server {\n  listen 443 ssl;\n  ssl_protocol TLSv1.2;\n}\n';

test('a file is judged once, by its own name, however often it is named and linked to', () => {
  for (const name of ['sites-available', 'sites-enabled']) mkdirSync(inside(name));
  writeFileSync(inside('sites-available/a'), bad);
  symlinkSync('../sites-available/a', inside('sites-enabled/a'));
  for (const paths of [['.'], ['sites-enabled', 'sites-available', 'sites-available/a']]) {
    const { stdout } = lint('--format', 'json', ...paths);
    const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; file: string }[] };
    const unknown = findings.filter(({ rule }) => rule === 'unknown-directive').map(({ file }) => file);
    assert.deepEqual(unknown, ['sites-available/a'], paths.join(' '));
  }
});

test('targets that are named one by one are one target', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\nhttp {}\n');
  const { stdout } = lint('--target', 'debian=12', '--target', 'openssl=3.4', '--format', 'json', 'nginx.conf');
  const { target } = JSON.parse(stdout) as { target: Readonly<Record<string, unknown>> };
  assert.deepEqual([target['nginx'], target['openssl']], ['1.22.1', '3.4']);
});

test('GitHub and GitLab get files as the repository has them, from a step that runs in a folder of it', () => {
  mkdirSync(inside('deploy'));
  writeFileSync(inside('deploy/site.conf'), bad);
  const inStep = (format: string) =>
    lintIn(inside('deploy'), { GITHUB_WORKSPACE: folder }, ['--format', format, '.']).stdout;
  assert.match(inStep('github'), /file=deploy\/site\.conf,line=3/);
  assert.match(inStep('sarif'), /"uri": "deploy\/site\.conf"/);
  assert.match(inStep('json'), /"file": "site\.conf"/);
  const outside = lintIn(inside('deploy'), { GITHUB_WORKSPACE: inside('other') }, ['--format', 'github', '.']);
  assert.match(outside.stdout, /file=site\.conf,line=3/, 'of what lies elsewhere the repository says nothing');
  const { stdout } = lintIn(inside('deploy'), { CI_PROJECT_DIR: folder }, ['--format', 'gitlab', '.']);
  assert.match(stdout, /"path": "deploy\/site\.conf"/);
});

test('settings that are nested deeper than the stack are read as far as that goes', () => {
  const deep = `${'['.repeat(4000)}${']'.repeat(4000)}`;
  writeFileSync(inside('settings.py'), `INSTALLED_APPS = []\nMIDDLEWARE = []\nDATABASES = {}\nX = ${deep}\n`);
  const program = ['--stack-size=300', resolve('dist/cli.js'), 'lint', 'settings.py'];
  const { status, stderr } = spawnSync(process.execPath, program, { cwd: folder, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
});

test('a folder that may not be read is no empty one', { skip: process.getuid?.() !== 0 }, (t) => {
  mkdirSync(inside('live'), { mode: 0o700 });
  chmodSync(folder, 0o755);
  const options = { cwd: '/', uid: 65_534, gid: 65_534, encoding: 'utf8', env: { HOME: '/nonexistent' } } as const;
  const asNobody = (...args: readonly string[]) =>
    spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], options);
  if (asNobody('--version').status !== 0) return t.skip('nobody else may run what lies here');
  for (const command of ['certificates', 'lint', 'endpoints', 'import certbot']) {
    for (const path of ['live', 'live/below']) {
      const { status, stderr } = asNobody(...command.split(' '), inside(path));
      assert.equal(status, 2, command);
      assert.match(stderr, /may not be read by this user\. Run as a user who may/, `${command} ${path}`);
    }
  }
  mkdirSync(inside('live/renewal'));
  writeFileSync(inside('live/renewal/a.conf'), '');
  chmodSync(inside('live'), 0o711);
  assert.match(
    asNobody('import', 'certbot', inside('live')).stderr,
    /holds no renewal file/,
    'entered, though not listed',
  );
});

test('what is closed to the user is no clean bill of health, and hides no finding', {
  skip: process.getuid?.() !== 0,
}, (t) => {
  chmodSync(folder, 0o755);
  mkdirSync(inside('conf'));
  const good = 'events {}\nhttp {\n  include closed.conf;\n}\n';
  writeFileSync(inside('conf/nginx.conf'), good);
  writeFileSync(inside('conf/closed.conf'), 'gzip on;\n', { mode: 0o600 });
  symlinkSync('nowhere.conf', inside('conf/dangling.conf'));
  const options = { cwd: '/', uid: 65_534, gid: 65_534, encoding: 'utf8', env: { HOME: '/nonexistent' } } as const;
  const asNobody = (...args: readonly string[]) =>
    spawnSync(process.execPath, [resolve('dist/cli.js'), 'lint', ...args], options);
  if (spawnSync(process.execPath, [resolve('dist/cli.js'), '--version'], options).status !== 0) {
    return t.skip('nobody else may run what lies here');
  }
  const closed = asNobody('--format', 'json', inside('conf'));
  assert.equal(closed.status, 2);
  assert.deepEqual((JSON.parse(closed.stdout) as { findings: unknown }).findings, []);
  assert.match(closed.stderr, /closed\.conf may not be read by this user[\s\S]*not all could be read/);
  // Where the files are those of the server itself, what they include is as needed; a copy may lack it.
  assert.equal(asNobody('--paths', 'here', inside('conf/nginx.conf')).status, 2);
  assert.equal(asNobody('--paths', 'elsewhere', inside('conf/nginx.conf')).status, 0);
  writeFileSync(inside('conf/nginx.conf'), bad);
  assert.equal(asNobody(inside('conf')).status, 1);
  chmodSync(inside('conf/closed.conf'), 0o644);
  writeFileSync(inside('conf/nginx.conf'), good);
  assert.equal(asNobody(inside('conf')).status, 0);
  mkdirSync(inside('conf/closed.d'), { mode: 0o700 });
  writeFileSync(inside('conf/nginx.conf'), good.replace('closed.conf', 'closed.d/*.conf'));
  const folderClosed = asNobody('--paths', 'here', inside('conf/nginx.conf'));
  assert.equal(folderClosed.status, 2);
  assert.match(folderClosed.stderr, /closed\.d may not be read by this user/);
  writeFileSync(inside('conf/nginx.conf'), good.replace('include', 'server { listen 127.0.0.1:1 ssl; } include'));
  chmodSync(inside('conf/closed.conf'), 0o600);
  for (const command of ['endpoints', 'compare', 'import config']) {
    const call = [resolve('dist/cli.js'), ...command.split(' '), inside('conf/nginx.conf')];
    const { stderr } = spawnSync(process.execPath, call, options);
    assert.match(stderr, /left out of what is included: .*closed\.conf may not be read by this user/, command);
  }
  for (const [where, status] of Object.entries({ here: 2, elsewhere: 0 })) {
    const call = ['endpoints', '--paths', where, inside('conf/nginx.conf')];
    const seen = spawnSync(process.execPath, [resolve('dist/cli.js'), ...call], options);
    assert.equal(seen.status, status, where);
    assert.match(seen.stdout, /127\.0\.0\.1:1/);
  }
});

test('a baseline holds in whatever folder the command runs', () => {
  mkdirSync(inside('deploy/ci'), { recursive: true });
  writeFileSync(inside('deploy/site.conf'), bad);
  const list = ['--write-baseline', 'deploy/ci/baseline.json', 'deploy'];
  assert.equal(
    lint('--baseline', 'deploy/ci/baseline.json', ...list).status,
    0,
    'one that is written need not be there',
  );
  assert.equal(lint(...list).status, 0);
  for (const [cwd, baseline, path] of [
    ['.', 'deploy/ci/baseline.json', 'deploy'],
    ['deploy', 'ci/baseline.json', 'site.conf'],
    ['deploy/ci', 'baseline.json', '..'],
  ] as const) {
    assert.equal(lintIn(inside(cwd), {}, ['--baseline', baseline, path]).status, 0, cwd);
  }
});

test('a baseline takes the place of no configuration, as where its own name is left out', () => {
  writeFileSync(inside('site.conf'), bad);
  writeFileSync(inside('other.conf'), bad);
  for (const further of [[], ['--fix'], ['--baseline', 'absent.json']]) {
    const { status, stderr } = lint(...further, '--write-baseline', 'site.conf', 'other.conf');
    assert.equal(status, 2);
    assert.match(stderr, /site\.conf holds something else than a baseline/);
  }
  assert.equal(readFileSync(inside('site.conf'), 'utf8'), bad);
  assert.equal(readFileSync(inside('other.conf'), 'utf8'), bad);
  writeFileSync(inside('empty.json'), '');
  for (const _ of ['into an empty file', 'over a baseline'])
    assert.equal(lint('--write-baseline', 'empty.json', 'site.conf').status, 0);
});

test('what a baseline lists is not fixed either', () => {
  writeFileSync(
    inside('nginx.conf'),
    'events {}\nhttp { server {\n  listen 443 ssl;\n  ssl_protocols SSLv3 TLSv1.2;\n} }\n',
  );
  const before = readFileSync(inside('nginx.conf'), 'utf8');
  lint('--write-baseline', 'baseline.json', 'nginx.conf');
  assert.match(lint('--fix', '--baseline', 'baseline.json', 'nginx.conf').stderr, /Nothing to fix safely/);
  assert.equal(readFileSync(inside('nginx.conf'), 'utf8'), before);
  assert.match(lint('--fix', 'nginx.conf').stderr, /1 safe fix applied/);
});

test('a file that is asked for by itself has the finding of an absent include, though another file is the first to name it', () => {
  writeFileSync(
    inside('nginx.conf'),
    'events {}\nhttp {\n server { listen 80; include absent.conf; }\n include site.conf;\n}\n',
  );
  writeFileSync(inside('site.conf'), 'server { listen 81; include absent.conf; }\n');
  const linted = (...files: readonly string[]) =>
    lint('--paths', 'here', ...files).stdout.match(/^\S+?:\d+(?=.*include-missing)/gm);
  assert.deepEqual(linted('site.conf'), ['site.conf:1']);
  assert.deepEqual(linted('nginx.conf', 'site.conf'), ['nginx.conf:3']);
});

test('a mistake that several files share is told in the one that is asked for, though another file is the first to make it', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\nhttp {\n include site*.conf;\n}\n');
  for (let number = 10; number < 25; number++)
    writeFileSync(
      inside(`site${number}.conf`),
      `server { listen 443 ssl; server_name site${number}.example;\n ssl_certificate absent.crt;\n ssl_certificate_key absent.key;\n}\n`,
    );
  const linted = (...files: readonly string[]) =>
    lint('--paths', 'here', ...files)
      .stdout.split('\n\n')
      .filter((finding) => /The certificate .* does not exist/.test(finding))
      .map((finding) => finding.match(/^\S+:2(?=:)|(?<=^ {2}see ).*/gm));
  const [told, ...more] = linted('site23.conf');
  assert.deepEqual(told?.slice(0, 2), ['site23.conf:2', 'site10.conf:2:18: Here too, and 4 more']);
  assert.deepEqual(more, []);
  assert.equal(linted('site12.conf')[0]?.[0], 'site12.conf:2');
  // One of them tells it for both.
  assert.deepEqual(
    linted('site12.conf', 'site23.conf').map((lines) => lines?.[0]),
    ['site12.conf:2'],
  );
  assert.deepEqual(
    linted('nginx.conf', 'site23.conf').map((lines) => lines?.[0]),
    ['site10.conf:2'],
  );
});

test('a comment beside a shared mistake silences it in the file that is asked for', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\nhttp {\n include site*.conf;\n}\n');
  const site = (before = '') =>
    `server { listen 443 ssl;\n${before} ssl_certificate absent.crt;\n${before} ssl_certificate_key absent.key;\n}\n`;
  const comment = '# tls-workbench-disable-next-line certificate-file-missing -- put there later\n';
  writeFileSync(inside('site1.conf'), site());
  writeFileSync(inside('site2.conf'), site(comment));
  assert.doesNotMatch(lint('--paths', 'here', 'site2.conf').stdout, /certificate-file-missing|suppression/);
});

test('a baseline of all files knows a shared mistake in the one that is asked for', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\nhttp {\n include site*.conf;\n}\n');
  for (const name of ['site1.conf', 'site2.conf'])
    writeFileSync(
      inside(name),
      'server { listen 443 ssl;\n ssl_certificate absent.crt;\n ssl_certificate_key absent.key;\n}\n',
    );
  assert.equal(lint('--paths', 'here', '--write-baseline', 'known.json', '.').status, 0);
  const { stdout, status } = lint('--paths', 'here', '--baseline', 'known.json', 'site2.conf');
  assert.equal(status, 0, stdout);
  assert.match(lint('--paths', 'here', 'site2.conf').stdout, /certificate-file-missing/);
});

test('a baseline knows two mistakes of one line, where another file now shares them', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\nhttp {\n include site*.conf;\n}\n');
  const pair = 'ssl_certificate absent.crt; ssl_certificate_key absent.key;';
  const write = (name: string) =>
    writeFileSync(inside(`${name}.conf`), `server { listen 443 ssl; server_name ${name}.example; ${pair} }\n`);
  write('site2');
  assert.equal(lint('--paths', 'here', '--write-baseline', 'known.json', '.').status, 0);
  write('site1');
  const { status, stdout } = lint('--paths', 'here', '--baseline', 'known.json', 'site2.conf');
  assert.equal(status, 0, stdout);
});

test('a baseline of all files knows an absent file in each that includes it', () => {
  writeFileSync(inside('nginx.conf'), 'events {}\nhttp {\n include site*.conf;\n}\n');
  for (const port of [81, 82])
    writeFileSync(inside(`site${port}.conf`), `server { listen ${port}; include absent.conf; }\n`);
  assert.equal(lint('--paths', 'here', '--write-baseline', 'known.json', '.').status, 0);
  for (const file of ['site81.conf', 'site82.conf', '.']) {
    assert.equal(lint('--paths', 'here', file).status, 1);
    assert.equal(lint('--paths', 'here', '--baseline', 'known.json', file).status, 0, file);
  }
});
