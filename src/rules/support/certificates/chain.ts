import type { Certificate } from '../../../certificates/certificate.ts';
import { isRoot } from '../../../certificates/chain/node.ts';
import { remember, rememberHere } from '../../../memory/remember.ts';
import type { RuleContext } from '../../rule.ts';

/** True where `issuer` may have signed `certificate`, by names and, where both have them, key identifiers. */
function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean {
  if (issuer.subject !== certificate.issuer) return false;
  const { authorityKeyIdentifier } = certificate;
  return (
    authorityKeyIdentifier === undefined ||
    issuer.subjectKeyIdentifier === undefined ||
    authorityKeyIdentifier === issuer.subjectKeyIdentifier
  );
}

export interface SentChain {
  /** Each certificate was issued by the next one, other versions of the same CAs left aside. */
  readonly ordered: boolean;
  /** From the leaf on, each followed by its issuer, out of what is there. */
  readonly path: readonly Certificate[];
  /** Certificates that are on no path from the leaf, and copies of those that are. */
  readonly strangers: readonly Certificate[];
}

/** How the certificates that a server sends hang together (RFC 8446 section 4.4.2: order is wanted, not demanded). */
export function readChain(context: RuleContext, sent: readonly Certificate[]): SentChain {
  return chainsOf(context)(sent);
}

const chainsOf = remember(({ isIssuedBy }: RuleContext) =>
  rememberHere((sent: readonly Certificate[]) =>
    chainOf(sent, isIssuedBy ?? ((certificate, issuer) => mayHaveIssued(issuer, certificate))),
  ),
);

function chainOf(sent: readonly Certificate[], isIssuedBy: NonNullable<RuleContext['isIssuedBy']>): SentChain {
  const issuersOf = (certificate: Certificate) =>
    isLast(certificate) ? [] : sent.filter((candidate) => isIssuedBy(certificate, candidate));
  const path = sent.slice(0, 1);
  for (let last = path[0]; last !== undefined; ) {
    last = issuersOf(last).find((issuer) => !path.includes(issuer));
    if (last !== undefined) path.push(last);
  }
  // A CA may be there in several versions, cross-signed or renewed: one client needs this, another that.
  const related = new Set(sent.slice(0, 1));
  for (const certificate of related) for (const issuer of issuersOf(certificate)) related.add(issuer);
  const hashes = new Set<string>();
  const isCopy = ({ sha256 }: Certificate) => hashes.size === hashes.add(sha256).size;
  const inOne = sent.filter((certificate) => path.includes(certificate) || !related.has(certificate));
  return {
    ordered: path.every((certificate, index) => inOne[index] === certificate),
    path,
    strangers: sent.filter((certificate) => isCopy(certificate) || !related.has(certificate)),
  };
}

/** Whether nothing is above it; a CA that certified its next key with the one before goes on. */
function isLast(certificate: Certificate): boolean {
  return isRoot(certificate) || (certificate.selfIssued && !certificate.isCa);
}
