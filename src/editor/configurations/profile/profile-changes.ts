import type { Change } from '../../../tls/model/change.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { cipherString, type GuidelineProfile, groupList } from '../../../tls/profiles.ts';
import type { Target } from '../../../tls/target.ts';

/** What the profile asks for and the site does not have. */
export function profileChanges(site: Site, profile: GuidelineProfile, target: Target): readonly Change[] {
  const scope = 'site' as const;
  const changes: Change[] = [];
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const protocols = knownValue(site.tls.protocols);
  if (!same(protocols, profile.protocols)) {
    changes.push({ setting: 'protocols', site: site.id, from: protocols, to: profile.protocols, scope });
  }
  if (profile.cipherSuites.length > 0) {
    const from = knownValue(site.tls.cipherString);
    const to = cipherString(profile, target.openssl);
    if (from !== to) changes.push({ setting: 'cipherString', site: site.id, from, to, scope });
  } else if (site.tls.cipherString.origin.kind === 'explicit') {
    // Under TLS 1.3 alone it is for nobody.
    const from = knownValue(site.tls.cipherString);
    changes.push({ setting: 'cipherString', site: site.id, from, to: undefined, scope });
  }
  const groups = knownValue(site.tls.groups);
  const wanted = groupList(profile, target.openssl);
  if (groups !== wanted && wanted !== '') {
    changes.push({ setting: 'groups', site: site.id, from: groups, to: wanted, scope });
  }
  const preference = knownValue(site.tls.serverPreference);
  if (preference !== profile.serverPreference) {
    const to = profile.serverPreference;
    changes.push({ setting: 'serverPreference', site: site.id, from: preference, to, scope });
  }
  const tickets = knownValue(site.tls.sessionTickets);
  if (tickets !== profile.sessionTickets) {
    changes.push({ setting: 'sessionTickets', site: site.id, from: tickets, to: profile.sessionTickets, scope });
  }
  return changes;
}
