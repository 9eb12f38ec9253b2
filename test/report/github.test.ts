import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintGithub } from '../../src/report/github.ts';
import type { Severity } from '../../src/text/finding.ts';
import { analyseText } from '../support/analyse.ts';

const text = 'events {}\nhttp {\n  lissten 80;\n  lissten 81;\n  lissten 82;\n}\n';
const { findings, project, model } = analyseText(text, { language: 'nginx' });

function annotations(severities: readonly Severity[], file = 'nginx.conf'): readonly string[] {
  return lintGithub({
    findings: severities.map((severity, index) => ({ ...(findings[index] as (typeof findings)[number]), severity })),
    files: 1,
    target: model.target,
    applications: [],
    rules: [],
    documents: new Map([...project.files].map(([name, { document }]) => [name, document])),
    programs: new Set(['nginx'] as const),
    displayName: () => file,
  }).split('\n');
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
