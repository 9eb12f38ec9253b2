import { defaultSiteOf, listenerById } from '../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { programNames } from '../tls/target.ts';
import type { Report, Rule } from './rule.ts';
import { describeAge } from './support/headers/hsts.ts';
import { overruledReports } from './support/overruled.ts';
import { handshakes } from './support/tls/handshakes.ts';

/** What a site says of resumption and early data, and OpenSSL takes from the site that the handshake began with (`session_ctx`). */
export const sessionNoEffect: Rule = {
  id: 'session-no-effect',
  title: 'What this site says of sessions has no effect',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    yield* earlyData(model);
    for (const report of resumption(model)) yield { ...report, severity: 'hint' };
  },
};

function* earlyData(model: ServerModel): Iterable<Report> {
  yield* overruledReports(model, 'earlyData', 'it', ({ own, got, site, endpoint }) => {
    if (own === got || !overTcp(model, endpoint) || !(own || isResuming(model, site, endpoint))) return undefined;
    if (!offersTls13(model, endpoint)) return undefined;
    return own
      ? `takes early data (0-RTT), but its clients cannot send any: ${because(model, endpoint)}, where it is off. Switch it on there.`
      : `refuses early data (0-RTT), but that of its clients is taken: ${because(model, endpoint)}, where it is on. Switch it off there.`;
  });
}

function* resumption(model: ServerModel): Iterable<Report> {
  yield* overruledReports(model, 'sessionTickets', 'it', ({ own, got, endpoint }) =>
    own && !got && overTcp(model, endpoint)
      ? `gives out session tickets, but none of them resumes a session: ${because(model, endpoint)}, where they are off. Switch them on there.`
      : undefined,
  );
  yield* overruledReports(model, 'sessionCache', 'it', ({ own, got, site, endpoint }) => {
    const tickets = knownValue(endpoint.tls.sessionTickets);
    if (tickets === undefined || !overTcp(model, endpoint)) return undefined;
    // Where there are no tickets either, `session-cache-missing` tells of it.
    if (tickets && isShared(own) && !isShared(got))
      return `has a session cache, but no session is kept there: ${because(model, endpoint)}, which has none for all processes. Set it up there.`;
    // Up to TLS 1.2 OpenSSL looks at the `off` of the site itself.
    if (
      haveNoTickets(model, site, endpoint) &&
      isShared(got) &&
      (own === 'none' || (own === 'off' && offersTls13(model, endpoint)))
    )
      return `has no session cache, but its clients resume sessions: ${because(model, endpoint)}, which has one. Remove it there.`;
    return undefined;
  });
  yield* overruledReports(model, 'sessionTimeout', 'it', ({ own, got, site, endpoint }) =>
    own !== got && overTcp(model, endpoint) && isResuming(model, site, endpoint)
      ? `lets sessions last for ${describeAge(own)}, but those of its clients last for ${describeAge(got)}: ${because(model, endpoint)}. Set the time there.`
      : undefined,
  );
  yield* overruledReports(model, 'ticketKeys', 'them', ({ own, got, endpoint }) =>
    own.join('\n') !== got.join('\n') && overTcp(model, endpoint) && knownValue(endpoint.tls.sessionTickets) === true
      ? `has keys for session tickets, but tickets of its clients are encrypted with others: ${because(model, endpoint)}. Name the files there.`
      : undefined,
  );
}

function because({ server }: ServerModel, { listener }: Endpoint): string {
  return `${programNames[server]} leaves that to the default site of ${listener}`;
}

/** Over UDP nobody has measured it. */
function overTcp(model: ServerModel, { listener }: Endpoint): boolean {
  return listenerById(model, listener)?.transport === 'tcp';
}

/** By tickets or from a cache: where only one of the sites has tickets, what this one gives out the other does not find. */
function isResuming(model: ServerModel, site: Site, endpoint: Endpoint): boolean {
  if (knownValue(endpoint.tls.sessionTickets) === true) return true;
  return haveNoTickets(model, site, endpoint) && [site, endpoint].every(hasSharedCache);
}

function hasSharedCache({ tls }: Site | Endpoint): boolean {
  return isShared(knownValue(tls.sessionCache) ?? '');
}

function haveNoTickets(model: ServerModel, site: Site, { listener }: Endpoint): boolean {
  const first = defaultSiteOf(model, listener)?.tls.sessionTickets;
  return first !== undefined && knownValue(first) === false && knownValue(site.tls.sessionTickets) === false;
}

/** Among all processes. */
function isShared(cache: string): boolean {
  return cache.includes('shared:');
}

function offersTls13(model: ServerModel, { tls }: Endpoint): boolean {
  return handshakes(model, tls).protocols?.offered.includes('TLSv1.3') === true;
}
