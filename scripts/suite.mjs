// Runs one suite, or a part of it. JUDGE=full lets the judges of the suite `servers` run at their whole size.
// usage: node scripts/suite.mjs unit|package|cli|grammar|servers|vscode [part of a test file's path …]
import { testGrammars } from './test/grammar.mjs';
import { runSuite } from './test/run-suite.mjs';
import { suites } from './test/suites.mjs';

const [name, ...parts] = process.argv.slice(2);
const names = [...Object.keys(suites), 'grammar'];
if (!names.includes(name)) {
  console.error(`usage: node scripts/suite.mjs ${names.join('|')} [part of a test file's path …]`);
  process.exit(2);
}
const { failed, empty } = name === 'grammar' ? testGrammars(parts) : await runSuite(name, parts);
if (empty) console.error(`No test file of the suite ${name} has ${parts.join(' or ')} in its path.`);
process.exitCode = empty ? 2 : Math.sign(failed);
