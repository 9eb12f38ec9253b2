import type { Certificate } from '../certificates/certificate.ts';
import type { CertificatePair } from '../tls/model/server-model.ts';
import type { Rule, RuleContext } from './rule.ts';
import { readChain } from './support/certificates/chain.ts';
import { startsWithCa, usedCertificates } from './support/certificates/deployed-certificates.ts';

/** Intermediate certificates that are there, but not each behind the one that it issued. */
export const certificateChainOrder: Rule = {
  id: 'certificate-chain-order',
  title: 'The certificate chain is out of order',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const { pair, file, sent, otherUses } of usedCertificates(context)) {
      if (startsWithCa(sent) && isKeyOfLater(context, pair, sent)) continue;
      const own = pair.chainFile === undefined ? 0 : file.certificates.length;
      const problem = problemOf(context, sent, own);
      if (problem === undefined) continue;
      const { value, location } = startsWithCa(sent) ? pair.file : (pair.chainFile ?? pair.file);
      yield {
        message: `${value} ${problem}`,
        location,
        related: otherUses,
      };
    }
  },
};

/** Then the key does not match the first certificate, and the finding about that tells the order too. */
function isKeyOfLater(
  { certificateFile }: RuleContext,
  { file, keyFile }: CertificatePair,
  [first, ...later]: readonly Certificate[],
): boolean {
  const { keyPins } = certificateFile((keyFile ?? file).value);
  return (
    first !== undefined &&
    !keyPins.includes(first.spkiSha256) &&
    later.some(({ spkiSha256 }) => keyPins.includes(spkiSha256))
  );
}

/** The rest of the sentence that starts with the file; `own`: how many certificates stand in another one before it. */
function problemOf(context: RuleContext, sent: readonly Certificate[], own: number): string | undefined {
  if (startsWithCa(sent)) {
    const number = sent.findIndex(({ isCa }) => !isCa) + 1;
    return `starts with the certificate of an authority, ${sent[0]?.subject}: the server's own must come first. Put certificate ${number} there, and its issuer behind it.`;
  }
  const { ordered, path, strangers } = readChain(context, sent);
  if (!ordered) {
    const numbers = path.map((certificate) => sent.indexOf(certificate) + 1 - own).filter((number) => number > 0);
    return `has its certificates out of order: TLS 1.2 wants each one followed by its issuer (RFC 5246 section 7.4.2), and old clients insist. Order them ${numbers.join(', ')}.`;
  }
  if (strangers.length === 0) return undefined;
  const known = new Set(path.map(({ sha256 }) => sha256));
  const others = strangers.filter(({ sha256 }) => !known.has(sha256));
  if (others.length === 0) {
    return `holds ${strangers[0]?.subject} more than once: every full handshake sends it again. Leave one.`;
  }
  const one = others.length === 1;
  return `holds ${one ? 'a certificate that has' : 'certificates that have'} nothing to do with the server's own: ${others.map(({ subject }) => subject).join('; ')}. Take ${one ? 'it' : 'them'} out.`;
}
