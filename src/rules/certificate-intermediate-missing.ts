import type { Rule } from './rule.ts';
import { readChain } from './support/certificates/chain.ts';
import { startsWithCa, visitedCertificates } from './support/certificates/deployed-certificates.ts';

/** A chain that ends before anything a client could trust. */
export const certificateIntermediateMissing: Rule = {
  id: 'certificate-intermediate-missing',
  title: 'An intermediate certificate is missing',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const { pair, sent, otherUses } of visitedCertificates(context)) {
      if (startsWithCa(sent)) continue;
      const { path } = readChain(context, sent);
      const last = path.at(-1);
      // A leaf that says where its issuer can be had was issued by an intermediate; roots of private CAs issue too.
      if (path.length !== 1 || last === undefined || last.selfIssued || last.caIssuersUrls.length === 0) continue;
      yield {
        message: `${pair.file.value} lacks the intermediate certificate ${last.issuer}: browsers may find it by themselves, but most other programs cannot and refuse the connection. Append it to the file; it is at ${last.caIssuersUrls[0]}.`,
        location: pair.file.location,
        related: otherUses,
      };
    }
  },
};
