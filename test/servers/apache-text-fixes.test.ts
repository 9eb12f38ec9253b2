import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectOf } from '../languages/apache/project.ts';
import { makeMutants } from './apache-mutants.ts';
import { type ApacheRoot, createApacheRoot } from './apache-server.ts';

/** `SEED=n` makes other mutants. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = process.env['JUDGE'] === 'full' ? 2000 : 250;

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

/** What `apache2 -t` refuses the text with; empty where it takes it. */
function ask(text: string): Promise<string> {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const options = { env: { PATH: '/usr/sbin:/usr/bin', LANG: 'C' } };
  return new Promise((resolve) => {
    execFile('/usr/sbin/apache2', ['-t', '-f', file], options, (error, _output, errors) =>
      resolve(error ? errors : ''),
    );
  });
}

function stops(text: string) {
  const project = projectOf({ [join(root.folder, 'apache2.conf')]: text }, { complete: true });
  const effects = new Map(apache.rules.map(({ id, effect }) => [id, effect]));
  return apache
    .check(project)
    .filter(
      ({ rule, effect, severity = 'error' }) => (effect ?? effects.get(rule)) === 'start' && severity === 'error',
    );
}

/** Files and hosts that a word of the mutant names and that are not there. */
const elsewhere =
  /AH0229[17]|No such file|does not exist|Could not resolve|Could not open|not a directory|bad user name/;

test(`what stops Apache in ${count} mutants (seed ${seed}) is mended by each fix`, { timeout: 900_000 }, async () => {
  const defines = `Define ROOT ${root.folder}\nDefine HTTP 21080\nDefine HTTPS 21443\n`;
  const read = (name: string) => readFileSync(`test/fixtures/apache/${name}.conf`, 'utf8');
  const texts = ['tls', 'redirect', 'proxy', 'balancer', 'misc'].map((name) => defines + read('main') + read(name));
  const failures: string[] = [];
  const tried = new Map<string, number>();
  for (const mutant of makeMutants(texts, count, seed)) {
    const [own, more] = stops(mutant.text);
    if (!own?.fixes?.length || more) continue;
    for (const { title, edits } of own.fixes) {
      const mended = applyEdits(mutant.text, edits);
      const left = stops(mended).map(({ message }) => message);
      const said = await ask(mended);
      tried.set(own.rule, (tried.get(own.rule) ?? 0) + 1);
      if (elsewhere.test(said) || (left.length === 0 && said === '')) continue;
      failures.push(
        `${mutant.description}\n  ${own.message}\n  ${title}\n  we: ${left.join(' / ')}\n  Apache: ${said}`,
      );
    }
  }
  console.log(`fixes tried: ${[...tried].map(([rule, times]) => `${rule} ${times}`).join(', ')}`);
  assert.ok(tried.size > 2);
  assert.deepEqual(failures, []);
});
