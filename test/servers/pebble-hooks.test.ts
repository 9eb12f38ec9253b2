import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { IssuanceHooks } from '../../src/acme/order/steps.ts';
import { readPlan } from '../../src/acme/plan/file.ts';
import { type IssueOptions, issueCertificates } from '../../src/operations/issue.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

// What the editor asks while it issues, answered here without one.
let pebble: Pebble;
let folder: string;

before(async () => {
  pebble = await startPebble();
});
after(async () => await pebble.stop());
beforeEach((context) => {
  folder = mkdtempSync(join(tmpdir(), 'hooks-'));
  if ('after' in context) context.after(() => rmSync(folder, { recursive: true, force: true }));
});

const file = (name: string): string => join(folder, name);
const proof = (): string => `challenge: { webroot: "${pebble.webroot}" }`;
const orders = (): number => pebble.count(/Added order/g);

async function issue(
  output: string,
  hooks: IssuanceHooks,
  more: Partial<IssueOptions> = {},
  fields = `issuer: pebble, ${proof()}`,
) {
  const issuers = `{ first: { directory: "https://127.0.0.1:1/dir", fallback: pebble, agreeToTerms: true }, refusing: { directory: "${pebble.directory}?", ca: ${pebble.caFile}, fallback: pebble, agreeToTerms: true }, pebble: { directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true } }`;
  const entry = `{ names: [a.example.com], output: ${output}, ${fields} }`;
  const { plan } = await readPlan(file('plan.yaml'), `issuers: ${issuers}\ncertificates:\n  a: ${entry}\n`);
  const warnings: string[] = [];
  const [row] = await issueCertificates(plan, [], {
    state: file('state'),
    now: () => new Date(),
    env: {},
    hooks,
    selfCheck: 'off',
    onStep: (step) => void (step.kind === 'warning' && warnings.push(step.message)),
    dryRun: false,
    force: false,
    askRenewalInfo: false,
    parallel: 1,
    ...more,
  });
  assert.ok(row);
  return { row, warnings };
}

test('who does not want the files replaced keeps them, and the certificate waits without another order', async () => {
  const output = '{ combined: a.pem }';
  await issue(output, {});
  const text = readFileSync(file('a.pem'), 'utf8');
  const before = orders();
  const asked: string[][] = [];
  const replace = (answer: boolean) => async (old: string, chain: string, name: string) => {
    asked.push([name, old, chain]);
    return answer;
  };
  const change = `issuer: pebble, key: rsa-2048, ${proof()}`;
  const kept = await issue(output, { replace: replace(false) }, {}, change);
  assert.equal(kept.row.error?.type, 'declined');
  assert.equal(readFileSync(file('a.pem'), 'utf8'), text);
  // What stands against a new order says nothing of one that is through.
  const done = await issue(output, { replace: replace(true), prove: async () => 'It is closed.' }, {}, change);
  assert.equal(done.row.status, 'issued', done.row.error?.detail);
  assert.deepEqual(done.warnings, [], 'who was asked is not told once more');
  assert.equal(orders() - before, 1);
  const [[name, old, chain] = [], second] = asked;
  assert.deepEqual([name, text.includes(old ?? '-'), second?.[2]], ['a', true, chain]);
  assert.ok(readFileSync(file('a.pem'), 'utf8').includes(chain?.split('-----END')[0] ?? '-'));
  const told = await issue(output, {});
  assert.match(
    told.warnings.join(),
    /^Its key is ecdsa-p256 instead of rsa-2048\.$/,
    'what is not notable is not told',
  );
});

test('the file that will hold a key is told before it is there, and none in a dry run', async () => {
  const told: unknown[] = [];
  const keyFile = async (path: string) => void told.push([path, existsSync(path)]);
  await issue('{ combined: b.pem }', { keyFile }, { dryRun: true });
  assert.deepEqual(told, []);
  await issue('{ combined: b.pem }', { keyFile });
  await issue('{ fullchain: c.pem, key: c.key, combined: c.all.pem }', { keyFile }, { force: true });
  assert.deepEqual(told, [
    [file('b.pem'), false],
    [file('c.key'), false],
  ]);
});

test('another CA is asked only where nobody minds', async () => {
  const asked: string[] = [];
  const fallback = (answer: boolean) => async (_message: string, issuer: string) => {
    asked.push(issuer);
    return answer;
  };
  const before = orders();
  const stays = await issue('{ combined: d.pem }', { fallback: fallback(false) }, {}, `issuer: first, ${proof()}`);
  assert.equal(stays.row.error?.type, 'ca-unreachable');
  assert.equal(orders(), before);
  const history = readFileSync(file('state/history.jsonl'), 'utf8');
  const tried = await issue(
    '{ combined: d.pem }',
    { fallback: fallback(true) },
    { dryRun: true },
    `issuer: first, ${proof()}`,
  );
  assert.equal(tried.row.error?.type, 'ca-unreachable', 'a dry run may cost nothing at a CA that is live');
  assert.equal(orders(), before);
  mkdirSync(file('elsewhere'));
  assert.equal(readFileSync(file('state/history.jsonl'), 'utf8'), history, 'nor does it count');
  const elsewhere = 'issuer: refusing, challenge: { webroot: elsewhere }';
  const refused = await issue('{ combined: d.pem }', { fallback: fallback(true) }, {}, elsewhere);
  assert.match(refused.row.error?.type ?? '', /:unauthorized$/);
  assert.equal(orders() - before, 1, 'what one CA finds wrong another would, too');
  const goes = await issue('{ combined: d.pem }', { fallback: fallback(true) }, {}, `issuer: first, ${proof()}`);
  assert.deepEqual([goes.row.status, ...asked], ['issued', 'pebble', 'pebble']);
});

test('what stands against a proof, and a command that is not allowed, cost no order and run nothing', async () => {
  const before = orders();
  const against = await issue('{ combined: e.pem }', { prove: async (name) => `${name} is closed.` });
  assert.equal(against.row.error?.detail, 'No order was placed. a is closed.');
  assert.equal(orders(), before);
  const command = `issuer: pebble, after: [touch, ran], ${proof()}`;
  const refused = await issue('{ combined: e.pem }', { trust: async () => false }, {}, command);
  assert.deepEqual(
    [refused.row.status, refused.row.error?.type],
    ['issued', 'command-not-trusted'],
    refused.row.error?.detail,
  );
  assert.ok(!existsSync(file('ran')));
  await issue('{ combined: e.pem }', { trust: async () => true }, {}, command);
  assert.ok(existsSync(file('ran')), 'in the folder of the plan');
});
