import type { Rule } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { visitedCertificates } from './support/certificates/deployed-certificates.ts';

/** A certificate that vouches for itself. */
export const certificateSelfSigned: Rule = {
  id: 'certificate-self-signed',
  title: 'The certificate is self-signed',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const used of visitedCertificates(context)) {
      const { pair, leaf, sent } = used;
      if (!leaf.selfIssued || sent.length > 1) continue;
      // What "openssl req -x509" makes by default: mozilla::pkix and webpki take none of these for a server.
      const evenThen = leaf.isCa ? ', and Firefox and rustls even then, as it is that of a CA (CA:TRUE)' : '';
      yield {
        message: `The certificate of ${nameOf(leaf)} is self-signed: every client that was not told to trust it refuses it${evenThen}. Get one from a CA; over ACME it is free.`,
        location: pair.file.location,
        related: used.otherUses,
      };
    }
  },
};
