import { failuresIn, isOf } from './failures.mjs';

/** With more failed files than this, it is no matter of chance. */
const maximumFiles = 5;

/**
 * Runs each file that failed once more by itself, up to `retries` times, and returns the sum with that outcome in place
 * of the first one, `failures` and `again`: the files that passed only then, with the tests that had failed before, as
 * `{file, names}`. A file that fails every time has failed.
 * `result`: of all files, with its `failures`; `files`: test file and bundle of each; `runFile`: runs one bundle.
 */
export async function runFailedAgain(result, files, retries, runFile) {
  const failed = files
    .map((each) => ({ ...each, first: outcomeOf(each, result.outcomes) }))
    .filter(({ first }) => first.failed > 0);
  if (failed.length > maximumFiles) {
    console.log(`\n${failed.length} files failed, too many to be run again.`);
    return result;
  }
  let sum = result;
  const again = [];
  const failures = result.failures.filter((failure) => !failed.some(({ file }) => file === failure.file));
  for (const { file, bundle, first } of failed) {
    let last = first;
    for (let attempt = 0; attempt < retries && last.failed > 0; attempt++) {
      console.log(`\n↻ ${file} is run again by itself, because these tests failed:`);
      for (const name of last.names) console.log(`    ${name}`);
      const next = await runFile(bundle);
      sum = replace(sum, last, next);
      last = { ...next, names: namesOf(next.outcomes, { file, bundle }) };
    }
    if (last.failed === 0) again.push({ file, names: first.names });
    else failures.push(...last.names.map((name) => ({ file, name })));
    console.log(`${last.failed === 0 ? '✔' : '✖'} ${file} ${last.failed === 0 ? 'passed' : 'failed'} when run again.`);
  }
  return { ...sum, code: sum.failed === 0 ? 0 : sum.code, failures, again };
}

function replace(sum, before, after) {
  const field = (name) => sum[name] - before[name] + after[name];
  return { ...sum, passed: field('passed'), failed: field('failed'), skipped: field('skipped') };
}

/** What one file contributed. */
function outcomeOf(file, outcomes) {
  const own = outcomes.filter((test) => isOf(test.file, file));
  const count = (outcome) => own.filter((test) => test.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), names: namesOf(own, file) };
}

function namesOf(outcomes, file) {
  return failuresIn(outcomes, [file]).map(({ name }) => name);
}
