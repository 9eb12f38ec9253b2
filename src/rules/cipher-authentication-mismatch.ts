import type { Certificate } from '../certificates/certificate.ts';
import { siteById } from '../tls/model/parts.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { certificateKinds } from './support/certificates/certificate-kinds.ts';
import { relatedSites } from './support/sites/sites.ts';
import { useProfile } from './support/tls/cipher-fixes.ts';
import { type CipherGroup, cipherGroups, usableSuites } from './support/tls/cipher-groups.ts';
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
      const unfit = keyThatMayNotEncipher(context, group);
      if (unfit !== undefined) yield unfit;
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

/**
 * Suites by which clients encrypt to the certificate's key, which its usage forbids. OpenSSL does not look; BoringSSL does
 * (KEY_USAGE_BIT_INCORRECT).
 */
function keyThatMayNotEncipher(context: RuleContext, group: CipherGroup): Report | undefined {
  const { suites, shared } = group;
  if (suites.length === 0 || suites.some(({ keyExchange }) => keyExchange !== 'RSA')) return undefined;
  const failing = shared.endpoints.filter(({ tls }) => {
    const leaves = (knownValue(tls.certificates) ?? []).map(({ file }) => leafOf(context, file.value));
    return leaves.length > 0 && leaves.every((leaf) => leaf !== undefined && mayNotEncipher(leaf));
  });
  const [first] = failing;
  if (first === undefined) return undefined;
  const isLast = failing.some(({ tls }) => !handshakes(context.model, tls).protocols?.offered.includes('TLSv1.3'));
  return {
    message: `With all of these cipher suites clients encrypt to the certificate's key, which its usage forbids (no keyEncipherment): Chrome and others refuse ${isLast ? 'the connection' : 'that, unless TLS 1.3 is possible'}. Offer suites with ECDHE.`,
    location: shared.location,
    ...(!isLast && { severity: 'information', effect: 'advice' }),
    related: relatedSites(
      [...new Set(failing.map(({ site }) => site))].flatMap((id) => siteById(context.model, id) ?? []),
      ({ label }) => `Such a certificate: ${label}`,
    ),
    fixes: useProfile(context, group).map((fix) => ({ ...fix, safe: true })),
  };
}

function leafOf({ certificateFile }: RuleContext, file: string): Certificate | undefined {
  return certificateFile(file).certificates[0];
}

function mayNotEncipher({ publicKey, keyUsage }: Certificate): boolean {
  return publicKey.algorithm === 'RSA' && keyUsage.length > 0 && !keyUsage.includes('keyEncipherment');
}
