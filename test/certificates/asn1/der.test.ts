import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bigIntegerOf,
  bitsOf,
  booleanOf,
  bytesText,
  childrenOf,
  concatBytes,
  contentOf,
  DerError,
  type Element,
  encodingOf,
  expectTag,
  hexOf,
  numberOf,
  octetsOf,
  oidOf,
  readElement,
  sameBytes,
  setBitsOf,
  tags,
} from '../../../src/certificates/asn1/der.ts';

/** Bytes from hex with blanks. */
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const element = (hex: string): Element => readElement(bytes(hex));
const content = (hex: string): string => hexOf(contentOf(element(hex)));

function fault(hex: string, read: (element: Element) => unknown = (each) => each): string {
  try {
    read(element(hex));
  } catch (error) {
    assert.ok(error instanceof DerError);
    assert.ok(!/\n\s+at /.test(error.stack ?? ''), 'it collects no stack');
    return `${error.message} at ${error.offset}`;
  }
  return 'none';
}

test('tags are those of X.680 section 8.6', () => {
  assert.deepEqual(tags, {
    boolean: 1,
    integer: 2,
    bitString: 3,
    octetString: 4,
    null: 5,
    oid: 6,
    enumerated: 10,
    utf8String: 12,
    numericString: 18,
    printableString: 19,
    teletexString: 20,
    ia5String: 22,
    utcTime: 23,
    generalizedTime: 24,
    visibleString: 26,
    universalString: 28,
    bmpString: 30,
    // Constructed (0x20) 16 and 17.
    sequence: 48,
    set: 49,
  });
});

test('an element ends where its length says, in each way of writing it', () => {
  assert.equal(content('04 02 abcd ee'), 'abcd');
  assert.equal(content('04 00'), '');
  assert.equal(content('04 81 02 abcd'), 'abcd');
  assert.equal(content('04 83 000002 abcd ee'), 'abcd');
  assert.equal(content(`04 81 80 ${'11'.repeat(128)} ee`), '11'.repeat(128));
  assert.equal(content(`04 82 0100 ${'22'.repeat(256)}`), '22'.repeat(256));
  assert.equal(element('05 00 ee').next, 2);
  const { start, content: from, end, next, tag } = readElement(bytes('ff 04 02 abcd ee'), 1);
  assert.deepEqual({ start, from, end, next, tag }, { start: 1, from: 3, end: 5, next: 5, tag: 4 });
  assert.equal(hexOf(encodingOf(readElement(bytes('ff 04 02 abcd ee'), 1))), '0402abcd');
});

test('a tag of several bytes (X.690 section 8.1.2.4) is passed over', () => {
  assert.equal(content('bf 1f 01 aa'), 'aa');
  assert.equal(content('bf 81 48 02 aabb'), 'aabb');
  assert.equal(content('9f ffff7f 01 cc'), 'cc');
  assert.equal(element('9f 8148 00').tag, 0x9f);
});

test('an element that is not whole is told with its place', () => {
  assert.equal(fault(''), 'The encoding ends where an element should start at 0');
  assert.equal(fault('04'), 'The encoding ends where an element should start at 0');
  assert.equal(fault('bf 81'), 'The encoding ends inside a tag at 0');
  assert.equal(fault('bf 81 48'), 'The encoding ends inside a tag at 0');
  assert.equal(fault('04 82 01'), 'The encoding ends inside a length at 0');
  assert.equal(fault('04 82 0100'), 'An element says it has 256 bytes, but only 0 are left at 0');
  assert.equal(fault('04 03 abcd'), 'An element says it has 3 bytes, but only 2 are left at 0');
  assert.throws(() => readElement(bytes('04 02 abcd'), 0, 3), /only 1 are left/);
  assert.throws(() => readElement(bytes('04 82 0001 aa'), 0, 3), /inside a length/);
  assert.equal(fault('30 05 0201 0a 0405', childrenOf), 'An element says it has 5 bytes, but only 0 are left at 5');
});

test('an indefinite length (X.690 section 8.1.3.6) ends at its end of contents', () => {
  const { end, next } = element('30 80 0201 05 0401 00 0000 ee');
  assert.deepEqual({ end, next }, { end: 8, next: 10 });
  assert.equal(childrenOf(element('30 80 30 80 020105 0000 0500 0000')).length, 2);
  assert.equal(fault('30 80 020105'), 'An element of indefinite length never ends at 0');
  assert.equal(fault('30 80 020105 00'), 'An element of indefinite length never ends at 0');
  for (const tag of ['04', '05']) assert.equal(fault(`${tag} 80 0000`), 'A primitive element has no length at 0');
  const nested = (depth: number) => '3080'.repeat(depth) + '0000'.repeat(depth);
  assert.equal(fault(nested(32)), 'none');
  assert.equal(fault(nested(33)), 'Elements of indefinite length are nested too deeply at 64');
  assert.match(fault('3080'.repeat(100_000)), /nested too deeply/);
});

test('children are a row of whole elements, and not without end', () => {
  const children = childrenOf(element('30 08 0201 05 0400 0501 00 ee'));
  assert.deepEqual(
    children.map(({ tag, start }) => [tag, start]),
    [
      [2, 2],
      [4, 5],
      [5, 7],
    ],
  );
  assert.deepEqual(childrenOf(element('30 00')), []);
  const many = (count: number) => `30 83 ${(count * 2).toString(16).padStart(6, '0')} ${'0500'.repeat(count)}`;
  assert.equal(childrenOf(element(many(100_000))).length, 100_000);
  assert.equal(fault(many(100_001), childrenOf), 'There are too many elements in one at 0');
});

test('an expected tag is the one, or both are named', () => {
  assert.equal(expectTag(element('0500'), tags.null, 'Nothing').tag, 5);
  assert.equal(
    fault('0500', (each) => expectTag(each, 0x30, 'A name')),
    'A name has the tag 0x05 instead of 0x30 at 0',
  );
  assert.throws(() => expectTag(undefined, 0x30, 'A name'), /^DerError: A name is missing$|A name is missing/);
});

test('strings in parts, as BER has them, are joined', () => {
  for (const tag of ['04', '81']) assert.equal(hexOf(octetsOf(element(`${tag} 02 abcd`))), 'abcd');
  assert.equal(hexOf(octetsOf(element('24 80 0401 ab 2404 0402 cdef 0000'))), 'abcdef');
});

test('bits are numbered from the first one, and unused ones are counted', () => {
  assert.equal(hexOf(bitsOf(element('03 03 05 a0e0'))), 'a0e0');
  assert.deepEqual(setBitsOf(element('03 03 00 8001')), [0, 15]);
  assert.deepEqual(setBitsOf(element('03 02 07 80')), [0]);
  assert.deepEqual(setBitsOf(element('03 02 00 55')), [1, 3, 5, 7]);
  const flags = setBitsOf(element(`03 22 00 ${'ff'.repeat(33)}`));
  assert.deepEqual([flags.length, flags.at(-1)], [256, 255]);
  assert.deepEqual(setBitsOf(element('03 01 00')), []);
  assert.equal(fault('03 00', bitsOf), 'A bit string lacks its first byte at 0');
  assert.equal(fault('03 02 08 80', bitsOf), 'A bit string lacks its first byte at 0');
  // What lies behind the element is no part of it.
  assert.throws(() => bitsOf(readElement(bytes('0300 0401 00'))), /lacks its first byte/);
});

test('numbers have a sign (X.690 section 8.3)', () => {
  const both = (hex: string) => [numberOf(element(hex)), bigIntegerOf(element(hex))];
  assert.deepEqual(both('02 01 00'), [0, 0n]);
  assert.deepEqual(both('02 01 7f'), [127, 127n]);
  assert.deepEqual(both('02 01 80'), [-128, -128n]);
  assert.deepEqual(both('02 02 0080'), [128, 128n]);
  assert.deepEqual(both('02 02 ff7f'), [-129, -129n]);
  assert.deepEqual(both('0a 03 010203'), [66_051, 66_051n]);
  assert.deepEqual(both('02 00'), [0, 0n]);
  assert.equal(bigIntegerOf(element(`02 10 ${'ff'.repeat(16)}`)), -1n);
  assert.equal(bigIntegerOf(element(`02 09 00${'ff'.repeat(8)}`)), 2n ** 64n - 1n);
});

test('anything but zero is true, and nothing is not', () => {
  assert.deepEqual(
    ['01 01 ff', '01 01 01', '01 01 00', '01 00'].map((hex) => booleanOf(element(hex))),
    [true, true, false, false],
  );
  assert.equal(booleanOf(readElement(bytes('0100 ff'))), false);
});

test('object identifiers of each first arc, with large arcs, also when they are read again', () => {
  for (const [hex, dotted] of [
    ['06 03 55 1d 23', '2.5.29.35'],
    ['06 01 27', '0.39'],
    ['06 01 28', '1.0'],
    ['06 01 4f', '1.39'],
    ['06 01 50', '2.0'],
    ['06 02 88 37', '2.999'],
    ['06 06 2a 86 48 86 f7 0d', '1.2.840.113549'],
    [`06 14 69 83 ${'ff'.repeat(17)} 7f`, `2.25.${(3n << 126n) + 2n ** 126n - 1n}`],
    ['06 00', ''],
  ] as const) {
    assert.equal(oidOf(element(hex)), dotted);
    assert.equal(oidOf(element(hex)), dotted);
  }
});

test('an object identifier that is longer than any can be is not written out, which takes quadratic time', () => {
  const ofLength = (length: number) => {
    const count = length.toString(16).padStart(8, '0');
    return oidOf(element(`06 84 ${count} ${'ff'.repeat(length - 1)} 7f`));
  };
  assert.match(ofLength(586), /^2\.\d{1233,}$/);
  assert.equal(ofLength(587), '<INVALID>');
  assert.equal(ofLength(2_000_000), '<INVALID>');
});

test('hexadecimal of any length, with separators too', () => {
  assert.equal(hexOf(bytes('00 0f a0 ff')), '000fa0ff');
  assert.equal(hexOf(bytes('00 0f a0'), ':'), '00:0f:a0');
  for (const length of [0, 1, 2047, 2048, 2049, 5000]) {
    const some = Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff);
    assert.equal(hexOf(some), Buffer.from(some).toString('hex'));
  }
});

test('bytes are counted in words, joined and compared', () => {
  assert.deepEqual([0, 1, 2].map(bytesText), ['0 bytes', '1 byte', '2 bytes']);
  assert.equal(hexOf(concatBytes([bytes('01'), bytes(''), bytes('0203')])), '010203');
  assert.ok(sameBytes(bytes('0102'), bytes('0102')));
  assert.ok(!sameBytes(bytes('0102'), bytes('0103')));
  assert.ok(!sameBytes(bytes('0202'), bytes('0102')));
  assert.ok(!sameBytes(bytes('0102'), bytes('010203')));
  assert.ok(sameBytes(bytes(''), bytes('')));
});
