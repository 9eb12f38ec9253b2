import { resolve } from 'node:path';

/** With more failed files than this, it is no matter of chance. */
const maximumFiles = 5;

/**
 * Runs each file that failed once more by itself, up to `retries` times, and returns the sum with that outcome in place
 * of the first one, and `again`: the files that passed only then. A file that fails every time has failed.
 * `result`: of all files; `files`: test file and bundle of each; `runFile`: runs one bundle.
 */
export async function runFailedAgain(result, files, retries, runFile) {
  const failed = files
    .map(({ file, bundle }) => ({ file, bundle, first: outcomeOf(file, bundle, result.outcomes) }))
    .filter(({ first }) => first.failed > 0);
  if (failed.length > maximumFiles) {
    console.log(`\n${failed.length} files failed, too many to be run again.`);
    return { ...result, again: [] };
  }
  let sum = result;
  const again = [];
  for (const { file, bundle, first } of failed) {
    let last = first;
    for (let attempt = 0; attempt < retries && last.failed > 0; attempt++) {
      console.log(`\n↻ ${file} is run again by itself, because these tests failed:`);
      for (const name of last.names) console.log(`    ${name}`);
      const next = await runFile(bundle);
      sum = replace(sum, last, next);
      last = { ...next, names: namesOf(next.outcomes, bundle) };
    }
    if (last.failed === 0) again.push(file);
    console.log(`${last.failed === 0 ? '✔' : '✖'} ${file} ${last.failed === 0 ? 'passed' : 'failed'} when run again.`);
  }
  return { ...sum, code: sum.failed === 0 ? 0 : sum.code, again };
}

function replace(sum, before, after) {
  const field = (name) => sum[name] - before[name] + after[name];
  return { ...sum, passed: field('passed'), failed: field('failed'), skipped: field('skipped') };
}

/** What one file contributed. Node names a test's file by its bundle, or by its source where it follows source maps. */
function outcomeOf(file, bundle, outcomes) {
  const own = outcomes.filter((test) => test.file === bundle || test.file === resolve(file));
  const count = (outcome) => own.filter((test) => test.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), names: namesOf(own, bundle) };
}

/** Node calls what ended outside of a test by the path of the bundle. */
function namesOf(outcomes, bundle) {
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  return failed.map(({ name }) => (name === bundle ? 'the file as a whole' : name));
}
