import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, type SharedSetting, writtenSettings } from './support/shared-settings.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { targetAtLevel } from './support/tls/security-levels.ts';

/** From this security level on OpenSSL leaves compression off, as its manual says. Measured with OpenSSL 3.5. */
const levelWithout = 2;

/** TLS compression, which gives secrets away by length (CRIME, RFC 7457 section 2.6). */
export const compressionOn: Rule = {
  id: 'compression-on',
  title: 'TLS compression is on',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'compression')) {
      if (knownValue(shared.setting) === true) yield report(model, shared);
    }
  },
};

function report(model: ServerModel, shared: SharedSetting<boolean>): Report {
  const lowest = lowestLevel(model, shared);
  const off =
    lowest === undefined
      ? 'only TLS 1.3 is offered, which has none'
      : `${describeOpenssl(targetAtLevel(model.target, lowest))} leaves it off`;
  return {
    ...(lowest !== undefined && lowest < levelWithout
      ? {
          message:
            'TLS compression is on: attackers can then deduce cookies from the length of what is sent (CRIME). Builds of OpenSSL without compression ignore it. Switch it off.',
        }
      : {
          message: `TLS compression is asked for, which lets attackers deduce cookies from the length of what is sent (CRIME). Here ${off}. Remove it.`,
          severity: 'information',
          effect: 'advice',
        }),
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

/** The lowest security level at which somebody can connect with TLS 1.2 or older; undefined where nobody can. */
function lowestLevel(model: ServerModel, { endpoints }: SharedSetting<boolean>): number | undefined {
  let lowest: number | undefined;
  for (const { tls } of endpoints) {
    const { protocols, ciphers } = handshakes(model, tls);
    if (protocols?.offered.every((protocol) => protocol === 'TLSv1.3')) continue;
    const level = ciphers?.securityLevel ?? model.target.securityLevel;
    lowest = Math.min(lowest ?? level, level);
  }
  return lowest;
}
