import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shake } from '../../src/certificates/keys/keccak.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('SHAKE as NIST has it, of nothing and of more than a block', () => {
  assert.equal(hex(shake(128, new Uint8Array(0), 16)), '7f9c2ba4e88f827d616045507605853e');
  assert.equal(hex(shake(256, new Uint8Array(0), 16)), '46b9dd2b0ba88d13233b3feb743eeb24');
  const long = shake(128, new Uint8Array(200).fill(0xa3), 400);
  assert.equal(hex(long.subarray(0, 8)), '131ab8d2b594946b');
  assert.equal(hex(long.subarray(0, 200)), hex(shake(128, new Uint8Array(200).fill(0xa3), 200)));
});

/** SHA-256 of the SubjectPublicKeyInfo that OpenSSL 3.5.9 computes from the seed 00 01 … 1f. */
const pins = {
  'ML-DSA-44': '837832708c5236d951581f1fddf2b79991b3424a0486d16da1ddad0fd69701be',
  'ML-DSA-65': 'b8b62131bfbe84433efb2273d7f5b87f7a22854a2cfd366fc2aead86d837c52d',
  'ML-DSA-87': '07e57c4f14dbad1267f621ec3777b4e2e6c4fbc4c22fbb87510ff8e0b3c6a642',
};

for (const [index, [name, pin]] of Object.entries(pins).entries()) {
  test(`the public key of ${name} follows from the seed that its key holds`, () => {
    const seed = Uint8Array.from({ length: 32 }, (_, at) => at);
    const algorithm = `300b06096086480165030403${(0x11 + index).toString(16)}`;
    const key = Buffer.from(`3034020100${algorithm}04228020${hex(seed)}`, 'hex');
    // A library that knows the kind would answer for us.
    const [object] = readObjects(key, { ...nodeCrypto, publicKey: () => undefined }).objects;
    assert.ok(object?.kind === 'privateKey');
    assert.equal(object.key.publicKey?.algorithm, name);
    assert.equal(object.key.spkiSha256, pin);
  });
}

test('a key of ML-DSA that is cut short has no public half, and is named all the same', () => {
  const key = Buffer.from(`3022020100300b0609608648016503040311${'0410'}${'8'.repeat(32)}`, 'hex');
  const [object] = readObjects(key, { ...nodeCrypto, publicKey: () => undefined }).objects;
  assert.ok(object?.kind === 'privateKey');
  assert.equal(object.key.publicKey?.algorithm, 'ML-DSA-44');
  assert.equal(object.key.spkiSha256, undefined);
});
