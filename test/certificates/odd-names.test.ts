import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readElement, tags } from '../../src/certificates/asn1/der.ts';
import { addressOf, addressRangeOf } from '../../src/certificates/asn1/general-names.ts';
import { nameOf } from '../../src/certificates/asn1/names.ts';
import { oid, sequence, write } from '../../src/certificates/asn1/write.ts';

type Pair = readonly [type: string, tag: number, bytes: Uint8Array];

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();
const relative = (...pairs: readonly Pair[]) =>
  write(tags.set, ...pairs.map(([type, tag, bytes]) => sequence(oid(type), write(tag, bytes))));
const written = (...relatives: readonly Uint8Array[]) => nameOf(readElement(sequence(...relatives)));
const common = (tag: number, bytes: Uint8Array) => written(relative(['2.5.4.3', tag, bytes]));

test('names are written as OpenSSL writes them (-nameopt RFC2253)', () => {
  const texts = {
    Example: 'Example',
    ' lead': '\\ lead',
    'trail ': 'trail\\ ',
    'in between': 'in between',
    ' ': '\\ ',
    '#hash': '\\#hash',
    'no#hash': 'no#hash',
    'a=b': 'a=b',
    'a,b+c"d\\e<f>;g': 'a\\,b\\+c\\"d\\\\e\\<f\\>\\;g',
    'a\0b\n': 'a\\00b\\0A',
    '': '',
    Ключ: 'Ключ',
  };
  for (const [text, shown] of Object.entries(texts)) {
    assert.equal(common(tags.utf8String, utf8(text)), `CN=${shown}`);
    assert.equal(common(tags.bmpString, utf16(text)), `CN=${shown}`);
  }
  assert.equal(common(tags.printableString, utf8('it’s')), 'CN=it’s');
  assert.equal(common(tags.teletexString, Buffer.from('Exämple', 'latin1')), 'CN=Exämple');
  assert.equal(common(tags.universalString, Buffer.from([0, 0, 0x65, 0xe5, 0, 1, 0xf6, 0])), 'CN=日😀');
  assert.equal(common(tags.universalString, Buffer.from([0, 0x11, 0, 0])), 'CN=\ufffd');
  assert.equal(common(tags.integer, Buffer.from([5])), 'CN=#020105');
});

test('parts come last first, those of one part too, and unknown types by their number', () => {
  const part = (type: string, text: string): Pair => [type, tags.utf8String, utf8(text)];
  const names = [relative(part('2.5.4.6', 'DE'), part('2.5.4.10', 'O')), relative(part('1.2.3.4', 'x')), relative()];
  assert.equal(written(...names), '1.2.3.4=#0C0178,O=O+C=DE');
  assert.equal(written(relative(part('0.9.2342.19200300.100.1.25', 'example'))), 'DC=example');
  assert.equal(written(), '');
});

test('addresses are as short as they may be, and ranges show masks with holes', () => {
  const address = (hex: string) => addressOf(Buffer.from(hex, 'hex'));
  assert.equal(address('c0000201'), '192.0.2.1');
  assert.equal(address('20010db8000000000000000000000001'), '2001:db8::1');
  assert.equal(address('20010db8000100000001000000000001'), '2001:db8:1:0:1::1');
  assert.equal(address('20010db8000100010001000100010000'), '2001:db8:1:1:1:1:1:0');
  assert.equal(address('00000000000000000000000000000000'), '::');
  assert.equal(address('010203'), '010203');
  const range = (hex: string) => addressRangeOf(Buffer.from(hex, 'hex'));
  assert.equal(range('0a000000ff000000'), '10.0.0.0/8');
  assert.equal(range('c0000280ffffffc0'), '192.0.2.128/26');
  assert.equal(range('0a000000ff00ff00'), '10.0.0.0/255.0.255.0');
  assert.equal(range('00000000ffffffff'), '0.0.0.0/32');
  assert.equal(range(`20010db8${'00'.repeat(12)}ffffffff${'00'.repeat(12)}`), '2001:db8::/32');
  assert.equal(range('0a0000'), '0a0000');
});
