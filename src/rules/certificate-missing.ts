import type { Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { inErrorLog } from './support/server-facts.ts';
import { siteById, tlsEndpoints } from './support/sites.ts';

/** A site that is to speak TLS and has nothing to speak it with. */
export const certificateMissing: Rule = {
  id: 'certificate-missing',
  title: 'A TLS site has no certificate',
  severity: 'error',
  effect: 'start',
  *check({ model }) {
    if (!model.complete) return;
    const seen = new Set<Site>();
    for (const { site: id, tls } of tlsEndpoints(model)) {
      const site = siteById(model, id);
      if (site === undefined || seen.has(site)) continue;
      seen.add(site);
      const managed = tls.managed === undefined ? 0 : (knownValue(tls.managed)?.length ?? 1);
      if (knownValue(tls.certificates)?.length !== 0 || managed > 0) continue;
      if (tls.rejectHandshake !== undefined && knownValue(tls.rejectHandshake) !== false) continue;
      yield {
        message: `${site.label} speaks TLS and has no certificate, so the server does not start${inErrorLog(model, 'no-certificate')}. Name a certificate and its key.`,
        location: site.location,
      };
    }
  },
};
