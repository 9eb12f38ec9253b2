import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addToPlan, setValue } from '../../../src/acme/plan/edit.ts';
import { readPlan } from '../../../src/acme/plan/file.ts';
import { applyEdits } from '../../../src/text/edit.ts';

const entry = {
  name: 'b.test',
  fields: { names: ['b.test', '*.b.test'], issuer: 'local', output: { key: 'b.key', fullchain: 'b.pem' } },
};

const text = `# Ours.
issuers:   # who
  local: {type: local, permitted: ["*.test"]}

certificates:
    # the first
    a.test:
        issuer: local   # here
        key: rsa-2048

# the end
`;

test('an entry comes behind the last one, in its indent, and all else stays', async () => {
  const result = await addToPlan(text, { certificates: [entry] });
  assert.equal(
    result,
    text.replace(
      'rsa-2048\n',
      `rsa-2048
    b.test:
        names: [b.test, "*.b.test"]
        issuer: local
        output: { key: b.key, fullchain: b.pem }
`,
    ),
  );
  const { plan, diagnostics } = await readPlan('/p.yaml', result);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual([...plan.certificates.keys()], ['a.test', 'b.test']);
});

test('an empty text becomes a plan, a missing section is added, an empty one is filled', async () => {
  const issuer = { name: 'local', fields: { type: 'local', permitted: ['*.test'] } };
  for (const start of ['', 'certificates:\n', 'lint: { profile: modern }', 'certificates: {}\n', 'issuers: { }\n']) {
    const { plan, diagnostics } = await readPlan(
      '/p.yaml',
      await addToPlan(start, { issuers: [issuer], certificates: [entry] }),
    );
    assert.deepEqual(diagnostics, [], start);
    assert.equal(plan.certificates.size, 1);
    assert.equal(plan.issuers.size, 1);
  }
});

test('line ends of Windows stay', async () => {
  const result = await addToPlan(text.replaceAll('\n', '\r\n'), { certificates: [entry] });
  assert.ok(!/[^\r]\n/.test(result));
});

test('an entry that exists is not added again', async () => {
  await assert.rejects(
    addToPlan(text, { certificates: [{ ...entry, name: 'a.test' }] }),
    /has "a\.test" below "certificates" already/,
  );
});

test('one value is changed or added, in block and flow style, comments kept', async () => {
  const change = async (path: readonly string[], value: string | boolean) =>
    applyEdits(text, await setValue(text, path, value));
  assert.equal(
    await change(['certificates', 'a.test', 'issuer'], 'other'),
    text.replace('issuer: local ', 'issuer: other '),
  );
  assert.equal(
    await change(['certificates', 'a.test', 'profile'], 'x, y'),
    text.replace('rsa-2048\n', 'rsa-2048\n        profile: "x, y"\n'),
  );
  assert.equal(await change(['issuers', 'local', 'type'], 'acme'), text.replace('type: local', 'type: acme'));
  assert.equal(
    await change(['issuers', 'local', 'agreeToTerms'], true),
    text.replace('["*.test"]}', '["*.test"], agreeToTerms: true }'),
  );
});

test('thousands of entries are added in one pass, each as it would be alone', async () => {
  const certificates = Array.from({ length: 3000 }, (_, index) => ({
    name: `h${index}.test`,
    fields: { names: [`h${index}.test`], issuer: 'local' },
  }));
  const text = await addToPlan('certificates:\n  a.test: {}\n# end\n', { certificates });
  assert.match(text, /^ {2}a\.test: \{\}\n {2}h0\.test:\n {4}names: \[h0\.test\]\n {4}issuer: local\n {2}h1\.test:$/m);
  assert.equal(text.match(/^ {2}h\d+\.test:$/gm)?.length, 3000);
  const flow = await addToPlan('certificates: { a.test: {} }\n', { certificates: certificates.slice(0, 2) });
  assert.match(flow, /\{ a\.test: \{\}, h0\.test: \{.*\}, h1\.test: \{.*\} \}/);
});
