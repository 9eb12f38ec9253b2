import { daysLeft, renewalDue } from '../certificates/status.ts';
import type { Rule } from './rule.ts';
import { isPublic, nameOf } from './support/certificate-words.ts';
import { deployedCertificates } from './support/deployed-certificates.ts';

/** Longest lifetime of a public certificate by day of issue (CA/Browser Forum, Baseline Requirements 6.3.2). */
const limits: readonly { readonly from: string; readonly days: number }[] = [
  { from: '2026-03-15', days: 200 },
  { from: '2027-03-15', days: 100 },
  { from: '2029-03-15', days: 47 },
];

/** A certificate whose successor will not live as long. */
export const certificateLifetimeShrinks: Rule = {
  id: 'certificate-lifetime-shrinks',
  title: 'The next certificate will live shorter',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const { pair, leaf } of deployedCertificates(context)) {
      if (!isPublic(leaf) || leaf.notAfter < context.now) continue;
      const renewal = renewalDue(leaf);
      const limit = limits.findLast(({ from }) => renewal >= new Date(from));
      const days = daysLeft(leaf, leaf.notBefore);
      if (limit === undefined || days <= limit.days) continue;
      yield {
        message: `The certificate of ${nameOf(leaf)} lives ${days} days. Public certificates issued from ${limit.from} on live ${limit.days} days at most, and the next one is due on ${renewal.toISOString().slice(0, 10)}. Have it renewed automatically before then.`,
        location: pair.file.location,
      };
    }
  },
};
