import type { ServerModel, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { inErrorLog, serverFacts, takesTrustedCaForClients } from './support/server-facts.ts';
import { inheritors, startSettings } from './support/shared-settings.ts';
import { isSetUpAtStart, preparedByPlace } from './support/sites/prepared-sites.ts';
import { isKnownNull } from './support/values.ts';

/** Clients have to show a certificate, and no CA says which. */
export const clientCaMissing: Rule = {
  id: 'client-ca-missing',
  title: 'Client certificates are demanded, but no CA is trusted',
  severity: 'error',
  effect: 'start',
  *check({ model }) {
    if (!model.complete) return;
    const preparedAt = preparedByPlace(model, 'clientVerification');
    for (const shared of startSettings(model, 'clientVerification')) {
      const demanded = knownValue(shared.setting);
      if (demanded !== 'required' && demanded !== 'optional') continue;
      const started = shared.endpoints.filter(({ site }) => isSetUpAtStart(model, site));
      const asking = [...started, ...preparedAt(shared.location)];
      const lacking = asking.find(({ tls }) => trustsNobody(model, tls));
      if (lacking === undefined) continue;
      const stops = serverFacts(model).startMessages['no-client-ca'] !== undefined;
      if (!stops && demanded === 'optional') continue;
      yield {
        message: `Clients are asked for a certificate, and no file says which CAs to trust${otherwise(model, lacking.tls)}: ${stops ? `the server does not start${inErrorLog(model, 'no-client-ca')}` : 'every client is refused'}. Specify the CA of the client certificates.`,
        location: shared.location,
        effect: stops ? 'start' : 'connect',
        related: inheritors(shared),
      };
    }
  },
};

function trustsNobody(model: ServerModel, { clientCertificates, trustedCertificate }: TlsSettings): boolean {
  if (!isKnownNull(clientCertificates)) return false;
  return trustedCertificate === undefined || isKnownNull(trustedCertificate) || !takesTrustedCaForClients(model);
}

/** Where CAs are named for other things, which a later version takes for clients too. */
function otherwise(model: ServerModel, { trustedCertificate }: TlsSettings): string {
  if (trustedCertificate === undefined || !knownValue(trustedCertificate)) return '';
  return ` for that (those trusted for other certificates count only from version ${serverFacts(model).trustedCaVerifiesClientsSince} on)`;
}
