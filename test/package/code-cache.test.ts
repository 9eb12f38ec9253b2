import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readBundle, runBundle } from '../../src/cli/bundle.ts';
import { findCodeCache } from '../../src/cli/code-cache.ts';
import { codeOfCall } from '../../src/cli/code-of-call.ts';

/** The command line as it is installed elsewhere, without what the build has cached, and a home for its user. */
class Installation {
  readonly #root = mkdtempSync(join(tmpdir(), 'tls-workbench-cache-'));
  readonly home = join(this.#root, 'home');
  readonly folder = join(this.home, '.cache/tls-workbench');
  readonly #script = join(this.#root, 'dist/cli.js');
  readonly #environment = { HOME: this.home, PATH: process.env['PATH'] };

  constructor(context: TestContext) {
    context.after(() => rmSync(this.#root, { recursive: true, force: true }));
    mkdirSync(this.home);
    mkdirSync(join(this.#root, 'dist/cli'), { recursive: true });
    for (const file of ['cli.js', 'package.json', 'cli/commands.cjs'])
      cpSync(join('dist', file), join(this.#root, 'dist', file));
  }

  /** Runs a command that needs little, and checks that it has done its work. */
  run(environment: Readonly<Record<string, string>> = {}): void {
    const env = { ...this.#environment, ...environment };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [this.#script, 'ciphers', '--format', 'text', 'ECDHE+AESGCM'],
      {
        env,
        encoding: 'utf8',
      },
    );
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^0x.*ECDHE-RSA-AES256-GCM-SHA384/m);
  }

  /** Lints a configuration of that many lines, which has nothing to report. */
  lint(lines: number): void {
    const file = join(this.home, 'nginx.conf');
    writeFileSync(file, `events {}\nhttp {\n${'    # one of many lines of a comment\n'.repeat(lines)}}\n`);
    const run = spawnSync(process.execPath, [this.#script, 'lint', file], { env: this.#environment, encoding: 'utf8' });
    assert.deepEqual({ status: run.status, stderr: run.stderr }, { status: 0, stderr: '' });
  }

  kept(): readonly string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }

  /** Whether a further run would take its code from the cache. */
  isUsed(command = 'ciphers'): boolean {
    const bundle = readBundle(join(this.#root, 'dist/cli/commands.cjs'));
    return runBundle(bundle, findCodeCache(bundle, command, this.#environment)).cached;
  }

  get file(): string {
    return join(this.folder, this.kept()[0] as string);
  }
}

test('the first run keeps its code where nobody else may write, and later runs use it', (context) => {
  const installation = new Installation(context);
  installation.run();
  assert.equal(installation.kept().length, 1);
  assert.equal(statSync(installation.folder).mode & 0o777, 0o700);
  assert.equal(statSync(installation.file).mode & 0o777, 0o600);
  assert.ok(installation.isUsed());
  const { mtimeMs } = statSync(installation.file);
  installation.run();
  assert.equal(statSync(installation.file).mtimeMs, mtimeMs);
});

test('a run that reads much, and so is optimised otherwise, keeps code that later runs use', (context) => {
  const installation = new Installation(context);
  installation.lint(10_000);
  assert.ok(installation.isUsed('lint-nginx'));
});

test('the cache is made again after a day, and what nobody has run for a month goes', (context) => {
  const installation = new Installation(context);
  installation.run();
  const { file } = installation;
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  writeFileSync(join(installation.folder, 'other.cache'), '');
  utimesSync(join(installation.folder, 'other.cache'), ago(31), ago(31));
  utimesSync(file, ago(2), ago(2));
  installation.run();
  assert.equal(installation.kept().length, 1);
  assert.ok(Date.now() - statSync(file).mtimeMs < 3_600_000);
  assert.ok(installation.isUsed());
});

test('what another run has taken away meanwhile keeps nobody from keeping code', (context) => {
  const installation = new Installation(context);
  installation.run();
  const { file, folder } = installation;
  rmSync(file);
  // A name whose file is gone once it is looked at.
  symlinkSync(join(folder, 'gone'), join(folder, 'other.cache.1'));
  installation.run();
  assert.ok(statSync(file).size > 0);
});

test('code that others may have written is not run', (context) => {
  const installation = new Installation(context);
  installation.run();
  const { file, folder } = installation;
  for (const [path, mode] of [
    [file, 0o620],
    [file, 0o602],
    [folder, 0o770],
    [folder, 0o707],
  ] as const) {
    const before = statSync(path).mode;
    chmodSync(path, mode);
    assert.ok(!installation.isUsed(), `${path} ${mode.toString(8)}`);
    installation.run();
    chmodSync(path, before);
    assert.ok(installation.isUsed());
  }
  renameSync(file, join(installation.home, 'elsewhere'));
  symlinkSync(join(installation.home, 'elsewhere'), file);
  assert.ok(!installation.isUsed());
});

test('code of another user is not run, and nothing is left in the home of another user', (context) => {
  if (process.geteuid?.() !== 0) return context.skip('only root can give files away');
  const installation = new Installation(context);
  const give = (path: string) => assert.equal(spawnSync('chown', ['65534', path]).status, 0);
  give(installation.home);
  installation.run();
  assert.deepEqual(installation.kept(), []);
  spawnSync('chown', ['0', installation.home]);
  installation.run();
  assert.ok(installation.isUsed());
  give(installation.file);
  assert.ok(!installation.isUsed());
});

test('a damaged cache costs nothing but time', (context) => {
  const installation = new Installation(context);
  installation.run();
  const { file } = installation;
  const content = readFileSync(file);
  for (const damaged of [content.subarray(0, content.length >> 1), Buffer.from('no cache'), Buffer.alloc(0)]) {
    writeFileSync(file, damaged);
    installation.run();
  }
});

test('without a place for it, or where it is not wanted, nothing is kept', (context) => {
  const installation = new Installation(context);
  installation.run({ NODE_DISABLE_COMPILE_CACHE: '1' });
  installation.run({ HOME: '/nonexistent' });
  installation.run({ XDG_CACHE_HOME: '/proc/nonexistent' });
  assert.deepEqual(installation.kept(), []);
});

test('calls that need the same code share it: those of a command, and of the one language that their words tell of', () => {
  const shared = {
    help: ['', '--help', 'lint --help', 'help', '-h', '--version'],
    lint: ['lint', 'lint .', 'lint /etc/nginx /etc/apache2', 'lint settings.py'],
    'lint-nginx': ['lint /etc/nginx', 'lint - --stdin-filename nginx.conf', 'lint --target nginx=1.22 site.conf'],
    'lint-apache': ['lint --format json /etc/apache2', 'lint /etc/httpd', 'lint www/.htaccess'],
    'endpoints-nginx': ['endpoints /etc/nginx/nginx.conf'],
    certificates: ['certificates /etc/nginx/tls'],
  };
  for (const [code, calls] of Object.entries(shared))
    for (const call of calls) assert.equal(codeOfCall(call.split(' ').filter(Boolean)), code, call);
});
