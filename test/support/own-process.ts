import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Outcome, Workplace } from './issuance.ts';

/** The command line as a program of its own, which can be told to kill itself at a step. */
export interface OwnProcess {
  readonly script: string;
  /** Runs a command, which kills itself before or after a step; 0 is never reached. */
  run(place: Workplace, args: readonly string[], when?: string, step?: number): Promise<Outcome & WasKilled>;
  remove(): void;
}

interface WasKilled {
  readonly wasKilled: boolean;
}

export async function buildOwnProcess(): Promise<OwnProcess> {
  const script = resolve(`out/kill-at-step-${process.pid}/kill.mjs`);
  mkdirSync(resolve(script, '..'), { recursive: true });
  await build({
    entryPoints: ['test/support/kill-at-step.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return {
    script,
    run: (place, args, when = 'before', step = 0) => run(script, place, args, when, step),
    remove: () => rmSync(resolve(script, '..'), { recursive: true, force: true }),
  };
}

function run(script: string, place: Workplace, args: readonly string[], when: string, step: number) {
  return new Promise<Outcome & WasKilled>((done) => {
    const all = [script, when, String(step), ...args, '--state', join(place.folder, 'state')];
    const child = spawn(process.execPath, all, { cwd: place.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (part) => {
      stdout += part;
    });
    child.stderr.on('data', (part) => {
      stderr += part;
    });
    child.once('close', (code, signal) => done({ code: code ?? -1, stdout, stderr, wasKilled: signal === 'SIGKILL' }));
  });
}
