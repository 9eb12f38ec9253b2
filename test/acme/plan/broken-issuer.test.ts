import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../../src/acme/plan/file.ts';

test('an issuer whose entry cannot be read is there all the same: its mistake alone is told, as the issuer’s', async () => {
  const { diagnostics } = await readPlan(
    '/p.yaml',
    `issuers:
  broken: { directroy: letsencrypt }
  sound: { directory: letsencrypt, fallback: broken }
certificates:
  a.example.com: { issuer: broken, challenge: { webroot: w } }
  b.example.com: { issuer: absent, challenge: { webroot: w } }
`,
  );
  assert.deepEqual(
    diagnostics.map(({ code, issuer, certificate }) => [code, issuer ?? certificate]),
    [
      ['plan-unknown-key', 'broken'],
      ['plan-missing', 'broken'],
      ['plan-unknown-issuer', 'b.example.com'],
    ],
  );
});
