import { PlaceMap } from '../text/place-map.ts';
import type { Change } from '../tls/model/change.ts';
import type { ManagedCertificate } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { announcedLifetimes } from './support/certificates/lifetimes.ts';
import { tlsEndpoints } from './support/sites/sites.ts';

/** What mod_md does where nothing is written. */
const share = '33%';

/** A number of days before the end, for certificates that soon live no longer than that. */
export const renewalWindowFixed: Rule = {
  id: 'renewal-window-fixed',
  title: 'A fixed renewal window outlasts the certificates',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    const seen = new PlaceMap<true>();
    for (const { tls, site } of tlsEndpoints(model)) {
      for (const managed of tls.managed === undefined ? [] : (knownValue(tls.managed) ?? [])) {
        const { renewalWindow } = managed;
        if (renewalWindow === undefined) continue;
        const { location } = renewalWindow;
        const report = seen.has(location) ? undefined : judge(managed, renewalWindow);
        if (report === undefined) continue;
        seen.set(location, true);
        const to = { ...renewalWindow, value: share };
        const change: Change = { setting: 'renewalWindow', site, from: renewalWindow, to, scope: 'origin' };
        yield { ...report, fixes: [{ title: `Change to ${share} of the lifetime`, safe: true, changes: [change] }] };
      }
    }
  },
};

function judge(
  { issuer }: ManagedCertificate,
  { value, location }: NonNullable<ManagedCertificate['renewalWindow']>,
): Report | undefined {
  const days = daysOf(value);
  if (days === undefined || !isPublicAuthority(issuer)) return undefined;
  const lifetimes = announcedLifetimes(/letsencrypt/i.test(issuer));
  const outlasted = lifetimes.find((lifetime) => lifetime.days <= days);
  if (outlasted !== undefined) {
    return {
      message: `Certificates are renewed ${days} days before their end, and those issued from ${outlasted.from} on are valid for ${outlasted.days} days: each new one is due at once, until the CA's rate limits stop it. Give the window as a share of the lifetime (${share}).`,
      location,
    };
  }
  const halved = lifetimes.find((lifetime) => lifetime.days < 2 * days);
  if (halved === undefined) return undefined;
  return {
    message: `Certificates are renewed ${days} days before their end, and those issued from ${halved.from} on are valid for ${halved.days} days: they are replaced every ${halved.days - days} days. Give the window as a share of the lifetime (${share}).`,
    location,
    severity: 'hint',
    effect: 'advice',
  };
}

/** Undefined for a share of the lifetime. A number without a unit means days. */
function daysOf(window: string): number | undefined {
  const [, number, unit] = /^(\d+)(d|h)?$/i.exec(window) ?? [];
  if (number === undefined) return undefined;
  return unit?.toLowerCase() === 'h' ? Math.floor(Number(number) / 24) : Number(number);
}

/** Names without an address stand for public authorities; what another address leads to has rules of its own. */
function isPublicAuthority(issuer: string): boolean {
  return !issuer.includes('/') || /letsencrypt\.org/i.test(issuer);
}
