import { knownValue } from '../tls/model/setting.ts';
import { choosesDhParameters } from '../tls/offer/dh-parameters.ts';
import { smallestRsaBits } from '../tls/security-level.ts';
import { describeOpenssl, describeServer } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { stopsAtRefusedDhParameters } from './support/server-facts.ts';
import { idleSettings, inheritors, writtenSettings } from './support/shared-settings.ts';
import { securityLevelOf, targetAtLevel } from './support/tls/security-levels.ts';

/** Diffie-Hellman parameters that are too short (RFC 7919, and the Logjam attack on shorter ones). */
export const dhParametersWeak: Rule = {
  id: 'dh-parameters-weak',
  title: 'The DH parameters are too short',
  severity: 'error',
  effect: 'start',
  *check({ model, certificateFile }) {
    const idle = idleSettings(model, 'dhParameters');
    for (const shared of [...writtenSettings(model, 'dhParameters'), ...idle]) {
      const path = knownValue(shared.setting);
      const bits = path === undefined || path === null ? undefined : certificateFile(path).dhBits;
      if (path === undefined || path === null || bits === undefined) continue;
      const level = securityLevelOf(model, shared.sites);
      const smallest = smallestRsaBits(level);
      if (bits >= Math.max(2048, smallest)) continue;
      const refused = bits < smallest;
      const stops = refused && stopsAtRefusedDhParameters(model);
      if (!stops && (idle.includes(shared) || choosesDhParameters(model.server, model.target))) continue;
      const outcome = stops
        ? 'the server does not start (error log: dh key too small)'
        : `${describeServer(model.server, model.target)} silently continues without them, and DHE cipher suites are never used`;
      yield {
        message: refused
          ? `The DH parameters ${path} have ${bits} bits, and ${describeOpenssl(targetAtLevel(model.target, level))} requires at least ${smallest}: ${outcome}. Remove them; ECDHE needs none.`
          : `The DH parameters ${path} have ${bits} bits; fewer than 2048 can be broken by a well-funded attacker (Logjam). Remove them; ECDHE needs none.`,
        location: shared.location,
        severity: stops ? 'error' : refused ? 'information' : 'warning',
        effect: stops ? 'start' : refused ? 'advice' : 'security',
        related: inheritors(shared),
        fixes: [
          {
            title: 'Remove the DH parameters',
            safe: false,
            changes: changeShared(shared, 'dhParameters', path, undefined),
          },
        ],
      };
    }
  },
};
