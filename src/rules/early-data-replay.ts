import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** Requests in the first flight, which an attacker can send again (RFC 8470). */
export const earlyDataReplay: Rule = {
  id: 'early-data-replay',
  title: 'Early data can be replayed',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'earlyData')) {
      if (knownValue(shared.setting) !== true) continue;
      // It came with TLS 1.3.
      if (shared.endpoints.every(({ tls }) => knownValue(tls.protocols)?.includes('TLSv1.3') === false)) continue;
      yield {
        message:
          'Early data (0-RTT) is on: anyone who records such a request can send it again. The backend must recognise it by the Early-Data header and answer 425 where it matters (RFC 8470).',
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Switch early data off',
            safe: false,
            changes: changeShared(shared, 'earlyData', true, undefined),
          },
        ],
      };
    }
  },
};
