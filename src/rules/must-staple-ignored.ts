import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { mustStaple, nameOf } from './support/certificates/certificate-words.ts';
import { usedCertificates } from './support/certificates/deployed-certificates.ts';

/** A certificate that demands stapling, on a server that does not staple (RFC 7633). */
export const mustStapleIgnored: Rule = {
  id: 'must-staple-ignored',
  title: 'The certificate demands OCSP stapling, which is off',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    if (!context.model.complete) return;
    for (const used of usedCertificates(context)) {
      const { pair, leaf, sites } = used;
      const without = sites.find(({ tls }) => knownValue(tls.stapling) === false);
      if (without === undefined || !mustStaple(leaf)) continue;
      // Not the same mistake: other sites with the certificate may staple.
      const elsewhere = used.otherUses.map(({ location, message }) => ({ location, message }));
      yield {
        message: `The certificate of ${nameOf(leaf)} has the must-staple extension, but ${without.label} staples nothing: Firefox refuses it. Get a certificate without the extension, or switch stapling on.`,
        location: pair.file.location,
        related: [{ location: without.location, message: 'Staples nothing' }, ...elsewhere],
      };
    }
  },
};
