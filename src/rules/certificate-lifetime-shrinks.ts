import { lifetimeOf, renewalDue } from '../certificates/status.ts';
import type { Rule } from './rule.ts';
import { isPublic, nameOf } from './support/certificates/certificate-words.ts';
import { visitedCertificates } from './support/certificates/deployed-certificates.ts';
import { announcedLifetimes } from './support/certificates/lifetimes.ts';

const day = 86_400_000;

/** A certificate whose successor will not live as long. */
export const certificateLifetimeShrinks: Rule = {
  id: 'certificate-lifetime-shrinks',
  title: 'The next certificate will be valid for a shorter time',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const used of visitedCertificates(context)) {
      const { pair, leaf } = used;
      if (!isPublic(leaf) || leaf.notAfter < context.now) continue;
      const renewal = renewalDue(leaf);
      const isLetsEncrypt = /\bO=Let's Encrypt\b/.test(leaf.issuer);
      const limit = announcedLifetimes(isLetsEncrypt).findLast(({ from }) => renewal >= new Date(from));
      const days = Math.round(lifetimeOf(leaf) / day);
      if (limit === undefined || days <= limit.days) continue;
      yield {
        message: `The certificate of ${nameOf(leaf)} is valid for ${days} days. ${isLetsEncrypt ? "Let's Encrypt's" : 'Public'} certificates issued from ${limit.from} on are valid for at most ${limit.days} days, and the next one is due on ${renewal.toISOString().slice(0, 10)}. ${isLetsEncrypt ? 'Renew it after a share of its lifetime, not every 60 days.' : 'Automate its renewal before then.'}`,
        location: pair.file.location,
        related: used.otherUses,
        // Who has certificates of 90 days renews them by a program already.
        ...(isLetsEncrypt ? { severity: 'hint' } : {}),
      };
    }
  },
};
