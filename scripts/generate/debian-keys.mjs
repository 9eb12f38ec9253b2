// Makes media/weak-keys/debian-rsa-2048.bin of a list of Debian's package openssl-blacklist; SOURCE.md beside it tells the form.
// usage: node scripts/generate/debian-keys.mjs /usr/share/openssl-blacklist/blacklist.RSA-2048
import { readFileSync, writeFileSync } from 'node:fs';

/** Bits of a digest that choose its part of the list, and those that the part has of it: 38 together, of ten digits. */
const partBits = 10;
const restBits = 28;
/** Bits of a difference that are written as they are: of 294,912 numbers below 2^38 this takes the least room. */
const plainBits = 19;

const digests = readFileSync(process.argv[2] ?? '', 'latin1')
  .split('\n')
  .filter((line) => /^[0-9a-f]{20}$/.test(line))
  .map((line) => Math.floor(Number.parseInt(line.slice(0, 10), 16) / 4))
  .sort((a, b) => a - b);

const parts = Array.from({ length: 2 ** partBits }, () => '');
let last = 0;
let lastPart = -1;
for (const digest of digests) {
  const part = Math.floor(digest / 2 ** restBits);
  const rest = digest % 2 ** restBits;
  const difference = part === lastPart ? rest - last : rest;
  const high = '1'.repeat(Math.floor(difference / 2 ** plainBits));
  parts[part] += `${high}0${(difference % 2 ** plainBits).toString(2).padStart(plainBits, '0')}`;
  last = rest;
  lastPart = part;
}
const list = Buffer.concat(parts.map((bits) => octetsOf(bits)));
const sizes = Buffer.alloc(2 * parts.length);
for (const [part, bits] of parts.entries()) sizes.writeUInt16BE(Math.ceil(bits.length / 8), 2 * part);
writeFileSync('media/weak-keys/debian-rsa-2048.bin', Buffer.concat([sizes, list]));
console.log(`${digests.length} keys, ${sizes.length + list.length} bytes.`);

function octetsOf(bits) {
  const octets = bits.padEnd(8 * Math.ceil(bits.length / 8), '1').match(/.{8}/g) ?? [];
  return Buffer.from(octets.map((octet) => Number.parseInt(octet, 2)));
}
