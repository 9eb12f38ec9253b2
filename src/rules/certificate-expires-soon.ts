import { daysLeft, momentText, spanText, urgencyOf } from '../certificates/status.ts';
import type { Rule } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { visitedCertificates } from './support/certificates/deployed-certificates.ts';

/** However long a certificate lives, a month is time enough to renew it. */
const mostDays = 30;

/** A certificate that should have been renewed by now. */
export const certificateExpiresSoon: Rule = {
  id: 'certificate-expires-soon',
  title: 'The certificate expires soon',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const used of visitedCertificates(context)) {
      const { pair, leaf } = used;
      if (urgencyOf(leaf, context.now) !== 'critical' || daysLeft(leaf, context.now) >= mostDays) continue;
      const left = spanText(leaf.notAfter.getTime() - context.now.getTime());
      yield {
        message: `The certificate of ${nameOf(leaf)} expires in ${left}, on ${momentText(leaf.notAfter)}. Renew it now, and find out why that has not happened yet.`,
        location: pair.file.location,
        related: used.otherUses,
      };
    }
  },
};
