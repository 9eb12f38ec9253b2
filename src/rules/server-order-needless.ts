import type { Endpoint } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { weaknesses } from '../tls/suites/cipher-suites.ts';
import type { Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';
import { usableSuites } from './support/tls/cipher-groups.ts';

/** The server's own order where all suites are sound: it takes ChaCha20 from devices that are slow with AES. */
export const serverOrderNeedless: Rule = {
  id: 'server-order-needless',
  title: 'The server’s order of cipher suites gains nothing',
  severity: 'hint',
  effect: 'advice',
  *check(context) {
    const { model, profile } = context;
    if (profile.serverPreference) return;
    for (const shared of writtenSettings(model, 'serverPreference')) {
      if (knownValue(shared.setting) !== true) continue;
      if (!shared.endpoints.every((endpoint) => takesChacha(context, endpoint))) continue;
      yield {
        message: `The server enforces its order of cipher suites, although every suite in its list is secure. Devices without AES hardware prefer ChaCha20 but get AES, which is slower for them and no safer. Let clients choose, as ${profile.source} does.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Let clients choose',
            safe: false,
            changes: changeShared(shared, 'serverPreference', true, false),
          },
        ],
      };
    }
  },
};

/** True where no suite is weak, so that the order protects from none, and AES stands before ChaCha20. */
function takesChacha(context: RuleContext, endpoint: Endpoint): boolean {
  if (knownValue(endpoint.tls.chachaFirst) !== false) return false;
  const suites = usableSuites(context, endpoint);
  const chacha = suites.findIndex(({ encryption }) => encryption.startsWith('CHACHA20'));
  return chacha > 0 && suites.every((suite) => weaknesses(suite).length === 0);
}
