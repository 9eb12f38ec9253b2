import type { Certificate } from '../../../certificates/certificate.ts';
import { readSent, type SentChain } from '../../../certificates/chain/sent.ts';
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

/** How the certificates that a server sends hang together. */
export function readChain(context: RuleContext, sent: readonly Certificate[]): SentChain {
  return chainsOf(context)(sent);
}

const chainsOf = remember(({ isIssuedBy }: RuleContext) =>
  rememberHere((sent: readonly Certificate[]) =>
    readSent(sent, isIssuedBy ?? ((certificate, issuer) => mayHaveIssued(issuer, certificate))),
  ),
);
