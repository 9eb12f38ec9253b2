import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { applyFixes, type ChosenFix, chooseSafeFixes } from '../../src/analysis/fix.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
import { atLeast, type Finding } from '../../src/text/finding.ts';
import { analyseText, unseenFile } from '../support/analyse.ts';

/** What a newcomer's four files must say, at least, on today's and on yesterday's Debian. */
const expected: Readonly<Record<string, { readonly now: readonly string[]; readonly 'debian=11': readonly string[] }>> =
  {
    'nginx-tls': {
      now: [
        'error unknown-directive',
        'warning ipv4-missing',
        'warning tls13-missing',
        'information protocol-refused',
        'information hsts-missing',
        'hint cipher-cbc',
        'information certificate-file-missing',
      ],
      'debian=11': ['error unknown-directive', 'warning protocol-obsolete', 'warning tls13-missing'],
    },
    'nginx-acme': {
      now: ['error unknown-directive', 'warning ipv4-missing'],
      'debian=11': ['error unknown-directive', 'warning ipv4-missing'],
    },
    'apache-tls': {
      now: [
        'information tls-on-main-server',
        'information protocol-refused',
        'information hsts-missing',
        'hint cipher-cbc',
        'information certificate-file-missing',
      ],
      'debian=11': ['warning protocol-obsolete'],
    },
    'apache-acme': {
      now: ['error lost-directory-block', 'warning acme-challenge-unreachable'],
      'debian=11': ['error lost-directory-block', 'warning acme-challenge-unreachable'],
    },
  };

for (const [name, { now, ...others }] of Object.entries(expected)) {
  describe(name, () => {
    const file = `test/fixtures/first-light/${name}.conf`;
    const text = readFileSync(file, 'utf8');

    test('says what is wrong, assuming today’s Debian', () => {
      assert.deepEqual(missing(now, find(text)), []);
    });

    for (const [target, wanted] of Object.entries(others)) {
      test(`says what is wrong with ${target}`, () => {
        assert.deepEqual(missing(wanted, find(text, target)), []);
      });
    }

    test('all fixes leave nothing above information', () => {
      const fixed = fixAll(text);
      const left = find(fixed).filter(({ severity }) => atLeast(severity, 'warning'));
      assert.deepEqual(left.map(describeFinding), [], fixed);
    });
  });
}

function find(text: string, target?: string): readonly Finding[] {
  return analyseText(text, {
    file: '/work/site.conf',
    certificates: absent,
    ...(target === undefined ? {} : { target }),
  }).findings;
}

/** Nothing of what the files name lies on this machine. */
function absent(path: string): CertificateFile {
  return { ...unseenFile(path), state: { kind: 'missing' } };
}

/** First the safe fixes, all at once; then the first fix of what is left, one by one. */
function fixAll(text: string): string {
  let fixed = text;
  for (let round = 0; round < 40; round++) {
    const findings = find(fixed);
    const safe = chooseSafeFixes(findings);
    const next = safe.length > 0 ? safe : oneFix(findings);
    if (next.length === 0) return fixed;
    fixed = applyFixes(next, () => fixed).get('/work/site.conf') ?? fixed;
  }
  throw new Error(`Fixes do not come to an end:\n${fixed}`);
}

function oneFix(findings: readonly Finding[]): readonly ChosenFix[] {
  for (const finding of findings) {
    const [fix] = finding.fixes;
    if (fix !== undefined) return [{ finding, fix }];
  }
  return [];
}

function missing(wanted: readonly string[], findings: readonly Finding[]): readonly string[] {
  const found = new Set(findings.map(({ severity, rule }) => `${severity} ${rule}`));
  return wanted.filter((line) => !found.has(line));
}

function describeFinding({ rule, message }: Finding): string {
  return `${rule}: ${message}`;
}
