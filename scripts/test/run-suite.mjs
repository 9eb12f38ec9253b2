import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { failuresIn } from './failures.mjs';
import { runFailedAgain } from './second-run.mjs';
import { suites, testFiles } from './suites.mjs';

const reporter = resolve('scripts/test/outcomes.mjs');

/**
 * Bundles a suite's test files and runs them with Node's test runner, with the repository as working directory.
 * Returns what its closing lines say, `{passed, failed, skipped}`, the exit code, `failures`: the tests that failed, as
 * `{file, name}`, and `again`: the files that passed only in a second run, as `{file, names}`. A suite that was stopped, or
 * ended without closing lines, has failed.
 */
export async function runSuite(name, parts = []) {
  const suite = suites[name];
  const files = testFiles(suite, parts);
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0, code: 0, failures: [], again: [], empty: true };
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(resolve('out', `${name}-`));
  try {
    const bundles = await bundle(files, folder, suite.together === true);
    const timeout = suite.minutes * 60_000;
    const flags = ['--enable-source-maps', '--test', `--test-timeout=${timeout}`];
    if (suite.concurrency !== undefined) flags.push(`--test-concurrency=${suite.concurrency}`);
    const runBundles = (paths) => run(flags, paths, join(folder, 'outcomes'), timeout);
    const pairs = (suite.together === true ? [suite.root] : files).map((file, index) => ({
      file,
      bundle: bundles[index],
    }));
    const ran = await runBundles(bundles);
    const failures = failuresIn(ran.outcomes, pairs);
    if (ran.stopped) failures.push({ file: suite.root, name: `stopped after ${suite.minutes} minutes` });
    const result = { ...ran, failures, again: [] };
    const retries = suite.retries ?? 0;
    if (retries === 0 || result.failed === 0 || result.stopped) return result;
    const sum = await runFailedAgain(result, pairs, retries, (path) => runBundles([path]));
    console.log(closingLines(sum));
    return sum;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The sum as Node's test runner writes it, and the files that needed a second run. */
export function closingLines({ passed, failed, skipped, again }) {
  const files = again.map(({ file, names }) => `\n    ${file}: ${names.join(', ')}`).join('');
  return `ℹ tests ${passed + failed + skipped}\nℹ pass ${passed}\nℹ fail ${failed}\nℹ skipped ${skipped}\nℹ files that needed a second run ${again.length}${files}`;
}

/** One module a test file, or one for all of them, with packages left where they are. Returns the paths. */
async function bundle(files, folder, together) {
  const entries = files.map((file) => ({ in: file, out: file.replace(/^test\//, '').replace(/\.ts$/, '') }));
  if (together) {
    const all = join(folder, 'all.test.ts');
    writeFileSync(all, files.map((file) => `import ${JSON.stringify(resolve(file))};`).join('\n'));
    entries.splice(0, entries.length, { in: all, out: 'all.test' });
  }
  await build({
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return entries.map(({ out }) => join(folder, `${out}.mjs`));
}

/**
 * Runs Node in a process group of its own, so that whatever a test has left behind ends with it. How each test ended is
 * noted in the file `notes`, and returned as `outcomes`.
 */
function run(flags, bundles, notes, timeout) {
  rmSync(notes, { force: true });
  const reporters = ['spec', 'stdout', reporter, notes].map((value, index) =>
    index % 2 === 0 ? `--test-reporter=${value}` : `--test-reporter-destination=${value}`,
  );
  const args = [...flags, ...reporters, ...bundles];
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    const endGroup = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing of the group is left.
      }
    };
    const interrupted = () => {
      endGroup();
      process.exit(130);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    let stopped = false;
    const timer = setTimeout(() => {
      stopped = true;
      console.error(`Stopped after ${timeout / 60_000} minutes.`);
      endGroup();
    }, timeout);
    child.on('close', (code) => {
      clearTimeout(timer);
      endGroup();
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      const count = (word) => Number(new RegExp(`^. ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
      const failed = Math.max(count('fail') + count('cancelled'), code === 0 ? 0 : 1);
      const skipped = count('skipped') + count('todo');
      done({ passed: count('pass'), failed, skipped, code: code ?? 1, stopped, outcomes: readOutcomes(notes) });
    });
  });
}

function readOutcomes(notes) {
  if (!existsSync(notes)) return [];
  const lines = readFileSync(notes, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}
