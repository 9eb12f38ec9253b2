import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** TLS compression, which gives secrets away by length (CRIME, RFC 7457 section 2.6). */
export const compressionOn: Rule = {
  id: 'compression-on',
  title: 'TLS compression is on',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'compression')) {
      if (knownValue(shared.setting) !== true) continue;
      yield {
        message:
          'TLS compression is on: the length of what is sent then gives cookies away (CRIME). Builds of OpenSSL without compression ignore it. Switch it off.',
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Switch TLS compression off',
            safe: true,
            changes: changeShared(shared, 'compression', true, undefined),
          },
        ],
      };
    }
  },
};
