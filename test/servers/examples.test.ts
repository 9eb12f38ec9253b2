import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

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
