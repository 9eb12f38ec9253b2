import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintGitlab } from '../../src/report/gitlab.ts';
import { reportOf } from '../support/lint-report.ts';

interface Violation {
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function violations(text: string): readonly Violation[] {
  return lintGitlab(reportOf(text, { displayName: () => 'conf/nginx.conf' })) as readonly Violation[];
}

const site = 'http {\n  lissten 80; lissten 81;\n  lissten 80; lissten 81;\n}\n';

test('a violation has its place, and one of the severities that GitLab knows', () => {
  const [first] = violations(`events {}\n${site}`);
  assert.deepEqual(first?.location, { path: 'conf/nginx.conf', lines: { begin: 3, end: 3 } });
  assert.equal(first?.severity, 'critical');
});

test('fingerprints are each of one violation, and stay when lines above come or go', () => {
  const before = violations(`events {}\n${site}`).map(({ fingerprint }) => fingerprint);
  assert.equal(before.length, 4);
  assert.equal(new Set(before).size, before.length);
  const after = violations(`# one\n# two\nevents {}\n${site}`).map(({ fingerprint }) => fingerprint);
  assert.deepEqual(after, before);
});

test('the second of two that are alike is counted', () => {
  const report = violations(`events {}\n${site}`).map(({ fingerprint }) => fingerprint);
  assert.match(report[0] ?? '', /:1$/);
  assert.equal(report[1], `${report[0]} 2`);
});
