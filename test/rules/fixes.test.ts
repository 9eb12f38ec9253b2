import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { atLeast, type Finding, type Severity } from '../../src/text/finding.ts';
import { analyseSample } from './support/analyse-sample.ts';
import { moreSamples, readPage, type Sample } from './support/pages.ts';

/** Rules whose findings have no edit of the configuration that is right for everybody: files, names, decisions. */
const withoutFix = new Set([
  'certificate-chain-order',
  'certificate-expired',
  'certificate-expires-soon',
  'certificate-file-invalid',
  'certificate-file-missing',
  'certificate-intermediate-missing',
  'certificate-key-mismatch',
  'certificate-key-missing',
  'certificate-lifetime-shrinks',
  'certificate-missing',
  'certificate-name-mismatch',
  'certificate-not-yet-valid',
  'certificate-replaced',
  'certificate-root-sent',
  'certificate-self-signed',
  'certificate-weak-key',
  'certificate-weak-signature',
  'certificate-wrong-usage',
  'client-authentication-ending',
  'client-ca-missing',
  'client-ca-unused',
  'client-certificate-late',
  'client-certificate-unasked',
  'client-revocation-stale',
  'connection-reuse-refused',
  'default-server-trap',
  'key-in-document-root',
  'key-passphrase',
  'key-readable',
  'must-staple-ignored',
  'port-of-other-scheme',
  'forms-refused',
  'redirect-loop',
  'server-name-duplicate',
  'session-tickets-static',
  'signature-none',
  'stapling-no-resolver',
  'stapling-response-stale',
  'user-file-missing',
]);

/** Bad samples, counted from 1, where what is right is a decision, of rules that know an edit for others. */
const decisions: ReadonlyMap<string, readonly number[]> = new Map([
  ['managed-certificate-unobtainable', [1, 3, 4]],
  ['redirect-wrong-host', [1, 2, 3, 4, 5]],
  ['upstream-name-missing', [3]],
]);

for (const { id } of rules) {
  describe(id, () => {
    const bad = readPage(id).samples.filter(({ kind }) => kind === 'bad');
    bad.forEach((sample, index) => {
      const findings = analyseSample(sample).findings.filter(({ rule }) => rule === id);
      const hasFix = !withoutFix.has(id) && decisions.get(id)?.includes(index + 1) !== true;
      test(`bad sample ${index + 1} has ${hasFix ? 'a fix' : 'no fix'}`, () => {
        const fixed = findings.every(({ fixes }) => fixes.length > 0);
        assert.equal(fixed, hasFix);
      });
      for (const finding of findings) {
        for (const fix of finding.fixes) {
          test(`“${fix.title}” leaves the finding gone and adds none`, () => {
            const text = applyEdits(sample.text, fix.edits);
            const after = analyseSample({ ...sample, text }).findings;
            assert.deepEqual(after.filter(({ rule }) => rule === id).map(describeFinding), [], text);
            assert.deepEqual(added(sample, after), [], text);
          });
        }
      }
    });
    for (const sample of moreSamples(id)) {
      const findings = analyseSample(sample).findings.filter(({ rule }) => rule === id);
      for (const finding of findings) {
        for (const fix of finding.fixes) {
          test(`“${fix.title}” leaves one finding fewer and adds no error: ${sample.text}`, () => {
            const text = applyEdits(sample.text, fix.edits);
            const after = analyseSample({ ...sample, text }).findings;
            const left = after.filter(({ rule }) => rule === id).map(describeFinding);
            assert.ok(left.length < findings.length, `${left.join('\n')}\n${text}`);
            // What the mistake had hidden may come to light.
            assert.deepEqual(added(sample, after, 'error'), [], text);
          });
        }
      }
    }
  });
}

/** Findings above information of rules that found nothing before. */
function added(sample: Sample, after: readonly Finding[], least: Severity = 'warning'): readonly string[] {
  const before = new Set(analyseSample(sample).findings.map(({ rule }) => rule));
  return after.filter(({ rule, severity }) => atLeast(severity, least) && !before.has(rule)).map(describeFinding);
}

function describeFinding({ rule, message }: Finding): string {
  return `${rule}: ${message}`;
}
