import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { keyPath, loadOrder, type OrderRecord, saveOrder } from '../../src/acme/order/order.ts';
import { readPlan } from '../../src/acme/plan/file.ts';
import type { StagedFile } from '../../src/acme/store/output.ts';
import { certificateId, openStore } from '../../src/acme/store/store.ts';
import { finishInstall } from '../../src/operations/install.ts';
import { createWorkplace, type Workplace } from '../support/issuance.ts';

let place: Workplace;
const places: Workplace[] = [];
beforeEach(() => {
  place = createWorkplace();
  places.push(place);
});
after(() => {
  for (const each of places) each.remove();
});

const file = (name: string): string => join(place.folder, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');
const issuedEntries = (): number => read('state/history.jsonl').match(/"event":"issued"/g)?.length ?? 0;

/** What a run leaves that was killed as it wrote a certificate and its key, which are in place; `more` is what it had not written yet. */
async function killed(more: readonly string[] = []) {
  const text = (files: string) =>
    `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { a.test: { issuer: local, output: { ${files} }, after: [touch, ran] } }\n`;
  const files = ['certificate: a.crt', 'key: a.key'];
  writeFileSync(file('tls-workbench.yaml'), text(files.join(', ')));
  await place.run('issue', '--trust');
  const { plan } = await readPlan(file('tls-workbench.yaml'), text([...files, ...more].join(', ')));
  const planned = plan.certificates.get('a.test');
  assert.ok(planned);
  const store = await openStore(file('state'));
  const id = certificateId(plan, 'a.test');
  const path = (name: string) => ({ path: file(name), temporary: file(`${name}.0123456789ab.tmp`) });
  const staged: readonly StagedFile[] = [
    { kind: 'certificate', ...path('a.crt') },
    { kind: 'key', ...path('a.key') },
  ];
  const record: OrderRecord = {
    version: 1,
    certificate: 'a.test',
    plan: plan.file,
    wanted: '',
    directory: 'local',
    created: '',
    order: undefined,
    chain: read('a.crt'),
    staged,
    replaces: undefined,
  };
  writeFileSync(keyPath(store, id), read('a.key'));
  await saveOrder(store, id, record);
  const steps: string[] = [];
  const finish = (staging = staged) =>
    finishInstall(
      plan,
      planned,
      { ...record, staged: staging },
      {
        store,
        certificateId: id,
        now: () => new Date(),
        env: {},
        hooks: {},
        selfCheck: 'off',
        onStep: ({ kind }) => void steps.push(kind),
      },
    );
  return { store, id, staged, steps, finish };
}

test('what is written and noted already is not noted twice, and what lies beside its place goes', async () => {
  const { store, id, staged, steps, finish } = await killed();
  for (const { temporary } of staged) writeFileSync(temporary, 'half');
  const [certificate, key] = [read('a.crt'), read('a.key')];
  await finish();
  assert.deepEqual([read('a.crt'), read('a.key'), issuedEntries(), steps], [certificate, key, 1, ['install']]);
  assert.deepEqual(
    readdirSync(place.folder).filter((name) => name.endsWith('.tmp')),
    [],
  );
  assert.equal(await loadOrder(store, id), undefined);
  assert.ok(!existsSync(keyPath(store, id)));
  assert.match(readdirSync(file('state/orders')).join(), /^a\.test-\w+\.after\.json$/, 'its command is owed');
});

test('what had been renamed no more is written, and noted', async () => {
  const { finish } = await killed();
  const [certificate, key] = [read('a.crt'), read('a.key')];
  rmSync(file('state/history.jsonl'));
  writeFileSync(file('a.crt'), 'old');
  await finish();
  assert.deepEqual([read('a.crt'), read('a.key'), issuedEntries()], [certificate, key, 1]);
});

test('where the plan names other files by now, nothing is written, and the certificate waits for the rest of the run', async () => {
  const { store, id, steps, finish } = await killed(['chain: a.chain']);
  await finish();
  const record = await loadOrder(store, id);
  assert.deepEqual([record?.staged, typeof record?.chain, steps], [undefined, 'string', []]);
  assert.ok(!existsSync(file('a.chain')) && existsSync(keyPath(store, id)));
  mkdirSync(file('elsewhere'));
  await finish([
    { kind: 'certificate', path: file('a.crt'), temporary: file('a.crt.0123456789ab.tmp') },
    { kind: 'key', path: file('elsewhere/a.key'), temporary: file('elsewhere/a.key.0123456789ab.tmp') },
    { kind: 'chain', path: file('a.chain'), temporary: file('a.chain.0123456789ab.tmp') },
  ]);
  assert.deepEqual(steps, []);
});

test('a file that the plan names no more is not written', async () => {
  const { staged, steps, finish } = await killed();
  await finish([...staged, { kind: 'chain', path: file('a.chain'), temporary: file('a.chain.0123456789ab.tmp') }]);
  assert.deepEqual([steps, existsSync(file('a.chain'))], [[], false]);
});
