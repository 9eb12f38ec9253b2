import { isRoot } from '../certificates/chain/node.ts';
import type { Rule } from './rule.ts';
import { readChain } from './support/certificates/chain.ts';
import { visitedCertificates } from './support/certificates/deployed-certificates.ts';

/** A root certificate in the chain: clients have it, or do not trust it. */
export const certificateRootSent: Rule = {
  id: 'certificate-root-sent',
  title: 'The root certificate is sent too',
  severity: 'hint',
  effect: 'advice',
  *check(context) {
    for (const used of visitedCertificates(context)) {
      const { pair, sent } = used;
      const root = sent.slice(1).find(isRoot);
      // One that has nothing to do with the server's own certificate is told as such.
      if (root === undefined || !readChain(context, sent).path.includes(root)) continue;
      yield {
        message: `The root certificate ${root.subject} is sent with every full handshake (${root.der.length} bytes). Clients trust their own copy or none: remove it from the file.`,
        location: (pair.chainFile ?? pair.file).location,
        related: used.otherUses,
      };
    }
  },
};
