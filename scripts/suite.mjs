// Runs one suite, or a part of it.
// usage: node scripts/suite.mjs unit|package|cli|servers|vscode [part of a test file's path …]
import { runSuite } from './test/run-suite.mjs';
import { suites } from './test/suites.mjs';

const [name, ...parts] = process.argv.slice(2);
if (!Object.hasOwn(suites, name ?? '')) {
  console.error(`usage: node scripts/suite.mjs ${Object.keys(suites).join('|')} [part of a test file's path …]`);
  process.exit(2);
}
const { code, empty } = await runSuite(name, parts);
if (empty) console.error(`No test file of the suite ${name} has ${parts.join(' or ')} in its path.`);
process.exitCode = empty ? 2 : code;
