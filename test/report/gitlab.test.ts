import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintGitlab } from '../../src/report/gitlab.ts';
import { analyseText } from '../support/analyse.ts';

interface Violation {
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function reportOf(text: string): readonly Violation[] {
  const { findings, project, model } = analyseText(text, { language: 'nginx' });
  return lintGitlab({
    findings,
    files: 1,
    target: model.target,
    applications: [],
    rules: [],
    documents: new Map([...project.files].map(([file, { document }]) => [file, document])),
    programs: new Set(['nginx'] as const),
    displayName: () => 'conf/nginx.conf',
  }) as readonly Violation[];
}

const site = 'http {\n  lissten 80; lissten 81;\n  lissten 80; lissten 81;\n}\n';

test('a violation has its place, and one of the severities that GitLab knows', () => {
  const [first] = reportOf(`events {}\n${site}`);
  assert.deepEqual(first?.location, { path: 'conf/nginx.conf', lines: { begin: 3, end: 3 } });
  assert.equal(first?.severity, 'critical');
});

test('fingerprints are each of one violation, and stay when lines above come or go', () => {
  const before = reportOf(`events {}\n${site}`).map(({ fingerprint }) => fingerprint);
  assert.equal(before.length, 4);
  assert.equal(new Set(before).size, before.length);
  const after = reportOf(`# one\n# two\nevents {}\n${site}`).map(({ fingerprint }) => fingerprint);
  assert.deepEqual(after, before);
});

test('the second of two that are alike is counted', () => {
  const report = reportOf(`events {}\n${site}`).map(({ fingerprint }) => fingerprint);
  assert.match(report[0] ?? '', /:1$/);
  assert.equal(report[1], `${report[0]} 2`);
});
