import type { Certificate } from '../certificates/certificate.ts';
import { isRoot } from '../certificates/chain/node.ts';
import { isNeverValid, momentText, spanText } from '../certificates/status.ts';
import type { Rule, RuleContext } from './rule.ts';
import { nameOf } from './support/certificates/certificate-words.ts';
import { readChain } from './support/certificates/chain.ts';
import {
  startsWithCa,
  type UsedCertificate,
  visitedCertificates,
} from './support/certificates/deployed-certificates.ts';

/** A certificate that every client refuses for its dates. */
export const certificateExpired: Rule = {
  id: 'certificate-expired',
  title: 'The certificate has expired',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    const { now } = context;
    for (const used of visitedCertificates(context)) {
      const { pair, file, sent, leaf } = used;
      if (leaf.notAfter < now || isNeverValid(leaf)) {
        const name = nameOf(leaf);
        yield {
          message: isNeverValid(leaf)
            ? `The certificate of ${name} ends on ${momentText(leaf.notAfter)}, before it starts on ${momentText(leaf.notBefore)}: it is valid at no time, and clients refuse it. Renew it.`
            : `The certificate of ${name} expired ${spanSince(leaf, now)}: clients refuse it. Renew it, and find out why it was not renewed in time.`,
          location: pair.file.location,
          related: used.otherUses,
        };
        continue;
      }
      for (const issuer of expiredIssuers(used, context)) {
        const isDirect = readChain(context, sent).path.indexOf(issuer) === 1;
        const [url] = isDirect ? leaf.caIssuersUrls : [];
        const inFile = file.certificates.includes(issuer) ? pair.file : (pair.chainFile ?? pair.file);
        const start = `${inFile.value} holds the certificate of the CA ${issuer.subject}, which expired ${spanSince(issuer, now)}`;
        yield {
          message: isDirect
            ? `${start}: clients that have no newer one also refuse that of ${nameOf(leaf)}. Replace it with the CA's current one${url === undefined ? '' : `; it is at ${url}`}.`
            : `${start}: only clients that trust its key as a root do without it, and old ones (OpenSSL 1.0.2, GnuTLS before 3.6.14) still fail. Remove it, or replace it with the CA's current one.`,
          severity: isDirect ? 'warning' : 'information',
          ...(isDirect ? {} : { effect: 'advice' as const }),
          location: inFile.location,
          related: used.otherUses,
        };
      }
    }
  },
};

function spanSince({ notAfter }: Certificate, now: Date): string {
  return `${spanText(now.getTime() - notAfter.getTime())} ago, on ${momentText(notAfter)}`;
}

/** Intermediates on the way up, but for those that stand there in a present version too. */
function expiredIssuers({ sent }: UsedCertificate, context: RuleContext): readonly Certificate[] {
  const isExpired = ({ notAfter }: Certificate) => notAfter < context.now;
  if (startsWithCa(sent) || !sent.some(isExpired)) return [];
  return readChain(context, sent).path.filter(
    (issuer) =>
      isExpired(issuer) &&
      !isRoot(issuer) &&
      !sent.some(
        (other) => other.subject === issuer.subject && other.spkiSha256 === issuer.spkiSha256 && !isExpired(other),
      ),
  );
}
