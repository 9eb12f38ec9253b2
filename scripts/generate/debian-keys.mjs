// Makes media/weak-keys/debian-rsa-2048.bin of a list of Debian's package openssl-blacklist.
// usage: node scripts/generate/debian-keys.mjs /usr/share/openssl-blacklist/blacklist.RSA-2048
import { readFileSync, writeFileSync } from 'node:fs';

const prefixes = 65_536;
/** Octets of a digest that are kept behind the two that choose its place. */
const kept = 3;

const digests = readFileSync(process.argv[2] ?? '', 'latin1')
  .split('\n')
  .filter((line) => /^[0-9a-f]{20}$/.test(line))
  .map((line) => line.slice(0, 2 * (2 + kept)))
  .sort();
const list = Buffer.alloc(prefixes + kept * digests.length);
for (const [index, digest] of digests.entries()) {
  const prefix = Number.parseInt(digest.slice(0, 4), 16);
  list[prefix] = (list[prefix] ?? 0) + 1;
  list.write(digest.slice(4), prefixes + kept * index, 'hex');
}
writeFileSync('media/weak-keys/debian-rsa-2048.bin', list);
console.log(`${digests.length} keys, ${list.length} bytes.`);
