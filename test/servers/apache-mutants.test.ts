import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { rules } from '../../src/rules/index.ts';
import type { Finding } from '../../src/text/finding.ts';
import { freePort } from '../support/ports.ts';
import { makeMutants } from './apache-mutants.ts';
import { type ApacheRoot, createApacheRoot, startApache } from './apache-server.ts';

/** `SEED=n` makes other mutants. */
const seed = Number(process.env['SEED'] ?? 20_261_125);
/** A tenth by default; `JUDGE=full` runs all. */
const count = process.env['JUDGE'] === 'full' ? 500 : 50;

/** What Apache says where no text could have shown it, by what is at fault. */
const elsewhere: Readonly<Record<string, RegExp>> = {
  files:
    /is not a directory, or is not readable|could not open mime types|Cannot load \S+ into server: \S+ cannot open|Can't locate API module|Could not open configuration file|No matches for the wildcard|AH0229[17]: Cannot access directory|RewriteMap: file for map/,
  users: /bad user name|bad group name/,
  addresses: /Cannot assign requested address: AH00072/,
  names: /Could not resolve host|Name or service not known: AH00077|ProxySourceAddress invalid value/,
  // A variable that no Define sets may come from the environment; taken as it is written, it fits nowhere.
  environment: /AH00111: Config variable/,
};

let root: ApacheRoot;
let texts: readonly string[];

before(async () => {
  root = createApacheRoot();
  const defines = `Define ROOT ${root.folder}\nDefine HTTP ${await freePort()}\nDefine HTTPS ${await freePort()}\n`;
  const read = (name: string) => readFileSync(`test/fixtures/apache/${name}.conf`, 'utf8');
  texts = ['tls', 'redirect', 'proxy', 'balancer', 'managed', 'misc'].map(
    (name) => defines + read('main') + read(name),
  );
});

after(() => root.remove());

/** Findings that say "Apache does not start". */
async function refusals(file: string, text: string): Promise<readonly Finding[]> {
  const settings = { ...defaultSettings, paths: 'here' as const };
  const run = await analyseFile(file, text, apache, { host: nodeHost, settings, rules, now: new Date() });
  return run.findings.filter(({ effect, severity }) => effect === 'start' && severity === 'error');
}

/** The line that Apache names lies in a finding's range or in its related places. */
function isNamed(file: string, text: string, log: string, findings: readonly Finding[]): boolean {
  const [, number, of] = /[Ss]yntax error on line (\d+) of (\S+):/.exec(log) ?? [];
  // Of a macro that does not end, the line where it begins is named.
  if (of !== file || log.includes('contents error')) return true;
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  // Of a directive that goes on behind a backslash, its last line is named.
  const lastLine = (offset: number) =>
    lineAt(offset) + (/^(?:.*\\\n)+/.exec(text.slice(offset))?.[0].split('\n').length ?? 1) - 1;
  return findings
    .flatMap(({ location, related }) => [location, ...related.map((one) => one.location)])
    .some(({ range }) => lineAt(range.start) <= Number(number) && Number(number) <= lastLine(range.end));
}

test('the fixtures themselves start and have no finding that says otherwise', async () => {
  const file = join(root.folder, 'apache2.conf');
  for (const text of texts) {
    writeFileSync(file, text);
    const start = await startApache(file, root.folder);
    await start.stop();
    assert.ok(start.started, start.log);
    assert.deepEqual(
      (await refusals(file, text)).map(({ message }) => message),
      [],
    );
  }
});

test(`of ${count} mutants (seed ${seed}) we refuse those that a real start refuses`, { timeout: 900_000 }, async () => {
  const file = join(root.folder, 'apache2.conf');
  const disagreements: string[] = [];
  const counts: Record<string, number> = { accepted: 0, refused: 0 };
  const add = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  for (const mutant of makeMutants(texts, count, seed)) {
    writeFileSync(file, mutant.text);
    const start = await startApache(file, root.folder);
    await start.stop();
    const found = await refusals(file, mutant.text);
    const cause = start.started ? undefined : Object.keys(elsewhere).find((kind) => elsewhere[kind]?.test(start.log));
    if (cause !== undefined) add(cause);
    else if (start.started === (found.length === 0) && isNamed(file, mutant.text, start.log, found)) {
      add(start.started ? 'accepted' : 'refused');
    } else {
      const ours = found.map(({ rule, message }) => `${rule}: ${message}`).join('\n    ') || 'nothing';
      disagreements.push(
        `${mutant.kind}: ${mutant.description}\n  we say: ${ours}\n  Apache ${start.started ? 'starts' : `says: ${start.log.trim()}`}`,
      );
    }
  }
  console.log(`Apache mutants: ${JSON.stringify(counts)}`);
  assert.deepEqual(disagreements, []);
});
