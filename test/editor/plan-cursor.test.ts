import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readPlan } from '../../src/acme/plan/file.ts';
import { keysBeside, planCursor } from '../../src/editor/issuance/plan/plan-cursor.ts';
import { type Schema, schemaKeys, schemaValues } from '../../src/editor/issuance/plan/plan-schema.ts';

/** Where the cursor `|` stands, as `path: position "word"`. */
function at(marked: string): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const cursor = planCursor(text, offset);
  if (cursor === undefined) return 'nowhere';
  return `${cursor.path.join('/')}: ${cursor.position} "${text.slice(cursor.wordStart, offset)}"`;
}

test('keys at the root and below a section', () => {
  assert.equal(at('cert|'), ': key "cert"');
  assert.equal(at('issuers:\n  local: {}\ncertificates:\n  a.example:\n    is|'), 'certificates/a.example: key "is"');
  assert.equal(at('certificates:\n  |'), 'certificates: key ""');
});

test('values, in blocks and in brackets', () => {
  const entry = 'certificates:\n  "a.example":\n';
  assert.equal(at(`${entry}    issuer: st|`), 'certificates/a.example/issuer: value "st"');
  assert.equal(at(`${entry}    names: [a.example, b|`), 'certificates/a.example/names: value "b"');
  assert.equal(at(`${entry}    names:\n      - b|`), 'certificates/a.example/names: value "b"');
  assert.equal(at(`${entry}    challenge: { ty|`), 'certificates/a.example/challenge: key "ty"');
  assert.equal(at(`${entry}    challenge: { type: ht|`), 'certificates/a.example/challenge/type: value "ht"');
  assert.equal(at(`${entry}    challenge: { type: http-01, web|`), 'certificates/a.example/challenge: key "web"');
  assert.equal(at('issuers:\n  ca: { directory: https://ca.|'), 'issuers/ca/directory: value "https://ca."');
});

test('what a block has already is known, above and below, but for the line that is written', () => {
  const beside = (marked: string) => [...keysBeside(marked.replace('|', ''), marked.indexOf('|'))];
  const entry = 'certificates:\n  "a.example":\n    names: [a.example]\n    # key: none\n\n';
  assert.deepEqual(beside(`${entry}    is|\n    output:\n      key: a\n  b.example: {}\n`), ['names', 'output']);
  assert.deepEqual(beside(`${entry}    |issuer: x\n`), ['names']);
  assert.deepEqual(beside(`issuers: {}\n${entry}  c|\n`), ['a.example']);
  assert.deepEqual(beside(`issuers: {}\n${entry}li|`), ['certificates', 'issuers']);
  assert.deepEqual(beside(`${entry}    challenge: { ty|`), [], 'in brackets it is not known');
});

test('nothing is proposed in a comment', () => {
  assert.equal(at('certificates: # my |'), 'nowhere');
});

test('the schema of the package gives keys and values for a place', () => {
  const schema = JSON.parse(readFileSync('media/tls-workbench.schema.json', 'utf8')) as Schema;
  const words = (found: readonly { readonly word: string }[]) => found.map(({ word }) => word);
  assert.deepEqual(words(schemaKeys(schema, [])).sort(), ['certificates', 'issuers', 'lint']);
  assert.ok(words(schemaKeys(schema, ['certificates', 'a.example'])).includes('issuer'));
  assert.ok(words(schemaKeys(schema, ['issuers', 'any'])).includes('permitted'));
  assert.deepEqual(words(schemaValues(schema, ['certificates', 'a.example', 'key'])).slice(0, 2), [
    'ecdsa-p256',
    'ecdsa-p384',
  ]);
  assert.ok(words(schemaValues(schema, ['lint', 'profile'])).includes('modern'));
});

const places: readonly (readonly [path: readonly string[], plan: string])[] = [
  [[], 'zzzz: 1\n'],
  [['issuers', 'x'], 'issuers: { x: { directory: letsencrypt-staging, zzzz: 1 } }\n'],
  [['issuers', 'x', 'eab'], 'issuers: { x: { directory: letsencrypt-staging, eab: { kid: a, zzzz: 1 } } }\n'],
  [['certificates', 'x.test'], 'certificates: { x.test: { issuer: a, zzzz: 1 } }\n'],
  [['certificates', 'x.test', 'challenge'], 'certificates: { x.test: { issuer: a, challenge: { zzzz: 1 } } }\n'],
  [
    ['certificates', 'x.test', 'challenge', 'rfc2136'],
    'certificates: { x.test: { issuer: a, challenge: { type: dns-01, rfc2136: { server: a, zzzz: 1 } } } }\n',
  ],
  [['certificates', 'x.test', 'output'], 'certificates: { x.test: { issuer: a, output: { zzzz: 1 } } }\n'],
];
for (const [path, plan] of places) {
  test(`the schema has the keys that a plan may have at /${path.join('/')}`, async () => {
    const schema = JSON.parse(readFileSync('media/tls-workbench.schema.json', 'utf8')) as Schema;
    const { diagnostics } = await readPlan('/w/tls-workbench.yaml', plan);
    const known = diagnostics.flatMap(({ message }) => / takes no "zzzz"\. Known: (.*)\.$/.exec(message)?.[1] ?? []);
    const keys = schemaKeys(schema, path).map(({ word }) => word);
    // A local issuer has one key more.
    const own = path.length === 2 && path[0] === 'issuers' ? keys.filter((key) => key !== 'permitted') : keys;
    assert.deepEqual(own.sort(), known[0]?.split(', ').sort());
  });
}
