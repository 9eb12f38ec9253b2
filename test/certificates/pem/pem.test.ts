import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificatesIn, readObjects } from '../../../src/certificates/objects.ts';
import { encodePem } from '../../../src/certificates/pem/armour.ts';
import { byteAt, scanPem, textRangeOf } from '../../../src/certificates/pem/pem.ts';
import { nodeCrypto } from '../../../src/host/node-crypto.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { hostile } from '../../support/hostile.ts';
import { fixtureText } from '../fixtures.ts';
import { pemShapes } from '../pem-shapes.ts';

const leaf = fixtureText('leaf.pem');

for (const { name, text, problems, fixed } of pemShapes(leaf, fixtureText('intermediate.pem'))) {
  test(`PEM: ${name}`, () => {
    const { blocks } = scanPem(text);
    assert.deepEqual([...new Set(blocks.flatMap((block) => block.problems.map((problem) => problem.id)))], problems);
    const edits = blocks.flatMap((block) => block.fix ?? []);
    if (!fixed) return;
    const repaired = scanPem(applyEdits(text, edits));
    assert.deepEqual(
      repaired.blocks.flatMap((block) => block.problems),
      [],
    );
    assert.deepEqual(
      repaired.blocks.map((block) => block.bytes),
      blocks.map((block) => block.bytes),
    );
  });
}

test('half a certificate gets no fix that would hide the fault', () => {
  const [block] = scanPem(leaf.slice(0, 400)).blocks;
  assert.equal(block?.problems[0]?.id, 'no-end');
  assert.equal(block?.fix, undefined);
});

test('an END without its BEGIN is told about', () => {
  assert.deepEqual(
    scanPem('-----END CERTIFICATE-----\n').problems.map((problem) => problem.id),
    ['stray-end'],
  );
});

test('UTF-16 is read and refused', () => {
  const content = readObjects(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(leaf, 'utf16le')]), nodeCrypto);
  assert.equal(certificatesIn(content).length, 1);
  assert.deepEqual(
    content.problems.map((problem) => problem.id),
    ['utf-16'],
  );
});

test('a character leads to its byte, and bytes to their characters', () => {
  const [block] = scanPem(leaf).blocks;
  assert.ok(block);
  const offset = block.body.start + 1;
  assert.equal(byteAt(leaf, block, offset), 0);
  assert.equal(byteAt(leaf, block, offset + 4), 3);
  assert.equal(byteAt(leaf, block, block.range.start), undefined);
  const range = textRangeOf(leaf, block, { start: 0, end: 3 });
  assert.equal(leaf.slice(range.start, range.end), 'MIIC'.slice(0, range.end - range.start));
  assert.equal(range.end - range.start, 4);
});

test('hostile texts are scanned to their end', () => {
  for (const textOf of hostile.pem) assert.deepEqual(scanPem(textOf(50_000)), { blocks: [], problems: [] });
  // A text of fields behind a BEGIN line that lost its content: each indented line could be read in twelve ways.
  scanPem(
    `-----BEGIN CERTIFICATE-----\nField: x\n${`${' '.repeat(12)}more of it\n`.repeat(30)}-----BEGIN CERTIFICATE-----\n`,
  );
});

test('what is encoded is scanned again', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
  assert.deepEqual(scanPem(encodePem('THING', bytes)).blocks[0]?.bytes, bytes);
});
