import { isNeverValid, momentText } from '../certificates/status.ts';
import type { Rule } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { visitedCertificates } from './support/certificates/deployed-certificates.ts';

/** A certificate that was put in place before its time. */
export const certificateNotYetValid: Rule = {
  id: 'certificate-not-yet-valid',
  title: 'The certificate is not valid yet',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const used of visitedCertificates(context)) {
      const { pair, leaf } = used;
      if (leaf.notBefore <= context.now || isNeverValid(leaf)) continue;
      yield {
        message: `The certificate of ${nameOf(leaf)} is not valid before ${momentText(leaf.notBefore)}: until then clients refuse it. Use the previous one, or correct this machine's clock.`,
        location: pair.file.location,
        related: used.otherUses,
      };
    }
  },
};
