import type { Certificate } from '../certificates/certificate.ts';
import type { CertificatePair } from '../tls/model/certificate-pair.ts';
import type { Rule, RuleContext } from './rule.ts';
import { readChain } from './support/certificates/chain.ts';
import { startsWithCa, type UsedCertificate, usedCertificates } from './support/certificates/deployed-certificates.ts';

/** Intermediate certificates that are there, but not each behind the one that it issued. */
export const certificateChainOrder: Rule = {
  id: 'certificate-chain-order',
  title: 'The certificate chain is out of order',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const used of usedCertificates(context)) {
      const { pair, sent } = used;
      if (isKeyOfLater(context, pair, sent)) continue;
      const problem = problemOf(context, used);
      if (problem === undefined) continue;
      const { value, location } = startsWithCa(sent) ? pair.file : (pair.chainFile ?? pair.file);
      yield {
        message: `${value} ${problem}`,
        location,
        related: used.otherUses,
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

/** The rest of the sentence that starts with the file. */
function problemOf(context: RuleContext, { pair, file, sent }: UsedCertificate): string | undefined {
  /** How many certificates stand in another file before the one of the sentence. */
  const own = pair.chainFile === undefined ? 0 : file.certificates.length;
  if (startsWithCa(sent)) {
    const index = sent.findIndex(({ isCa }) => !isCa);
    const next =
      pair.chainFile === undefined || index < own
        ? `Put certificate ${index + 1} there, followed by its issuer.`
        : `It is certificate ${index + 1 - own} of ${pair.chainFile.value}: swap the two.`;
    return `starts with the certificate of a CA, ${sent[0]?.subject}: the server's own must come first. ${next}`;
  }
  const { ordered, path, strangers } = readChain(context, sent);
  if (!ordered) {
    const numbers = path.map((certificate) => sent.indexOf(certificate) + 1 - own).filter((number) => number > 0);
    return `has its certificates out of order: TLS 1.2 requires each one to be followed by its issuer (RFC 5246 section 7.4.2), and old clients insist on it. Put them in the order ${numbers.join(', ')}.`;
  }
  if (strangers.length === 0) return undefined;
  const known = new Set(path.map(({ sha256 }) => sha256));
  const others = strangers.filter(({ sha256 }) => !known.has(sha256));
  if (others.length === 0) {
    return `holds ${strangers[0]?.subject} more than once: every full handshake sends it again. Keep one.`;
  }
  const one = others.length === 1;
  const [leaf, issuer] = path;
  const next =
    issuer === undefined && leaf !== undefined && !leaf.selfIssued
      ? `Put that of ${leaf.issuer}, which issued it, in ${one ? 'its' : 'their'} place: clients that do not have it refuse the connection.`
      : `Remove ${one ? 'it' : 'them'}.`;
  return `holds ${one ? 'a certificate that has' : 'certificates that have'} nothing to do with the server's own: ${others.map(({ subject }) => subject).join('; ')}. ${next}`;
}
