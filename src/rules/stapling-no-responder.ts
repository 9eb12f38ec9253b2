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
      yield {
        message:
          'OCSP stapling is on, but the certificates name no OCSP responder, so there is nothing to staple: most authorities have replaced OCSP by revocation lists. Switch stapling off.',
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Switch OCSP stapling off',
            safe: true,
            changes: changeShared(shared, 'stapling', true, undefined),
          },
        ],
      };
    }
  },
};

/** Every certificate could be read, and neither it nor the configuration says whom to ask. */
function hasNoResponder({ certificateFile }: RuleContext, tls: TlsSettings): boolean {
  const named = [tls.staplingFile, tls.staplingResponder];
  if (named.some((setting) => setting !== undefined && knownValue(setting) !== null)) return false;
  const pairs = knownValue(tls.certificates) ?? [];
  const leaves = pairs.map(({ file }): Certificate | undefined => certificateFile(file.value).certificates[0]);
  return leaves.length > 0 && leaves.every((leaf) => leaf !== undefined && leaf.ocspUrls.length === 0);
}
