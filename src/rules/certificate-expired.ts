import { momentText, spanText } from '../certificates/status.ts';
import type { Rule } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { visitedCertificates } from './support/certificates/deployed-certificates.ts';

/** A certificate that every client refuses for its dates. */
export const certificateExpired: Rule = {
  id: 'certificate-expired',
  title: 'The certificate has expired',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const { pair, leaf, otherUses } of visitedCertificates(context)) {
      if (leaf.notAfter >= context.now) continue;
      const ago = spanText(context.now.getTime() - leaf.notAfter.getTime());
      yield {
        message: `The certificate of ${nameOf(leaf)} expired ${ago} ago, on ${momentText(leaf.notAfter)}: clients refuse it. Renew it, and see why nothing renewed it in time.`,
        location: pair.file.location,
        related: otherUses,
      };
    }
  },
};
