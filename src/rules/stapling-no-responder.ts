import type { Certificate } from '../certificates/certificate.ts';
import type { TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** Stapling for certificates whose authority answers no OCSP requests. */
export const staplingNoResponder: Rule = {
  id: 'stapling-no-responder',
  title: 'OCSP stapling without a responder does nothing',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'stapling')) {
      if (knownValue(shared.setting) !== true) continue;
      if (!shared.endpoints.every(({ tls }) => hasNoResponder(context, tls))) continue;
      const leaves = shared.endpoints.flatMap(({ tls }) => leavesOf(context, tls));
      const who = leaves.every((leaf) => leaf !== undefined && /O=Let's Encrypt\b/.test(leaf.issuer))
        ? "Let's Encrypt has had none since August 2025"
        : 'most authorities have replaced OCSP by revocation lists';
      yield {
        message: `OCSP stapling is on, but the certificates name no OCSP responder, so there is nothing to staple: ${who}. Take it out, with what is there for it alone.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Take OCSP stapling out',
            safe: true,
            changes: changeShared(shared, 'stapling', true, undefined),
          },
        ],
      };
    }
  },
};

/** Every certificate could be read, and neither it nor the configuration says whom to ask. */
function hasNoResponder(context: RuleContext, tls: TlsSettings): boolean {
  const named = [tls.staplingFile, tls.staplingResponder];
  if (named.some((setting) => setting !== undefined && knownValue(setting) !== null)) return false;
  const leaves = leavesOf(context, tls);
  return leaves.length > 0 && leaves.every((leaf) => leaf !== undefined && leaf.ocspUrls.length === 0);
}

function leavesOf({ certificateFile }: RuleContext, tls: TlsSettings): readonly (Certificate | undefined)[] {
  const pairs = knownValue(tls.certificates) ?? [];
  return pairs.map(({ file }) => certificateFile(file.value).certificates[0]);
}
