import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { lintObject } from '../../src/certificates/lint/content.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { readDebianKeys } from '../../src/certificates/weak-keys/debian-keys.ts';
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
  const counted = list.subarray(0, 65_536).reduce((sum, count) => sum + count, 0);
  assert.equal(counted, 32_768 * 3 * 3);
  assert.equal(list.length, 65_536 + 3 * counted);
});
