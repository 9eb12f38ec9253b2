import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { version } from '../../src/version.ts';

// The command line as a server gets it: `npm install --global out/tls-workbench.tgz`, without any network.
const tarball = resolve('out/tls-workbench.tgz');
const prefix = realpathSync(mkdtempSync(join(tmpdir(), 'tls-workbench-npm-')));
const environment = { PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`, HOME: prefix, TZ: 'UTC' };

before(() => {
  const args = ['install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', tarball];
  execFileSync('npm', args, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
});
after(() => rmSync(prefix, { recursive: true, force: true }));

function run(...args: string[]) {
  const { stdout, stderr, status } = spawnSync('tls-workbench', args, {
    cwd: prefix,
    env: environment,
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

test('only what the command line needs is in the tarball', () => {
  const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n').sort();
  assert.deepEqual(
    files,
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/cli.js',
      'dist/cli/commands.cjs',
      'dist/cli/python.cjs',
      'dist/package.json',
      'dist/rule-pages.json.br',
      'media/weak-keys/SOURCE.md',
      'media/weak-keys/debian-rsa-2048.bin',
      'package.json',
    ]
      .sort()
      .map((file) => `package/${file}`),
  );
  assert.ok(statSync(tarball).size < 2_000_000, String(statSync(tarball).size));
});

test('the installed command runs, and nothing else had to be fetched', () => {
  assert.deepEqual(run('--version'), { stdout: `tls-workbench ${version}\n`, stderr: '', status: 0 });
  const manifest = JSON.parse(
    readFileSync(join(prefix, 'lib/node_modules/tls-workbench/package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  for (const field of ['dependencies', 'devDependencies', 'scripts']) assert.equal(manifest[field], undefined);
});

test('the installed command has the pages of the rules', () => {
  const { stdout, stderr, status } = run('explain', 'hsts-missing');
  assert.deepEqual([stdout, stderr, status], [readFileSync('docs/rules/hsts-missing.md', 'utf8'), '', 0]);
});

test('the installed command lints, inspects and issues', () => {
  const lint = run('lint', '--format', 'json', resolve('examples/nginx/mistakes/nginx.conf'));
  assert.equal(lint.status, 1);
  // The folder that it runs in is another one.
  assert.match(
    lint.stderr,
    /^tls-workbench lint: .*\/examples\/tls-workbench\.yaml has settings that do not apply here: .*\n$/,
  );
  assert.ok((JSON.parse(lint.stdout) as { findings: readonly unknown[] }).findings.length > 5);
  const inspect = run('inspect', '--now', '2026-09-30T12:00:00Z', resolve('test/fixtures/certificates/fullchain.pem'));
  assert.match(inspect.stdout, /CN=example\.com/);
  assert.equal(inspect.stderr, '');
  const issue = run(
    'issue',
    '--dry-run',
    '--plan',
    resolve('examples/tls-workbench.yaml'),
    '--state',
    join(prefix, 'state'),
  );
  assert.equal(issue.status, 0, issue.stderr);
});
