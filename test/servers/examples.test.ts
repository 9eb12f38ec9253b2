import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { askDjango, type SettingsFile } from './django/ask.ts';

/** Copies a folder of `examples/` with the deployed paths replaced by those of this machine, and hands it to `use`. */
function withExample(example: string, use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-example-'));
  try {
    cpSync(join('examples', example), folder, { recursive: true });
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.conf')) continue;
      const text = readFileSync(join(folder, entry), 'utf8')
        .replaceAll('/etc/tls', resolve('examples/certificates'))
        .replaceAll('/srv/www', resolve('examples/public'))
        .replaceAll('/etc/apache2', folder)
        .replaceAll('/var/log/apache2', folder)
        .replaceAll(/\/run\/(apache2\/)?/g, `${folder}/`);
      writeFileSync(join(folder, entry), text);
    }
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(program, args, { encoding: 'utf8' });
}

test('nginx accepts the good example and refuses the one with mistakes', () => {
  withExample('nginx/good', (folder) => {
    const { status, stderr } = run('nginx', ['-t', '-c', join(folder, 'nginx.conf')]);
    assert.equal(status, 0, stderr);
  });
  withExample('nginx/mistakes', (folder) => {
    const { status, stderr } = run('nginx', ['-t', '-c', join(folder, 'nginx.conf')]);
    assert.equal(status, 1);
    assert.match(stderr, /unknown directive "host"/);
  });
});

test('Apache accepts the good example', () => {
  withExample('apache/good', (folder) => {
    const { status, stderr } = run('apache2', ['-t', '-f', join(folder, 'apache2.conf')]);
    assert.equal(status, 0, stderr);
  });
});

test('systemd takes the units, and would miss what they lack', () => {
  withExample('systemd', (folder) => {
    const units = readdirSync(folder).map((name) => join(folder, name));
    assert.ok(units.length >= 2);
    for (const unit of units) {
      // The command is not installed here.
      const text = readFileSync(unit, 'utf8').replaceAll('/usr/local/bin/tls-workbench', process.execPath);
      writeFileSync(unit, text);
    }
    const good = run('systemd-analyze', ['verify', '--man=no', ...units]);
    assert.deepEqual([good.status, good.stderr], [0, '']);
    const [service = ''] = units.filter((unit) => unit.endsWith('.service'));
    writeFileSync(service, readFileSync(service, 'utf8').replace('Type=oneshot', 'Type=once'));
    assert.match(run('systemd-analyze', ['verify', '--man=no', ...units]).stderr, /Failed to parse Type=once/);
  });
});

test('the line for cron runs what the unit runs, with a time that cron takes', () => {
  const cron = readFileSync('examples/cron/tls-workbench', 'utf8');
  const unit = readFileSync('examples/systemd/tls-workbench-renew.service', 'utf8');
  const [, command] = /^ExecStart=\S+?(tls-workbench renew .*)$/m.exec(unit) ?? [];
  const [, minute, hours, user, line] = /^(\S+) (\S+) \* \* \* (\S+) (.*)$/m.exec(cron) ?? [];
  assert.ok(command && line?.startsWith(command), `${command} and ${line}`);
  assert.match(line ?? '', / --quiet$/, 'cron sends whatever is printed');
  assert.match(`${minute} ${hours} ${user}`, /^\d{1,2} \d{1,2}(,\d{1,2})* root$/);
});

test('the other line for cron is silent where all is well, and tells where the server does not run', () => {
  const cron = readFileSync('examples/cron/tls-workbench', 'utf8');
  const [, line = ''] = /^\d+ \d+ \* \* \* root (tls-workbench compare .*)$/m.exec(cron) ?? [];
  assert.match(line, / --quiet /, 'cron sends whatever is printed');
  const [, ...args] = line.split(' ');
  withExample('nginx/good', (folder) => {
    const here = args.map((word) => word.replace('/etc/nginx', folder));
    const { status, stdout } = spawnSync(process.execPath, [resolve('dist/cli.js'), ...here], { encoding: 'utf8' });
    assert.equal(status, 1, stdout);
    assert.match(stdout, /^0\.0\.0\.0:443 example\.com/m);
  });
});

test('what the examples run in CI passes for the good sites, and fails for those with mistakes', () => {
  const bin = mkdtempSync(join(tmpdir(), 'tls-workbench-bin-'));
  try {
    const program = `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.js')}" "$@"\n`;
    writeFileSync(join(bin, 'tls-workbench'), program, { mode: 0o755 });
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
    const commands = readdirSync('examples/ci').flatMap((name) =>
      [...readFileSync(join('examples/ci', name), 'utf8').matchAll(/tls-workbench"? (lint [^\n']*)/g)].map(
        ([, call]) => `tls-workbench ${call}`,
      ),
    );
    assert.equal(commands.length, 6);
    for (const command of commands) {
      for (const [example, expected] of [
        ['nginx/good', 0],
        ['nginx/mistakes', 1],
        ['apache/good', 0],
        ['apache/mistakes', 1],
      ] as const) {
        withExample(example, (cwd) => {
          const { status, stderr } = spawnSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' });
          assert.equal(
            status,
            command.includes('--fail-on never') ? 0 : expected,
            `${command} in ${example}: ${stderr}`,
          );
        });
      }
    }
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
});

test('Django accepts the good example and refuses the one with mistakes', () => {
  const filesOf = (name: string) =>
    ['production', 'base'].map((file): SettingsFile => {
      const text = readFileSync(`examples/django/${name}/shop/settings/${file}.py`, 'utf8');
      return [`shop/settings/${file}.py`, text.replace('os.environ["SECRET_KEY"]', '"a key"')];
    });
  const [good, mistakes] = askDjango([filesOf('good'), filesOf('mistakes')]);
  assert.deepEqual([good?.unread, good?.refused, good?.mail, good?.proxied.body], [undefined, [], null, 'secure']);
  assert.deepEqual(mistakes?.refused, ['4_0.E001']);
  // The redirect leads to itself.
  assert.equal(mistakes?.proxied.status, 301);
});
