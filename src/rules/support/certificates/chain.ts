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
  /** Each certificate was issued by the next one. */
  readonly ordered: boolean;
  /** From the leaf on, each followed by its issuer, out of what is there. */
  readonly path: readonly Certificate[];
  /** Certificates that are on no path from the leaf. */
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
  const path = sent.slice(0, 1);
  for (;;) {
    const last = path.at(-1);
    // A CA that certified its next key with the one before goes on.
    if (last === undefined || isRoot(last) || (last.selfIssued && !last.isCa)) break;
    const issuer = sent.find((candidate) => !path.includes(candidate) && isIssuedBy(last, candidate));
    if (issuer === undefined) break;
    path.push(issuer);
  }
  return {
    ordered: path.every((certificate, index) => sent[index] === certificate),
    path,
    strangers: sent.filter((certificate) => !path.includes(certificate)),
  };
}
