import { type Crypto, type Host, isUnreadable } from '../../host/host.ts';
import { contentOf, type Element, hexOf } from '../asn1/der.ts';
import { bitLengthOf } from '../asn1/public-key.ts';

/** Size of the RSA keys that the list knows; others are not judged. */
const listedBits = 2048;
/** Values of the first two octets of a digest, which choose its place. */
const prefixes = 65_536;
/** Octets that are kept behind those two. */
const kept = 3;

/** `starts[i]` is the first entry whose digest begins with `i`. */
interface KeyList {
  readonly entries: Uint8Array;
  readonly starts: Uint32Array;
  readonly crypto: Crypto;
}

let known: KeyList | undefined;

/**
 * From 2006 to 2008 the OpenSSL of Debian and Ubuntu (0.9.8c-1 to 0.9.8g-8) drew its random numbers from nothing but the
 * number of its process, of which there are 32,768 (CVE-2008-0166). The package's list, see `media/weak-keys/SOURCE.md`,
 * holds all RSA keys of 2048 bits that came of it. It is read once; until then, and where it cannot be read, no key is
 * found and all other checks go on.
 * @param media where the package keeps its lists
 */
export async function readDebianKeys(media: string, { files, crypto }: Pick<Host, 'files' | 'crypto'>): Promise<void> {
  if (known !== undefined) return;
  const list = await files.read(`${media}/weak-keys/debian-rsa-2048.bin`);
  if (!isUnreadable(list)) known = keyListOf(list, crypto);
}

function keyListOf(list: Uint8Array, crypto: Crypto): KeyList | undefined {
  const starts = new Uint32Array(prefixes + 1);
  for (let prefix = 0; prefix < prefixes; prefix++) {
    starts[prefix + 1] = (starts[prefix] as number) + (list[prefix] ?? 0);
  }
  const entries = list.subarray(prefixes);
  return entries.length === (starts[prefixes] as number) * kept ? { entries, starts, crypto } : undefined;
}

/**
 * Whether an RSA key is one of Debian's. Five octets are compared: of four million other keys, chance makes one look so.
 * @param modulus an INTEGER
 */
export function isDebianKey(modulus: Element): boolean {
  if (known === undefined || bitLengthOf(modulus) !== listedBits) return false;
  const { entries, starts, crypto } = known;
  const hex = hexOf(contentOf(modulus)).replace(/^00/, '').toUpperCase();
  // The list has the last ten octets of the digest over what `openssl rsa -modulus` prints.
  const digest = crypto.digest('sha1', new TextEncoder().encode(`Modulus=${hex}\n`)).subarray(10);
  const [a, b, c, d, e] = digest as unknown as readonly [number, number, number, number, number];
  const prefix = a * 256 + b;
  for (let entry = starts[prefix] as number; entry < (starts[prefix + 1] as number); entry++) {
    const at = entry * kept;
    if (entries[at] === c && entries[at + 1] === d && entries[at + 2] === e) return true;
  }
  return false;
}
