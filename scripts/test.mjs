// Sets up what is missing, builds, and runs all checks and suites. Goes on after a failure; ends with the sum.
// usage: node scripts/test.mjs
import { spawnSync } from 'node:child_process';

process.exitCode = (await main()) ? 0 : 1;

async function main() {
  if (!node('setup', 'scripts/setup.mjs', 'test')) return false;
  if (!node('build', 'scripts/build.mjs') || !node('package', 'scripts/package.mjs')) return false;
  if (!node('examples', 'scripts/make-example-certificates.mjs')) return false;

  // Only now: the modules below import packages that the setup has installed.
  const { runChecks } = await import('./test/checks.mjs');
  const { testGrammars } = await import('./test/grammar.mjs');
  const { closingLines, runSuite } = await import('./test/run-suite.mjs');
  const { suites } = await import('./test/suites.mjs');

  const results = [];
  const measure = async (name, work) => {
    heading(name);
    const start = performance.now();
    const result = await work();
    results.push({ name, skipped: 0, failures: [], again: [], ...result, seconds: (performance.now() - start) / 1000 });
  };
  await measure('check', runChecks);
  await measure('grammar', testGrammars);
  for (const name of Object.keys(suites)) await measure(name, () => runSuite(name));
  return report(results, closingLines);
}

function node(name, ...args) {
  heading(name);
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) console.error(`${name} failed, so nothing was tested.`);
  return status === 0;
}

function heading(name) {
  console.log(`\n── ${name}`);
}

/** A line a suite and a failed test, then Node's own closing lines over all of them, then the sum in words. */
function report(results, closingLines) {
  heading('sum');
  for (const { name, passed, failed, again, seconds } of results) {
    const twice = again.length === 0 ? '' : `, files that needed a second run: ${again.length}`;
    const counts = `${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s${twice}`;
    console.log(`${failed === 0 ? '✔' : '✖'} ${name.padEnd(10)}${counts}`);
  }
  // Once more: of a long record often only the last lines are kept.
  for (const { name, failures } of results)
    for (const failure of failures) console.log(`✖ ${name}: ${failure.name}, ${failure.file}`);
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  console.log(closingLines({ passed, failed, skipped, again: results.flatMap(({ again }) => again) }));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}
