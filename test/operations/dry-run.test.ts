import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../src/acme/plan/file.ts';
import { isOnlyLive, stagingOf } from '../../src/operations/dry-run.ts';

test('a dry run orders at staging CAs and private ones, and at no other public one', async () => {
  const issuers = ['letsencrypt', 'letsencrypt-staging', 'zerossl', 'https://ca.example.net/dir'];
  const entries = issuers.map((directory, index) => `  i${index}: { directory: "${directory}", agreeToTerms: true }\n`);
  const { plan } = await readPlan('/p.yaml', `issuers:\n${entries.join('')}certificates: {}\n`);
  const found = [...plan.issuers.values()].map((issuer) =>
    issuer.type === 'acme' ? [new URL(stagingOf(issuer).directory).host, isOnlyLive(issuer)] : [],
  );
  assert.deepEqual(found, [
    ['acme-staging-v02.api.letsencrypt.org', false],
    ['acme-staging-v02.api.letsencrypt.org', false],
    ['acme.zerossl.com', true],
    ['ca.example.net', false],
  ]);
});
