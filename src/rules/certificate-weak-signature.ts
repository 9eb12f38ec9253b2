import type { Certificate } from '../certificates/certificate.ts';
import type { Rule } from './rule.ts';
import { usedCertificates } from './support/certificates/deployed-certificates.ts';

/** A certificate that is signed over a hash in which collisions can be made. */
export const certificateWeakSignature: Rule = {
  id: 'certificate-weak-signature',
  title: 'The certificate is signed with a broken hash',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const used of usedCertificates(context)) {
      const { pair, sent } = used;
      const weak = sent.find((certificate) => !certificate.selfIssued && hashOf(certificate) !== undefined);
      if (weak === undefined) continue;
      yield {
        message: `${weak === sent[0] ? 'The certificate' : `The chain certificate ${weak.subject}`} in ${pair.file.value} is signed with ${hashOf(weak)}: clients refuse it. Get a new one.`,
        location: pair.file.location,
        related: used.otherUses,
      };
    }
  },
};

function hashOf({ signatureAlgorithm }: Certificate): string | undefined {
  if (/sha-?1(?!\d)/i.test(signatureAlgorithm)) return 'SHA-1';
  return /md[245]/i.exec(signatureAlgorithm)?.[0].toUpperCase();
}
