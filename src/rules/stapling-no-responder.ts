import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';
import { hasNoResponder, isCertbots, lacksCache, leavesOf, takeStaplingOut } from './support/stapling.ts';

/** Stapling for certificates whose authority answers no OCSP requests. */
export const staplingNoResponder: Rule = {
  id: 'stapling-no-responder',
  title: 'OCSP stapling without a responder does nothing',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'stapling')) {
      if (knownValue(shared.setting) !== true) continue;
      // What stops the server is told, with the same advice.
      if (lacksCache(context.model, shared)) continue;
      if (shared.endpoints.length > 0 && shared.endpoints.every(({ tls }) => isCertbots(context, tls))) {
        yield {
          message:
            "OCSP stapling is on for certificates that Certbot keeps. Unless it gets them from another CA, they are Let's Encrypt's, which has had no OCSP responder since August 2025, so there is nothing to staple: remove it, along with whatever is there only for it.",
          location: shared.location,
          severity: 'hint',
          related: inheritors(shared),
          fixes: [{ ...takeStaplingOut(shared), safe: false }],
        };
        continue;
      }
      if (!shared.endpoints.every(({ tls }) => hasNoResponder(context, tls))) continue;
      const leaves = shared.endpoints.flatMap(({ tls }) => leavesOf(context, tls));
      const who = leaves.every((leaf) => leaf !== undefined && /O=Let's Encrypt\b/.test(leaf.issuer))
        ? "Let's Encrypt has had none since August 2025"
        : 'most CAs have replaced OCSP with revocation lists';
      yield {
        message: `OCSP stapling is on, but the certificates name no OCSP responder, so there is nothing to staple: ${who}. Remove it, along with whatever is there only for it.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [takeStaplingOut(shared)],
      };
    }
  },
};
