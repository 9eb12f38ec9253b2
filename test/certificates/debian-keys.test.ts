import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { lintObject } from '../../src/certificates/lint/content.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { numbersOf, readDebianKeys } from '../../src/certificates/weak-keys/debian-keys.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { nodeFiles } from '../../src/host/node-files.ts';
import { now } from './fixtures.ts';

before(() => readDebianKeys('media', { files: nodeFiles, crypto: nodeCrypto }));

/** The public key that the project badkeys tests with: made by a system with CVE-2008-0166. */
const debian = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAwJZTDExKND/DiP+LbhTIi2F0hZZt0PdX897LLwPf3+b1GOCUj1OH
BZvVqhJPJtOPE53W68I0NgVhaJdY6bFOA/cUUIFnN0y/ZOJOJsPNle1aXQTjxAS+
FXu4CQ6a2pzcU+9+gGwed7XxAkIVCiTprfmRCI2vIKdb61S8kf5D3YdVRH/Tq977
nxyYeosEGYJFBOIT+N0mqca37S8hA9hCJyD3p0AM40dD5M5ARAxpAT7+oqOXkPzf
zLtCTaHYJK3+WAce121Br4NuQJPqYPVxniUPohT4YxFTqB7vwX2C4/gZ2ldpHtlg
JVAHT96nOsnlz+EPa5GtwxtALD43CwOlWQIDAQAB
-----END RSA PUBLIC KEY-----
`;

const messagesOf = (text: string): string[] =>
  readObjects(new TextEncoder().encode(text), nodeCrypto).objects.flatMap((object) =>
    lintObject(object, [], { crypto: nodeCrypto, now }).map(({ message }) => message),
  );

test('a key of the broken OpenSSL of Debian is found', () => {
  assert.match(messagesOf(debian).join(' '), /broken OpenSSL of Debian/);
});

test('a key with one other bit in its modulus is not', () => {
  // The last octet of the modulus, 0x59, lies before the exponent `AgMBAAE`.
  assert.doesNotMatch(messagesOf(debian.replace('CwOlWQIDAQAB', 'CwOlWwIDAQAB')).join(' '), /Debian/);
});

test('the list holds as many keys as there are processes, kinds of machines and states of ~/.rnd', () => {
  const list = readFileSync('media/weak-keys/debian-rsa-2048.bin');
  const sizes = Array.from({ length: 1_024 }, (_, part) => list.readUInt16BE(2 * part));
  let start = 2 * sizes.length;
  let counted = 0;
  for (const size of sizes) {
    const numbers = numbersOf(list.subarray(start, start + size));
    assert.ok(numbers.every((number, index) => number < 2 ** 28 && number > (numbers[index - 1] ?? -1)));
    start += size;
    counted += numbers.length;
  }
  assert.equal(counted, 32_768 * 3 * 3);
  assert.equal(list.length, start);
});

test('what follows the last number of a part is no number', () => {
  // 2^19 + 5, then three: a one and a zero with 19 bits, a zero with 19 bits, and ones up to the octet's end.
  const bits = `10${(5).toString(2).padStart(19, '0')}0${(3).toString(2).padStart(19, '0')}1111111`;
  const part = Uint8Array.from(bits.match(/.{8}/g) ?? [], (octet) => Number.parseInt(octet, 2));
  assert.deepEqual(numbersOf(part), [2 ** 19 + 5, 2 ** 19 + 8]);
  assert.deepEqual(numbersOf(new Uint8Array()), []);
});
