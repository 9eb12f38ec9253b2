import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distinctDiagnostics } from '../../../src/acme/plan/distinct.ts';
import { readPlan } from '../../../src/acme/plan/file.ts';
import { planFixes } from '../../../src/acme/plan/mend.ts';
import { applyEdits } from '../../../src/text/edit.ts';

const entry = (issuer: string, name = 'shop.example') =>
  `certificates:
  ${name}:
    names: [${name}]
    issuer: ${issuer}
    challenge: { type: http-01, webroot: public }
    output: { fullchain: a.pem, key: a.key }
`;

/** Titles of the fixes, and what the first makes of the plan; that has the mistake no more. */
async function mend(text: string) {
  const { plan, diagnostics } = await readPlan('/w/tls-workbench.yaml', text);
  const fixes = await planFixes(text, plan);
  const [first] = fixes;
  assert.ok(first);
  const told = diagnostics.find(({ code, range }) => code === first.code && range.start === first.range.start);
  assert.ok(told, 'the fix lies where the mistake is told');
  const mended = applyEdits(text, first.edits);
  const left = (await readPlan('/w/tls-workbench.yaml', mended)).diagnostics.map(({ code }) => code);
  assert.ok(!left.includes(first.code), left.join());
  return { titles: fixes.map(({ title }) => title), mended };
}

test('an issuer that the plan lacks is added: a development CA by its name, else one to try at first', async () => {
  const local = await mend(entry('local'));
  assert.deepEqual(local.titles, [
    'Add issuer local: a development CA on this machine',
    "Add issuer local: Let's Encrypt (staging)",
  ]);
  assert.match(local.mended, /issuers:\n {2}local:\n {4}type: local\n {4}permitted: \[.*shop\.example.*\]\n$/);
  const staging = await mend(`issuers:\n  corp: { type: local, permitted: [a.test] }\n${entry('le')}`);
  assert.equal(staging.titles[0], "Add issuer le: Let's Encrypt (staging)");
  assert.match(staging.mended, /^ {2}le:\n {4}directory: letsencrypt-staging\n {4}agreeToTerms: true$/m);
  assert.equal((await mend(entry('letsencrypt'))).titles[0], "Add issuer letsencrypt: Let's Encrypt");
});

test('a development CA gets the names that it may not issue for', async () => {
  const { titles, mended } = await mend(
    `issuers:\n  local: { type: local, permitted: [localhost] }\n${entry('local')}`,
  );
  assert.deepEqual(titles, ['Let local issue for shop.example']);
  assert.match(mended, /permitted: \[ ?localhost, shop\.example ?\]/);
});

test('a plan whose issuers are there has nothing to mend', async () => {
  const text = `issuers:\n  local: { type: local, permitted: [shop.example] }\n${entry('local')}`;
  const { plan } = await readPlan('/w/tls-workbench.yaml', text);
  assert.deepEqual(await planFixes(text, plan), []);
});

test('a profile that the CA is not known to have is replaced by one of its own, and an address gets the one that it needs', async () => {
  const issuers = 'issuers:\n  le: { directory: letsencrypt }\n';
  const other = await mend(`${issuers}${entry('le').replace('names:', 'profile: "long"\n    names:')}`);
  assert.deepEqual(other.titles, [
    'Use the profile classic',
    'Use the profile tlsserver',
    'Use the profile shortlived',
  ]);
  assert.match(other.mended, /^ {4}profile: classic$/m);
  const address = await mend(issuers + entry('le').replace('[shop.example]', '[shop.example, 93.184.216.34]'));
  assert.deepEqual(address.titles, ['Use the profile shortlived']);
  assert.match(address.mended, /^ {4}profile: shortlived$/m);
});

test('what is an alias of another entry is left to the user, and keeps no other fix', async () => {
  const shared = 'x-ca: &ca { type: local, permitted: [a.test] }\nissuers:\n  corp: *ca\n';
  const { titles } = await mend(
    `${shared}certificates:\n  b.test: { issuer: corp }\n  shop.example: { issuer: local }\n`,
  );
  assert.equal(titles[0], 'Add issuer local: a development CA on this machine');
});

test('a mistake behind an anchor is told and mended once, however many use it', async () => {
  const text = `issuers: { le: { directory: letsencrypt } }
x-shared: &shared { issuer: le, profile: long, challenge: { webroot: public } }
certificates:
  a.example.com: { <<: *shared }
  b.example.com: { <<: *shared }
`;
  const { plan, diagnostics } = await readPlan('/w/tls-workbench.yaml', text);
  assert.deepEqual(
    diagnostics.map(({ certificate }) => certificate),
    ['a.example.com', 'b.example.com'],
  );
  assert.equal(distinctDiagnostics(diagnostics).length, 1);
  assert.equal((await planFixes(text, plan)).length, 3);
});
