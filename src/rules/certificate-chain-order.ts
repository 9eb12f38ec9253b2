import type { Rule } from './rule.ts';
import { readChain } from './support/chain.ts';
import { deployedCertificates } from './support/deployed-certificates.ts';

/** Intermediate certificates that are there, but not each behind the one that it issued. */
export const certificateChainOrder: Rule = {
  id: 'certificate-chain-order',
  title: 'The certificate chain is out of order',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const { pair, sent } of deployedCertificates(context)) {
      const { ordered, path, strangers } = readChain(sent);
      if (ordered && strangers.length === 0) continue;
      const numbers = path.map((certificate) => sent.indexOf(certificate) + 1);
      yield {
        message: ordered
          ? `${pair.file.value} holds ${strangers.length === 1 ? 'a certificate that has' : 'certificates that have'} nothing to do with the server's own: ${strangers.map(({ subject }) => subject).join('; ')}. Take ${strangers.length === 1 ? 'it' : 'them'} out.`
          : `The certificates of ${pair.file.value} are out of order: TLS 1.2 wants each one followed by its issuer (RFC 5246 section 7.4.2), and old clients insist. Order them ${numbers.join(', ')}.`,
        location: (pair.chainFile ?? pair.file).location,
      };
    }
  },
};
