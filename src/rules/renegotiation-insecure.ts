import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** Renegotiation without RFC 5746: an attacker puts words before a client's. */
export const renegotiationInsecure: Rule = {
  id: 'renegotiation-insecure',
  title: 'Insecure renegotiation is allowed',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'insecureRenegotiation')) {
      if (knownValue(shared.setting) !== true) continue;
      yield {
        message:
          'Clients without secure renegotiation (RFC 5746) are accepted: an attacker on the network can insert a request before theirs (CVE-2009-3555). Every client since 2010 has it. Switch this off.',
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Insist on secure renegotiation',
            safe: false,
            changes: changeShared(shared, 'insecureRenegotiation', true, false),
          },
        ],
      };
    }
  },
};
