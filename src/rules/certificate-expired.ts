import type { Rule } from './rule.ts';
import { certificateName, deployedCertificates } from './support/deployed-certificates.ts';
import { daysBetween, isoDay } from './support/times.ts';
import { count } from './support/words.ts';

/** A certificate that every client refuses for its dates. */
export const certificateExpired: Rule = {
  id: 'certificate-expired',
  title: 'The certificate has expired',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const { pair, leaf } of deployedCertificates(context)) {
      if (leaf.notAfter >= context.now) continue;
      const days = daysBetween(leaf.notAfter, context.now);
      yield {
        message: `The certificate of ${certificateName(leaf)} expired on ${isoDay(leaf.notAfter)}, ${days === 0 ? 'today' : `${count(days, 'day')} ago`}: clients refuse it. Renew it, and see why nothing renewed it in time.`,
        location: pair.file.location,
      };
    }
  },
};
