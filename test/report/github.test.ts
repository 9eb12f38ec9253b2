import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintGithub } from '../../src/report/github.ts';
import type { Finding, Severity } from '../../src/text/finding.ts';
import { reportOf } from '../support/lint-report.ts';

const report = reportOf('events {}\nhttp {\n  lissten 80;\n  lissten 81;\n  lissten 82;\n}\n');

function annotations(severities: readonly Severity[], file = 'nginx.conf'): readonly string[] {
  const findings = severities.map((severity, index) => ({ ...(report.findings[index] as Finding), severity }));
  return lintGithub({ ...report, findings, displayName: () => file }).split('\n');
}

test('of each command the graver findings come first, as GitHub shows ten of a step', () => {
  const lines = annotations(['hint', 'information', 'error']);
  assert.deepEqual(
    lines.map((line) => /^::(\w+) .*line=(\d+)/.exec(line)?.slice(1)),
    [
      ['error', '5'],
      ['notice', '4'],
      ['notice', '3'],
    ],
  );
});

test('a name cannot end its property, nor the line', () => {
  const [line] = annotations(['error'], 'a,b:c%\nd.conf');
  assert.match(
    line ?? '',
    /^::error file=a%2Cb%3Ac%25%0Ad\.conf,line=3,endLine=3,col=3,endColumn=10,title=tls unknown/,
  );
});
