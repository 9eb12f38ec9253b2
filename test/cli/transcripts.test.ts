import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

// A transcript is what a terminal would show: `$ tls-workbench …`, the output, `[exit N]`; below the first `-- name --`
// follow the files of the folder that it is run in. UPDATE_GOLDEN=1 writes the transcripts anew: read the difference.
const folder = 'test/cli/transcripts';
const cli = resolve('dist/cli.js');
const bin = mkdtempSync(join(tmpdir(), 'tls-workbench-bin-'));
const environment = { PATH: `${bin}:${process.env['PATH']}`, HOME: bin, TZ: 'UTC', NO_COLOR: '1' };

before(() => {
  writeFileSync(join(bin, 'tls-workbench'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, { mode: 0o755 });
});
after(() => rmSync(bin, { recursive: true, force: true }));

for (const name of readdirSync(folder).sort()) {
  test(name, { timeout: 60_000 }, async () => {
    const path = join(folder, name);
    const written = readFileSync(path, 'utf8');
    const played = await play(written);
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(path, played);
    else assert.equal(played, written);
  });
}

/** Runs the commands of a transcript and returns it with the output that they really gave. */
async function play(transcript: string): Promise<string> {
  const filesAt = transcript.search(/^-- .+ --$/m);
  const script = filesAt < 0 ? transcript : transcript.slice(0, filesAt);
  const files = filesAt < 0 ? '' : transcript.slice(filesAt);
  const cwd = mkdtempSync(join(tmpdir(), 'tls-workbench-'));
  try {
    for (const [, name, content] of files.matchAll(/^-- (.+) --\n([\s\S]*?)(?=^-- .+ --$|$(?![\s\S]))/gm)) {
      const path = join(cwd, name as string);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content as string);
    }
    let result = '';
    // Output may begin with "#" as comments do. A command that has not been played yet has none.
    const blocks = /^\$ .*\n(?!\n)[\s\S]*?^\[exit \d+\]$|^\$ .*$|^#.*$/gm;
    for (const [block] of script.matchAll(blocks)) {
      const [line = ''] = block.split('\n', 1);
      result += line.startsWith('#') ? `${line}\n` : `${line}\n${await run(line.slice(2), cwd)}\n`;
    }
    return `${result}${files}`;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Output of both streams as they came, then the exit code. The folder's own path is shown as `$PWD`. */
function run(command: string, cwd: string): Promise<string> {
  return new Promise((done) => {
    const shell = spawn('sh', ['-c', command], { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let errors = '';
    shell.stdout.on('data', (chunk) => (out += chunk));
    shell.stderr.on('data', (chunk) => (errors += chunk));
    shell.on('close', (code) => {
      const text = `${errors === '' ? '' : `${errors}`}${out}`.replaceAll(cwd, '$PWD');
      done(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}[exit ${code}]\n`);
    });
  });
}
