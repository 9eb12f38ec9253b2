import { knownValue } from '../tls/model/setting.ts';
import { choosesDhParameters } from '../tls/offer/dh-parameters.ts';
import { smallestRsaBits } from '../tls/security-level.ts';
import { describeServer } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';
import { securityLevelOf } from './support/tls/security-levels.ts';

/** Diffie-Hellman parameters of a server that lets OpenSSL choose them. */
export const dhParametersUnused: Rule = {
  id: 'dh-parameters-unused',
  title: 'The DH parameters have no effect',
  severity: 'information',
  effect: 'advice',
  *check({ model, certificateFile }) {
    const { server, target } = model;
    if (!choosesDhParameters(server, target)) return;
    for (const shared of writtenSettings(model, 'dhParameters')) {
      const path = knownValue(shared.setting);
      if (path === undefined || path === null) continue;
      // Those that are too short even stop the start: another rule tells.
      const bits = certificateFile(path).dhBits ?? Number.POSITIVE_INFINITY;
      if (bits < smallestRsaBits(securityLevelOf(model, shared.sites))) continue;
      yield {
        message: `${describeServer(server, target)} lets OpenSSL ${target.openssl} choose the DH parameters by the certificate's key, so this has no effect. Remove it.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Remove the DH parameters',
            safe: true,
            changes: changeShared(shared, 'dhParameters', path, undefined),
          },
        ],
      };
    }
  },
};
