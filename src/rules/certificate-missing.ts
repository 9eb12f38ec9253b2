import { remember } from '../memory/remember.ts';
import { capitalised } from '../text/capitalised.ts';
import type { Related } from '../text/finding.ts';
import { siteById } from '../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';
import { preparedSites } from './support/sites/prepared-sites.ts';
import { relatedSites, tlsEndpoints } from './support/sites/sites.ts';
import { isKnownFalse } from './support/values.ts';

/** A site that is to speak TLS and has nothing to speak it with. */
export const certificateMissing: Rule = {
  id: 'certificate-missing',
  title: 'A TLS site has no certificate',
  severity: 'error',
  effect: 'start',
  *check({ model }) {
    if (!model.complete) {
      yield* inPart(model);
      return;
    }
    const seen = new Set<Site>();
    // Also those that no address leads to.
    for (const endpoint of tlsEndpoints(model).concat(preparedSites(model))) {
      if (!hasNone(endpoint.tls)) continue;
      const site = siteById(model, endpoint.site);
      if (site === undefined || seen.has(site) || isDefaultsFault(model, endpoint)) continue;
      seen.add(site);
      yield {
        message: `${capitalised(site.label)} speaks TLS and has no certificate, so the server does not start${inErrorLog(model, 'no-certificate')}. Specify a certificate and its key.`,
        location: site.location,
        related: switchedOnBy(endpoint),
      };
    }
  },
};

/**
 * Sites of a file that is only a part: what is around it, or the default site of the listener in another file, may have the
 * certificate. Nobody can tell, but whoever reads the file alone may miss it.
 */
function* inPart(model: ServerModel): Iterable<Report> {
  const without = new Map<Site, Endpoint>();
  for (const endpoint of tlsEndpoints(model)) {
    if (!hasNone(endpoint.tls) || isDefaultsFault(model, endpoint)) continue;
    const site = siteById(model, endpoint.site);
    if (site !== undefined && !without.has(site)) without.set(site, endpoint);
  }
  const [first, ...others] = without;
  if (first === undefined) return;
  const [site, endpoint] = first;
  const orDefault = serverFacts(model).borrowsDefaultCertificate ? ', or the default site of its address' : '';
  yield {
    message: `${capitalised(site.label)} speaks TLS, and this file specifies no certificate for it: the server starts only if the file that includes it does${orDefault}. Specify one here if nothing else does.`,
    location: site.location,
    severity: 'information',
    effect: 'advice',
    related: [
      ...switchedOnBy(endpoint),
      ...relatedSites(
        others.map(([other]) => other),
        ({ label }) => `${label} too`,
      ),
    ],
  };
}

function switchedOnBy({ tls: { enabled } }: Endpoint): readonly Related[] {
  const location = originLocation(enabled);
  return location === undefined ? [] : [{ location, message: 'This switches TLS on' }];
}

/** Surely: neither a file, nor one that the server gets by itself, nor a refusal that needs none. */
function hasNone({ certificates, managed, rejectHandshake }: TlsSettings): boolean {
  if (knownValue(certificates)?.length !== 0) return false;
  if (managed !== undefined && knownValue(managed)?.length !== 0) return false;
  return rejectHandshake === undefined || isKnownFalse(rejectHandshake);
}

/**
 * Some servers show the certificate of the listener's default site for one that has none. Where that has none either, it is
 * the one that lacks it, unless it refuses handshakes and needs none itself.
 */
function isDefaultsFault(model: ServerModel, { listener, isDefault }: Endpoint): boolean {
  if (isDefault || !serverFacts(model).borrowsDefaultCertificate) return false;
  return listenersToBlame(model).has(listener);
}

/** Those whose default site lacks one itself. */
const listenersToBlame = remember(
  ({ endpoints }: ServerModel): ReadonlySet<string> =>
    new Set(endpoints.filter(({ isDefault, tls }) => isDefault && hasNone(tls)).map(({ listener }) => listener)),
);
