import type { TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule, RuleContext } from './rule.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** Stapling that asks the address which the responder had when the server started. */
export const staplingNoResolver: Rule = {
  id: 'stapling-no-resolver',
  title: 'OCSP stapling without a resolver keeps an old address',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    if (!context.model.complete) return;
    for (const shared of writtenSettings(context.model, 'stapling')) {
      if (knownValue(shared.setting) !== true) continue;
      if (!shared.endpoints.some(({ tls }) => asksWithoutResolver(context, tls))) continue;
      yield {
        message:
          'OCSP stapling is on without a resolver: the responder is looked up once, at start, and when its address changes, nothing is stapled any more. Specify a resolver, ideally one on this machine.',
        location: shared.location,
        related: inheritors(shared),
      };
    }
  },
};

function asksWithoutResolver({ certificateFile }: RuleContext, tls: TlsSettings): boolean {
  if (tls.resolver === undefined || knownValue(tls.resolver)?.length !== 0) return false;
  if (tls.staplingFile !== undefined && knownValue(tls.staplingFile) !== null) return false;
  const pairs = knownValue(tls.certificates) ?? [];
  return pairs.some(({ file }) => (certificateFile(file.value).certificates[0]?.ocspUrls.length ?? 0) > 0);
}
