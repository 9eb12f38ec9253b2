import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { inspectObjects } from '../../src/certificates/inspect.ts';
import { lintCertificate } from '../../src/certificates/lint/lint.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { base64Of } from '../../src/certificates/pem/base64.ts';
import { type JudgedTimestamp, judgeTimestamps } from '../../src/certificates/transparency/judge-timestamps.ts';
import { allLogs, findLog, logListDate } from '../../src/certificates/transparency/logs.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { inspectText } from '../../src/report/inspect-text.ts';
import { certificates, fixture } from './fixtures.ts';

/** A certificate of cryptography.io and its issuer, Let's Encrypt Authority X3, as they were served in 2018. */
const [leaf, issuer] = certificates('timestamps.pem') as [Certificate, Certificate];
const then = new Date('2018-10-10T00:00:00Z');

test('the identifier of every log is the digest of its key', () => {
  assert.ok(allLogs().size > 80);
  for (const [id, { key, name }] of allLogs()) assert.equal(base64Of(nodeCrypto.digest('sha256', key)), id, name);
});

test('the timestamps of a real certificate were signed by their logs', () => {
  const judged = judgeTimestamps(leaf, issuer, nodeCrypto);
  assert.deepEqual(
    judged.map(({ log, signature }) => [log?.name, log?.operator, signature]),
    [
      ['Icarus', 'Google', 'good'],
      ['Mammoth', 'Sectigo', 'good'],
    ],
  );
});

test('a timestamp does not fit another certificate, nor another issuer', () => {
  const [other] = certificates('intermediate.pem');
  assert.deepEqual(
    new Set(judgeTimestamps(leaf, other, nodeCrypto).map(({ signature }) => signature)),
    new Set(['bad']),
  );
  const der = Uint8Array.from(leaf.der);
  der[40] = (der[40] as number) ^ 1;
  const changed = { ...leaf, der };
  assert.equal(judgeTimestamps(changed, issuer, nodeCrypto)[0]?.signature, 'bad');
  assert.equal(judgeTimestamps(leaf)[0]?.signature, 'issuer-missing');
});

test('inspect names the logs and says whether they signed', () => {
  const report = inspectObjects(readObjects(fixture('timestamps.pem'), nodeCrypto), { crypto: nodeCrypto, now: then });
  const [first = {}] = report.objects;
  const [timestamp] = first['timestamps'] as unknown[];
  assert.deepEqual(timestamp, {
    logId: 'KTxRllTIOWW6qlD8WAfUt2+/WHopctykwwz05UVH9Hg=',
    log: 'Icarus',
    operator: 'Google',
    state: 'rejected',
    timestamp: '2018-09-26T20:56:33Z',
    signature: 'good',
  });
  const rules = (first['findings'] as { rule: string }[]).map(({ rule }) => rule);
  assert.ok(!rules.includes('certificate-transparency'));
  const text = inspectText(report, then);
  assert.match(text, /Mammoth of Sectigo \(no longer counted\) +2018-09-26 20:56 UTC; the log signed this certificate/);
});

const today = new Date('2026-09-30T12:00:00Z');
const recent: Certificate = { ...leaf, notBefore: new Date('2026-08-20'), notAfter: new Date('2026-11-18') };

/** What is said of a certificate with timestamps of some logs, by name. */
function said(...names: readonly (string | Partial<JudgedTimestamp>)[]): string[] {
  const logs = [...allLogs().values()];
  const timestamps = names.map((each): JudgedTimestamp => {
    const log = typeof each === 'string' ? logs.find(({ name }) => name === each) : each.log;
    const logId = log?.id ?? `unknown ${names.indexOf(each)}`;
    return { logId, timestamp: today, log, signature: 'good', ...(typeof each === 'string' ? {} : each) };
  });
  return lintCertificate(recent, { now: today, publiclyTrusted: true, timestamps })
    .filter(({ rule }) => rule === 'certificate-transparency')
    .map(({ severity, message }) => `${severity}: ${message}`);
}

test('timestamps of two operators satisfy, those of one do not', () => {
  assert.deepEqual(said('Argon2026h2', 'Tuscolo2026h2'), []);
  assert.deepEqual(said('Argon2026h2', 'Xenon2026h2'), [
    'warning: All its timestamps come from logs of Google; Chrome and Safari want two operators. Ask the CA for another certificate.',
  ]);
  assert.deepEqual(said('Argon2026h2'), [
    'warning: It carries timestamps of 1 log of Certificate Transparency; Chrome and Safari want 2 for its lifetime. Ask the CA for another certificate.',
  ]);
});

test('logs that the list does not have may be newer than it, rejected and retired ones are known', () => {
  assert.deepEqual(said({}, {}), []);
  assert.equal(said('Argon2026h2', 'Halloumi2026h2').length, 1);
  assert.deepEqual(said('Oak2026h1', 'Oak2026h2'), [
    `warning: All its timestamps come from logs that were retired by ${logListDate}; Chrome wants one of a log that still runs. Renew it.`,
  ]);
});

test('a timestamp that its log did not sign is named', () => {
  const forged = { log: findLog('DleUvPOuqT4zGyyZB7P3kN+bwj1xMiXdIaklrGHFTiE='), signature: 'bad' } as const;
  assert.deepEqual(said(forged, 'Wyvern2026h2', 'Tuscolo2026h2'), [
    'warning: The timestamp of the log Argon2026h1 (Google) was not made for this certificate: browsers do not count it. Ask the CA for another certificate.',
  ]);
});
