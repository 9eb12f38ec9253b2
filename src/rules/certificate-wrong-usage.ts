import type { Rule } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { visitedCertificates } from './support/certificates/deployed-certificates.ts';

const serverUsages: ReadonlySet<string> = new Set(['serverAuth', 'anyExtendedKeyUsage']);

/** A certificate that was made for something else (RFC 5280 section 4.2.1.12). */
export const certificateWrongUsage: Rule = {
  id: 'certificate-wrong-usage',
  title: 'The certificate is not for servers',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const used of visitedCertificates(context)) {
      const { pair, leaf, sent } = used;
      // One in front of the server's own is in the wrong place, and one that vouches for itself has a finding of its own.
      if (leaf.isCa && !leaf.selfIssued && sent.every(({ isCa }) => isCa)) {
        yield {
          message: `The certificate of ${nameOf(leaf)} is that of a CA (CA:TRUE): Firefox and rustls refuse it for a server. Get one with CA:FALSE.`,
          location: pair.file.location,
          severity: 'warning',
          related: used.otherUses,
        };
      }
      const usages = leaf.extendedKeyUsage;
      if (usages.length === 0 || usages.some((usage) => serverUsages.has(usage))) continue;
      yield {
        message: `The certificate of ${nameOf(leaf)} may be used for ${usages.join(', ')} only, not for servers: clients refuse it. Get one with serverAuth.`,
        location: pair.file.location,
        related: used.otherUses,
      };
    }
  },
};
