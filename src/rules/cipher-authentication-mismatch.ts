import { siteById } from '../tls/model/parts.ts';
import type { Rule } from './rule.ts';
import { certificateKinds } from './support/certificates/certificate-kinds.ts';
import { relatedSites } from './support/sites/sites.ts';
import { useProfile } from './support/tls/cipher-fixes.ts';
import { cipherGroups, usableSuites } from './support/tls/cipher-groups.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { joinWords } from './support/words.ts';

/** Cipher suites for one kind of certificate, and only the other kind is there. */
export const cipherAuthenticationMismatch: Rule = {
  id: 'cipher-authentication-mismatch',
  title: 'No cipher suite fits the certificate',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const group of cipherGroups(context)) {
      if (group.shared.endpoints.length === 1 && group.suites.length > 0) continue;
      const failing = group.shared.endpoints.filter((endpoint) => {
        const { ciphers, protocols } = handshakes(context.model, endpoint.tls);
        const older = protocols?.offered.some((protocol) => protocol !== 'TLSv1.3') ?? false;
        return older && (ciphers?.suites.length ?? 0) > 0 && usableSuites(context, endpoint).length === 0;
      });
      const [first] = failing;
      if (first === undefined) continue;
      const kinds = [...(certificateKinds(context, first.tls) ?? [])];
      const wanted = [...new Set(group.result.suites.map(({ authentication }) => authentication))];
      const sites = [...new Set(failing.map(({ site }) => site))].flatMap((id) => siteById(context.model, id) ?? []);
      yield {
        message: `All cipher suites need a certificate whose key is ${joinWords(wanted, 'or')}, and that of the configured one is ${joinWords(kinds)}: TLS 1.2 clients cannot connect. Offer suites for both kinds.`,
        location: group.shared.location,
        related: relatedSites(sites, (site) => `Certificate with ${joinWords(kinds)} key: ${site.label}`),
        fixes: useProfile(context, group).map((fix) => ({ ...fix, safe: true })),
      };
    }
  },
};
