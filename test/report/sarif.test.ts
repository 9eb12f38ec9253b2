import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from 'sarif';
import { allRules } from '../../src/operations/all-rules.ts';
import { lintSarif } from '../../src/report/sarif.ts';
import { reportOf } from '../support/lint-report.ts';

// That the annotation compiles is a part of the test: these are the fields of SARIF 2.1.0.
const log: Log = lintSarif(
  reportOf('events {}\nhttp {\n  lissten 80;\n}\n', { rules: allRules, displayName: () => 'web:8443/conf #1?:2.conf' }),
  '1.2.3',
  { 'unknown-directive': '# Title\n\n## What it means\n\nNobody knows it.\n\nMore.\n' },
);
const [run] = log.runs;

test('a result names its rule by id and place, and its file as a URI', () => {
  const [result] = run?.results ?? [];
  assert.equal(result?.ruleId, 'unknown-directive');
  assert.equal(run?.tool.driver.rules?.[result.ruleIndex ?? -1]?.id, 'unknown-directive');
  assert.deepEqual(result.locations?.[0]?.physicalLocation, {
    artifactLocation: { uri: 'web%3A8443/conf%20%231%3F:2.conf' },
    region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 10 },
  });
});

test('no rule is listed twice, which the schema of SARIF forbids', () => {
  const ids = run?.tool.driver.rules?.map(({ id }) => id) ?? [];
  assert.ok(ids.length > 100);
  assert.deepEqual([...new Set(ids)], ids);
});

test('each rule says where its page can be read', () => {
  const rules = run?.tool.driver.rules ?? [];
  assert.ok(rules.every(({ id, help }) => help?.text.includes(`tls-workbench explain ${id}`)));
});

test('a rule says what it means, and brings its page where it was found', () => {
  const rules = new Map(run?.tool.driver.rules?.map((rule) => [rule.id, rule]));
  const found = rules.get('unknown-directive');
  assert.equal(found?.fullDescription?.text, 'Nobody knows it.');
  assert.match(found?.help?.markdown ?? '', /^# Title/);
  const other = rules.get('hsts-missing');
  assert.ok(other?.fullDescription?.text);
  assert.equal(other?.help?.markdown, undefined);
});

test('a result is known again by the hash that GitHub looks for', () => {
  const fingerprints = run?.results?.[0]?.partialFingerprints;
  assert.match(fingerprints?.['primaryLocationLineHash'] ?? '', /^[0-9a-f]+:1$/);
});
