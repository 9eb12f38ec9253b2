import type { Certificate } from '../certificate.ts';
import { isRoot } from './node.ts';

export interface SentChain {
  /** Each certificate was issued by the next one, other versions of the same CAs left aside. */
  readonly ordered: boolean;
  /** The first that stands where another belongs. */
  readonly misplaced: Certificate | undefined;
  /** From the leaf on, each followed by its issuer, out of what is there. */
  readonly path: readonly Certificate[];
  /** Certificates that are on no path from the leaf, and copies of those that are. */
  readonly strangers: readonly Certificate[];
}

/**
 * How the certificates that a server sends hang together, its own first (RFC 8446 section 4.4.2: order is wanted, not demanded).
 * @param isIssuedBy true also where it cannot be told
 */
export function readSent(
  sent: readonly Certificate[],
  isIssuedBy: (certificate: Certificate, issuer: Certificate) => boolean,
): SentChain {
  const issuersOf = (certificate: Certificate) =>
    isLast(certificate) ? [] : sent.filter((candidate) => isIssuedBy(certificate, candidate));
  const path = sent.slice(0, 1);
  for (let last = path[0]; last !== undefined && path.length < longest; ) {
    last = issuersOf(last).find((issuer) => !path.includes(issuer));
    if (last !== undefined) path.push(last);
  }
  // A CA may be there in several versions, cross-signed or renewed: one client needs this, another that.
  const related = new Set(sent.slice(0, 1));
  for (const certificate of related)
    if (related.size < longest) for (const issuer of issuersOf(certificate)) related.add(issuer);
  const hashes = new Set<string>();
  const isCopy = ({ sha256 }: Certificate) => hashes.size === hashes.add(sha256).size;
  const inOne = sent.filter((certificate) => path.includes(certificate) || !related.has(certificate));
  const misplaced = inOne.find((certificate, index) => index < path.length && path[index] !== certificate);
  return {
    ordered: misplaced === undefined,
    misplaced,
    path,
    strangers: sent.filter((certificate) => isCopy(certificate) || !related.has(certificate)),
  };
}

/** No server sends more; a file with thousands of one name would be looked through for each of them. */
const longest = 30;

/** Whether nothing is above it; a CA that certified its next key with the one before goes on. */
function isLast(certificate: Certificate): boolean {
  return isRoot(certificate) || (certificate.selfIssued && !certificate.isCa);
}
