import { type Crypto, type Host, isUnreadable } from '../../host/host.ts';
import { contentOf, type Element, hexOf } from '../asn1/der.ts';
import { bitLengthOf } from '../asn1/public-key.ts';

/** Size of the RSA keys that the list knows; others are not judged. */
const listedBits = 2048;
/** Bits of a digest that choose its part of the list, and bits of a difference written plainly. */
const partBits = 10;
const plainBits = 19;
const parts = 2 ** partBits;

/** Part `i` of the list is what lies between `starts[i]` and `starts[i + 1]`. */
interface KeyList {
  readonly octets: Uint8Array;
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

/** The list begins with the sizes of its parts, two octets each. */
function keyListOf(octets: Uint8Array, crypto: Crypto): KeyList | undefined {
  const starts = new Uint32Array(parts + 1);
  starts[0] = 2 * parts;
  for (let part = 0; part < parts; part++) {
    const size = ((octets[2 * part] ?? 0) << 8) | (octets[2 * part + 1] ?? 0);
    starts[part + 1] = (starts[part] as number) + size;
  }
  return octets.length === starts[parts] ? { octets, starts, crypto } : undefined;
}

/**
 * Whether an RSA key is one of Debian's. 38 bits are compared, with 294,912 numbers: of 930,000 other keys of that size,
 * chance makes one look so. Each bit less would save 37 kB of the package and double that chance.
 * @param modulus an INTEGER
 */
export function isDebianKey(modulus: Element): boolean {
  if (known === undefined || bitLengthOf(modulus) !== listedBits) return false;
  const { octets, starts, crypto } = known;
  const hex = hexOf(contentOf(modulus)).replace(/^00/, '').toUpperCase();
  // The list has the last ten octets of the digest over what `openssl rsa -modulus` prints.
  const digest = crypto.digest('sha1', new TextEncoder().encode(`Modulus=${hex}\n`)).subarray(10);
  const [a, b, c, d, e] = digest as unknown as readonly [number, number, number, number, number];
  const part = (a << 2) | (b >> 6);
  const rest = ((b & 0b11_1111) << 22) | (c << 14) | (d << 6) | (e >> 2);
  return numbersOf(octets.subarray(starts[part], starts[part + 1])).includes(rest);
}

/**
 * The numbers of a part, ascending. Of each its difference to the one before is written: the high bits as so many ones and
 * a zero, then the low ones as they are (a Rice code). Ones at the end fill the last octet.
 */
export function numbersOf(part: Uint8Array): readonly number[] {
  const numbers: number[] = [];
  const end = 8 * part.length;
  let number = 0;
  for (let at = 0; at < end; ) {
    let ones = 0;
    let more = Math.clz32(~bitsAt(part, at));
    for (; more >= sureBits; more = Math.clz32(~bitsAt(part, at + ones))) ones += sureBits;
    ones += more;
    at += ones + 1;
    if (at > end) break;
    number += ones * 2 ** plainBits + (bitsAt(part, at) >>> (32 - plainBits));
    at += plainBits;
    numbers.push(number);
  }
  return numbers;
}

/** Bits of four octets that are there from each place within the first. */
const sureBits = 25;

/** Bits from a place on, the first one highest; zeros behind the end. */
function bitsAt(part: Uint8Array, at: number): number {
  const octet = (index: number): number => part[(at >> 3) + index] ?? 0;
  return ((octet(0) << 24) | (octet(1) << 16) | (octet(2) << 8) | octet(3)) << (at & 7);
}
