import type { Certificate } from '../certificates/certificate.ts';
import type { Rule } from './rule.ts';
import { certificateName, deployedCertificates } from './support/deployed-certificates.ts';
import { daysBetween, isoDay } from './support/times.ts';
import { count } from './support/words.ts';

/** Renewal is due at a third of the lifetime; at a fifth it has failed, if there is any. */
const fraction = 0.2;
const mostDays = 30;

/** A certificate that should have been renewed by now. */
export const certificateExpiresSoon: Rule = {
  id: 'certificate-expires-soon',
  title: 'The certificate expires soon',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const { pair, leaf } of deployedCertificates(context)) {
      if (leaf.notAfter < context.now || daysBetween(context.now, leaf.notAfter) >= threshold(leaf)) continue;
      const days = daysBetween(context.now, leaf.notAfter);
      yield {
        message: `The certificate of ${certificateName(leaf)} expires on ${isoDay(leaf.notAfter)}, ${days === 0 ? 'within a day' : `in ${count(days, 'day')}`}. Renew it now, and see why nothing has.`,
        location: pair.file.location,
      };
    }
  },
};

/** Days before the end; a certificate for six days needs another measure than one for a year. */
function threshold({ notBefore, notAfter }: Certificate): number {
  return Math.min(mostDays, daysBetween(notBefore, notAfter) * fraction);
}
