import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { applyFixes, chooseSafeFixes } from '../../src/analysis/fix.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { atLeast, type Finding } from '../../src/text/finding.ts';
import { analyseText } from '../support/analyse.ts';

const file = '/work/site.conf';
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'nginx-fixes-'));
  const path = (name: string) => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', path('example.com.key')];
  const names = ['-subj', '/CN=example.com', '-addext', 'subjectAltName=DNS:example.com'];
  openssl('req', '-x509', ...key, ...names, '-days', '90', '-out', path('example.com.crt'));
  openssl('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048', '-out', path('example.com.dh'));
});

after(() => rmSync(folder, { recursive: true, force: true }));

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

const findingsOf = (text: string) => analyseText(text, { language: 'nginx', file }).findings;

/** What "fix all" does: the safe fixes, together, until none is left. */
function fixSafely(text: string): string {
  const fixed = applyFixes(chooseSafeFixes(findingsOf(text)), () => text).get(file);
  return fixed === undefined || fixed === text ? text : fixSafely(fixed);
}

/** What a person does with the light bulb: the first fix of the first finding that has one, again and again. */
function fixOneByOne(text: string): { readonly text: string; readonly findings: readonly Finding[] } {
  let current = text;
  for (let round = 0; round < 30; round++) {
    const findings = findingsOf(current);
    const fix = findings.find(({ fixes }) => fixes.length > 0)?.fixes[0];
    if (fix === undefined) return { text: current, findings };
    current = applyEdits(current, fix.edits);
  }
  throw new Error('The fixes never come to an end.');
}

function nginxTest(site: string): { readonly accepted: boolean; readonly log: string } {
  const main = join(folder, 'nginx.conf');
  writeFileSync(join(folder, 'site.conf'), site);
  writeFileSync(
    main,
    `pid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n  include site.conf;\n}\n`,
  );
  const { status, stderr } = spawnSync('/usr/sbin/nginx', ['-t', '-p', folder, '-c', main], { encoding: 'utf8' });
  return { accepted: status === 0, log: stderr };
}

describe('a snippet with every fix applied passes nginx -t, with nothing above information left', () => {
  for (const name of ['snippet-tls', 'snippet-acme']) {
    test(name, () => {
      const before = readFileSync(`test/fixtures/nginx/${name}.conf`, 'utf8').replaceAll('ROOT', folder);
      const refused = nginxTest(before);
      assert.ok(!refused.accepted);
      assert.match(refused.log, /unknown directive "host"/);

      const safe = fixSafely(before);
      assert.ok(nginxTest(safe).accepted, nginxTest(safe).log);
      const { text, findings } = fixOneByOne(safe);
      const accepted = nginxTest(text);
      assert.ok(accepted.accepted, accepted.log);
      assert.deepEqual(
        findings.filter(({ severity }) => atLeast(severity, 'warning')).map(({ rule }) => rule),
        [],
      );
    });
  }
});
